package access

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/period"
	"siida.id/internal/test/world"
)

// states are the situations of the period in which every act on it is tried: its
// window accepts, has not begun, or is over, and the period is closed or archived.
var states = []struct {
	name string
	set  func(t *testing.T, w *world.Regions)
}{
	{"open", func(*testing.T, *world.Regions) {}},
	{"early", func(t *testing.T, w *world.Regions) { window(t, w, "1-1-2098", "1-7-2099") }},
	{"over", func(t *testing.T, w *world.Regions) { window(t, w, "", "1-2-2026") }},
	{"closed", func(t *testing.T, w *world.Regions) { move(t, w, period.Close) }},
	{"archived", func(t *testing.T, w *world.Regions) { move(t, w, period.Close, period.Archive) }},
}

func window(t *testing.T, w *world.Regions, opens, closes string) {
	t.Helper()
	e := period.WindowEntry{Closes: period.When{Day: closes, Hour: "12.00"}, Version: calendar(t, w, "own").Version}
	if opens != "" {
		e.Opens = period.When{Day: opens, Hour: "12.00"}
	}
	world.Must(t, w.Periods.SetWindow(world.AsBridaIn(t, w.Program, w.Home), year, e))
}

func move(t *testing.T, w *world.Regions, moves ...period.Move) {
	t.Helper()
	for _, m := range moves {
		world.Must(t, w.Periods.Do(world.AsBridaIn(t, w.Program, w.Home), year, m))
	}
}

// periodAct is an act on a period: who does it, what each of the states above answers,
// 409, or yes if it does not matter, and the pages with its form.
type periodAct struct {
	as    string
	want  string
	pages []string
}

// periodActs are all of them, by pattern.
var periodActs = map[string]periodAct{
	"POST /periode/{id}/ubah":                 {"brida", "yes yes yes 409 409", []string{"/periode/2026/ubah"}},
	"POST /periode/{id}/tenggat":              {"brida", "yes yes yes 409 409", []string{"/periode/2026"}},
	"POST /periode/{id}/hapus-tenggat":        {"brida", "yes yes yes 409 409", []string{"/periode/2026"}},
	"POST /periode/{id}/perpanjangan":         {"brida", "yes yes yes 409 409", nil}, // the form is there once the window has an end
	"POST /periode/{id}/cabut-perpanjangan":   {"brida", "yes yes yes 409 409", []string{"/periode/2026/cabut-perpanjangan/{extension}"}},
	"POST /periode/{id}/inovasi/{innovation}": {"brida", "yes yes yes 409 409", nil}, // so is this one
	"POST /periode/{id}/{move}":               {"brida", "yes yes yes 409 409", []string{"/periode/2026/tutup"}},

	"POST /panduan/{period}/{code}":              {"brida", "yes yes yes 409 409", []string{"/panduan/2026/SID-16"}},
	"POST /panduan/{period}/{code}/contoh":       {"brida", "yes yes yes 409 409", []string{"/panduan/2026/SID-16"}},
	"POST /panduan/{period}/{code}/hapus-contoh": {"brida", "yes yes yes 409 409", []string{"/panduan/2026/SID-16"}},

	"POST /inovasi/{id}/{period}/{code}":          {"operator", "yes 409 409 409 409", []string{"/inovasi/{innovation}/2026/SID-16"}},
	"POST /inovasi/{id}/{period}/{code}/lepas":    {"operator", "yes 409 409 409 409", []string{"/inovasi/{innovation}/2026/SID-16"}},
	"POST /inovasi/{id}/{period}/{code}/urungkan": {"operator", "yes 409 409 409 409", nil},
	"POST /inovasi/{id}/sahkan":                   {"kepala", "yes 409 409 409 409", []string{"/inovasi/{innovation}?periode=2026"}},
	"POST /inovasi/{id}/cabut":                    {"kepala", "yes 409 409 409 409", nil},

	// What the region answers for itself is not for agencies, whose time the window is.
	"POST /daerah/{period}/{code}":          {"brida", "yes yes yes 409 409", []string{"/daerah/2026/SPD-04"}},
	"POST /daerah/{period}/{code}/lepas":    {"brida", "yes yes yes 409 409", []string{"/daerah/2026/SPD-04"}},
	"POST /daerah/{period}/{code}/urungkan": {"brida", "yes yes yes 409 409", nil},
	"POST /permintaan-data":                 {"brida", "yes yes yes 409 409", []string{"/permintaan-data/baru"}},
	"POST /permintaan-data/{id}/jawab":      {"operator", "yes yes yes 409 409", []string{"/permintaan-data/{request}"}},
	"POST /permintaan-data/{id}/{move}":     {"brida", "yes yes yes 409 409", nil},
	"POST /permintaan-data/{id}/ambil":      {"brida", "yes yes yes 409 409", nil},

	// The ministry publishes its index, and reports are issued, after the close too.
	"POST /indeks/{period}/nasional":          {"brida", "yes yes yes yes yes", []string{"/indeks/2026/riwayat"}},
	"POST /laporan/indeks/{period}/terbitkan": {"brida", "yes yes yes yes yes", nil},
}

