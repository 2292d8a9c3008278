package scenarios

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"siida.id/internal/test/world"
)

// Case A9: detaching evidence is answered by what was done, with a button that undoes it
// for ten seconds of the server's clock.
func TestCaseA9DetachingCanBeUndone(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler, own := world.Pages(t, w.Program), w.IDs["own"]
		page := "/inovasi/" + own.Innovation + "/2026/SID-16"
		clock := w.Clock
		for after, want := range map[time.Duration]int{9 * time.Second: http.StatusSeeOther, 11 * time.Second: http.StatusConflict} {
			start := clock()
			w.Clock = func() time.Time { return start }
			gone := w.Ask(t, handler, "operator", http.MethodPost, page+"/lepas", "bukti="+own.Document)
			to := gone.Header().Get("Location")
			if gone.Code != http.StatusSeeOther || !strings.Contains(to, "tersimpan=bukti-dilepas") {
				t.Fatalf("detaching: %d to %s", gone.Code, to)
			}
			shown := w.Ask(t, handler, "operator", http.MethodGet, to, "").Body.String()
			for _, text := range []string{"Bukti dilepas.", "Urungkan", `action="` + page + `/urungkan"`, `value="` + own.Document + `"`} {
				if !strings.Contains(shown, text) {
					t.Errorf("the answer lacks %q: %s", text, shown)
				}
			}
			w.Clock = func() time.Time { return start.Add(after) }
			if got := w.Ask(t, handler, "operator", http.MethodPost, page+"/urungkan", "bukti="+own.Document); got.Code != want {
				t.Errorf("undone after %s: %d, want %d: %s", after, got.Code, want, got.Body)
			}
			if want == http.StatusConflict {
				_, err := w.DB.Exec(t.Context(), `update document_uses set ended_at = null`)
				world.Must(t, err)
			}
		}
	})
}

// Case A8: a period is closed and archived on a page that says what will happen; the
// page of the period has no button that does it.
func TestCaseA8ClosingSaysWhatItDoes(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	for _, r := range []request{
		{name: "a link, and no form", as: "brida", method: "GET", path: "/periode/2026", status: 200, want: []string{`href="/periode/2026/tutup"`}, not: []string{`action="/periode/2026/tutup"`}},
		{name: "a request is open", as: "brida", method: "POST", path: askPath, form: form("baris", "SPD-08", "kepada", "{agency}", "tenggat", "2099-01-02"), status: 303},
		{name: "the page", as: "brida", method: "GET", path: "/periode/2026/tutup", status: 200, want: []string{`action="/periode/2026/tutup"`, "2 dari 2", "Permintaan data yang masih terbuka"}},
		{name: "closing", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
		{name: "no form to archive", as: "brida", method: "GET", path: "/periode/2026", status: 200, want: []string{`href="/periode/2026/arsipkan"`}, not: []string{`action="/periode/2026/arsipkan"`}},
		{name: "its year is asked", as: "brida", method: "POST", path: "/periode/2026/arsipkan", status: 422, want: []string{`href="#tahun"`}},
		{name: "archiving", as: "brida", method: "POST", path: "/periode/2026/arsipkan", form: form("tahun", "2026"), status: 303},
		{name: "its pack is on offer", as: "brida", method: "GET", path: "/periode", status: 200, want: []string{`value="iid-2026"`}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
