package scenarios

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/test/world"
)

const (
	sheetPath   = "/inovasi/{innovation}"
	endorsePath = "/inovasi/{innovation}/sahkan"
	revokePath  = "/inovasi/{innovation}/cabut"
	revokePage  = revokePath + "?periode=2026&perangkat={agency}"
)

var ownHead = form("periode", "2026", "perangkat", "{agency}", "isi", "1.lama")

// endorsementScenarios are about endorsements; TestEndorsing covers what needs
// values from the page.
var endorsementScenarios = []scenario{
	{name: "endorsing", requests: []request{
		{name: "there is nothing to take back", as: "kepala", method: "GET", path: revokePage, status: 409},
		{name: "an operator sees that it is missing", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Pengesahan", "Kepala Dinas own", "Belum disahkan"}, not: []string{"/sahkan", "/cabut"}},
		{name: "the head may", as: "kepala", method: "GET", path: sheetPath, status: 200, want: []string{"/sahkan", `name="isi" value="`}, not: []string{"/cabut"}},
		{name: "an admin may not in his name", as: "admin", method: "GET", path: sheetPath, status: 200, want: []string{"Belum disahkan"}, not: []string{"/sahkan"}},
		{name: "nor by hand", as: "admin", method: "POST", path: endorsePath, form: ownHead, status: 403, not: []string{"rahasia-own"}},
		{name: "BRIDA neither", as: "brida", method: "POST", path: endorsePath, form: ownHead, status: 403, not: []string{"rahasia-own"}},
		{name: "an operator neither", as: "operator", method: "POST", path: endorsePath, form: ownHead, status: 403, not: []string{"rahasia-own"}},
		{name: "of another region", as: "outsider", method: "POST", path: endorsePath, form: ownHead, status: 404, not: []string{"rahasia-own"}},
		{name: "a visitor signs in first", method: "POST", path: endorsePath, form: ownHead, status: 401, want: []string{"/masuk?"}, not: []string{"rahasia-own"}},
		{name: "what the head has not seen", as: "kepala", method: "POST", path: endorsePath, form: ownHead, status: 409, want: []string{"baru saja berubah", "rahasia-own", "/sahkan"}, not: []string{`value="1.lama"`}},
		{name: "for an agency that he does not head", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "perangkat", "{other}"), status: 403},
		{name: "in a period that is not open", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "periode", "2031"), status: 404},
		{name: "nothing to take back", as: "kepala", method: "POST", path: revokePath, form: ownHead, status: 409, want: []string{"Pengesahan sudah berubah sejak halaman ini dibuka"}},
		{name: "on paper he signs by hand", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak", status: 200, want: []string{"Kepala Dinas own", "Tanda tangan", "NIP"}, not: []string{"Disahkan"}},
	}},
}

var mark = regexp.MustCompile(`name="isi" value="([^"]+)"`)

// marked returns the fingerprint that the own innovation's page asks its head
// to endorse.
func marked(t *testing.T, w *world.Regions, handler http.Handler, persona string) string {
	t.Helper()
	body := w.Ask(t, handler, persona, http.MethodGet, "/inovasi/"+w.IDs["own"].Innovation, "").Body.String()
	found := mark.FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("%s may not endorse: %s", persona, body)
	}
	return found[1]
}