// refusals are in the sentences that say that the state of a period refuses an act.
var refusals = []string{"Isinya hanya dapat dibaca", "habis sejak", "baru dapat diisi mulai", "Keadaan periode 2026 sudah berubah"}

// ofNoPeriod begins the patterns of acts that are not on a period.
var ofNoPeriod = []string{
	"POST /masuk", "POST /keluar", "POST /mulai/", "POST /sandi-baru", "POST /dua-langkah", "POST /saya", "POST /orang", "POST /bahasa", "POST /keadaan/",
	"POST /perangkat-daerah", "POST /kemajuan/", "POST /bukti/{id}/alasan", "POST /laporan/kop", "POST /laporan/terbit/", "POST /sk",
	"POST /inovasi", "POST /periode",
}

// Every act on a period asks its state (B2): the whole table of acts and states, and no
// button where the act is refused. A route that is new is in one of the two lists.
func TestCaseB2EveryActOnAPeriodAsksItsState(t *testing.T) {
	left := map[string]bool{}
	for pattern := range periodActs {
		left[pattern] = true
	}
	for _, r := range registered(t) {
		if r.method != http.MethodPost {
			continue
		}
		act, known := periodActs[r.pattern]
		delete(left, r.pattern)
		if !known {
			if !slices.ContainsFunc(ofNoPeriod, func(prefix string) bool { return strings.HasPrefix(r.pattern, prefix) }) || strings.Contains(r.pattern, "{period}") {
				t.Errorf("%s: is it an act on a period? Add it to periodActs or to ofNoPeriod", r.pattern)
			}
			continue
		}
		t.Run(r.pattern, func(t *testing.T) {
			t.Parallel()
			world.Each(t, func(t *testing.T, w *world.Regions) {
				handler := world.Pages(t, w.Program)
				for i, want := range strings.Fields(act.want) {
					reset(t, w)
					act.try(t, w, handler, r, i, want)
				}
			})
		})
	}
	for pattern := range left {
		t.Errorf("%s is not registered", pattern)
	}
}

// reset opens the period, without a window.
func reset(t *testing.T, w *world.Regions) {
	t.Helper()
	brida := world.AsBridaIn(t, w.Program, w.Home)
	switch calendar(t, w, "own").State {
	case period.Closed:
		move(t, w, period.Reopen)
	case period.Archived:
		_, err := w.Periods.Open(brida, "iid-2026")
		world.Must(t, err)
	case period.Open:
	}
	world.Must(t, w.Periods.SetWindow(brida, year, period.WindowEntry{Version: calendar(t, w, "own").Version}))
}

// try tries an act in a state of the period.
func (a periodAct) try(t *testing.T, w *world.Regions, handler http.Handler, r route, state int, want string) {
	t.Helper()
	fill := func(text string) string { return filledAt(t, w, a.as, "own", text) }
	path, form := fill(r.address), fill(r.form)
	if r.prepare != nil {
		r.prepare(t, w, "own")
	}
	pages := make([]string, len(a.pages))
	for i, page := range a.pages {
		pages[i] = fill(page)
	}
	name := states[state].name
	states[state].set(t, w)
	for _, page := range pages {
		shown := strings.Contains(w.Ask(t, handler, a.as, http.MethodGet, page, "").Body.String(), fmt.Sprintf("action=%q", path))
		if shown != (want == "yes") {
			t.Errorf("%s: %s shows the form: %v; the act answers %s", name, page, shown, want)
		}
	}
	before := events(t, w)
	answer := w.Ask(t, handler, a.as, http.MethodPost, path, form)
	told := slices.ContainsFunc(refusals, func(sentence string) bool { return strings.Contains(answer.Body.String(), sentence) })
	switch code := answer.Code; {
	case want == "409" && (code != http.StatusConflict || !told || events(t, w) != before):
		t.Errorf("%s: %d, want 409, a sentence and nothing done: %s", name, code, answer.Body)
	case want == "yes" && (told || code != http.StatusSeeOther && code != http.StatusUnprocessableEntity && code != http.StatusConflict):
		t.Errorf("%s: %d, want no refusal because of the state: %s", name, code, answer.Body)
	}
}
