package browser

import (
	"net/http"
	"testing"

	"siida.id/internal/test/world"
)

// The use of a session that was idle for a while is recorded again, and its
// page is shown.
func TestPagesOfAnOldSession(t *testing.T) {
	p := world.Demo(t)
	tours := demoTours(t, p)
	tours[0].paths["riwayat-dua-hari"] = "/indeks/2026/riwayat?dari=1-6-2026&sampai=1-8-2026"
	tours[0].paths["riwayat-sampai-kini"] = "/indeks/2027/riwayat?dari=1-1-2099"
	for _, tour := range append(tours, emptyTour(t)) {
		handler, token := world.Pages(t, tour.program), world.Session(t, tour.program, tour.login, tour.secret)
		for _, path := range tour.paths {
			world.SkipHour(t, tour.program)
			if answer := world.AnswerTo(t, handler, token, http.MethodGet, path, ""); answer.Code != http.StatusOK {
				t.Errorf("%s of %s: %d", path, tour.name, answer.Code)
			}
		}
	}
}