func TestEndorsing(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	seen := marked(t, w, handler, "kepala")
	for _, r := range []request{
		{name: "the head endorses", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", seen), status: 303, want: []string{"?periode=2026&tersimpan=inovasi-disahkan"}},
		{name: "all see who, and as what", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Disahkan", "Orang kepala, Kepala Dinas own, pada", "WIB"}, not: []string{"Belum disahkan", "/cabut"}},
		{name: "on paper", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak", status: 200, want: []string{"Orang kepala, Kepala Dinas own, pada"}, not: []string{"Tanda tangan"}},
		{name: "he may take it back", as: "kepala", method: "GET", path: sheetPath, status: 200, want: []string{"/cabut"}, not: []string{"/sahkan"}},
		{name: "what taking back does", as: "kepala", method: "GET", path: revokePage, status: 200, want: []string{"tidak lagi disahkan kepala Dinas own", "Orang kepala, Kepala Dinas own, pada", `action="/inovasi/`}},
		{name: "that is not for an operator", as: "operator", method: "GET", path: revokePage, status: 403},
		{name: "nor for an admin", as: "admin", method: "GET", path: revokePage, status: 403},
		{name: "nor for an agency below", as: "child", method: "GET", path: revokePage, status: 404},
		{name: "nor of another office", as: "kepala", method: "GET", path: "/inovasi/{innovation}/cabut?periode=2026&perangkat={other}", status: 403},
		{name: "twice is once too often", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", seen), status: 409},
		{name: "nobody else takes it back", as: "admin", method: "POST", path: revokePath, form: ownHead, status: 403},
		{name: "an answer changes", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16", form: form("pilihan", "3", "versi", "1"), status: 303},
		{name: "it no longer holds", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Berubah sejak disahkan", "Orang kepala"}},
		{name: "and he signs paper by hand", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak", status: 200, want: []string{"Tanda tangan"}, not: []string{"Orang kepala"}},
		{name: "he is asked again, or may take it back", as: "kepala", method: "GET", path: sheetPath, status: 200, want: []string{"/cabut", "/sahkan"}},
		{name: "taking it back", as: "kepala", method: "POST", path: revokePath, form: ownHead, status: 303, want: []string{"tersimpan"}},
		{name: "there is nothing to take back", as: "kepala", method: "GET", path: revokePage, status: 409},
		{name: "it is gone", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Belum disahkan", "Mencabut pengesahan"}, not: []string{"Orang kepala, Kepala"}},
		{name: "the period ends", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
		{name: "nothing is offered", as: "kepala", method: "GET", path: "/inovasi/{innovation}?periode=2026", status: 200, want: []string{"Belum disahkan"}, not: []string{"/sahkan"}},
		{name: "nor taken", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", seen), status: 409, want: []string{"ditutup"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// The head of the parent agency endorses if the region's setting says so; a Plt is
// shown as one.
func TestEndorsingFromAbove(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	admin := world.Acting(t, w.Program, w.Home, "admin")
	own, err := w.Agencies.ByID(admin, w.IDs["own"].Agency)
	world.Must(t, err)
	w.People["atas"], _ = w.Enrol(t, admin, "atas", account.Assignment{
		Assignment: actor.Assignment{Role: actor.Kepala, Agency: own.Parent}, Acting: account.Plt,
	})
	above := with(ownHead, "perangkat", own.Parent)
	asked := w.Ask(t, handler, "atas", http.MethodGet, "/inovasi/"+w.IDs["own"].Innovation, "").Body.String()
	if strings.Contains(asked, "/sahkan") || strings.Contains(asked, "Dinas Induk") {
		t.Errorf("he is asked although the region does not: %s", asked)
	}
	for _, r := range []request{
		{name: "where nobody asks him", as: "atas", method: "POST", path: endorsePath, form: above, status: 403, want: []string{"Daerah tidak meminta"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
	world.Must(t, w.Agencies.SaveSettings(admin, agency.Settings{ParentEndorses: true}))
	for _, r := range []request{
		{name: "the region asks him", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Kepala Dinas own", "Kepala Dinas Induk"}, not: []string{"/sahkan"}},
		{name: "not in the name of the own head", as: "atas", method: "POST", path: endorsePath, form: ownHead, status: 403},
		{name: "he endorses", as: "atas", method: "POST", path: endorsePath, form: with(above, "isi", marked(t, w, handler, "atas")), status: 303},
		{name: "as Plt", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Orang atas, Plt Kepala Dinas Induk, pada", "Belum disahkan"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
