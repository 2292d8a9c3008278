package stories

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
)

var ownHead = form("periode", "2026", "perangkat", "{agency}", "isi", "1.lama")

// endorsementStories are of the heads who endorse; TestEndorsing goes on with
// what they can see on the page alone.
var endorsementStories = map[string][]request{
	"endorsing": {
		{"an operator sees that it is missing", "operator", "GET", sheetPath, nil, "", "", 200, []string{"Pengesahan", "Kepala Dinas own", "Belum disahkan"}, []string{"/sahkan", "/cabut"}},
		{"the head may", "kepala", "GET", sheetPath, nil, "", "", 200, []string{"/sahkan", `name="isi" value="`}, []string{"/cabut"}},
		{"an admin may not in his name", "admin", "GET", sheetPath, nil, "", "", 200, []string{"Belum disahkan"}, []string{"/sahkan"}},
		{"nor by hand", "admin", "POST", endorsePath, ownHead, "", "", 403, nil, []string{"rahasia-own"}},
		{"BRIDA neither", "brida", "POST", endorsePath, ownHead, "", "", 403, nil, []string{"rahasia-own"}},
		{"an operator neither", "operator", "POST", endorsePath, ownHead, "", "", 403, nil, []string{"rahasia-own"}},
		{"of another region", "outsider", "POST", endorsePath, ownHead, "", "", 404, nil, []string{"rahasia-own"}},
		{"a visitor signs in first", "", "POST", endorsePath, ownHead, "", "", 303, []string{"/masuk"}, nil},
		{"what the head has not seen", "kepala", "POST", endorsePath, ownHead, "", "", 409, []string{"baru saja berubah", "rahasia-own", "/sahkan"}, []string{`value="1.lama"`}},
		{"for an agency that he does not head", "kepala", "POST", endorsePath, with(ownHead, "perangkat", "{other}"), "", "", 403, nil, nil},
		{"in a period that is not open", "kepala", "POST", endorsePath, with(ownHead, "periode", "2031"), "", "", 404, nil, nil},
		{"nothing to take back", "kepala", "POST", revokePath, ownHead, "", "", 409, []string{"Periksa halaman ini"}, nil},
		{"on paper he signs by hand", "operator", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 200, []string{"Kepala Dinas own", "Tanda tangan", "NIP"}, []string{"Disahkan"}},
	},
}

var mark = regexp.MustCompile(`name="isi" value="([^"]+)"`)

// marked is what the own innovation's page asks its head to endorse.
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
		{"the head endorses", "kepala", "POST", endorsePath, with(ownHead, "isi", seen), "", "", 303, []string{"?periode=2026&tersimpan=1"}, nil},
		{"all see who, and as what", "operator", "GET", sheetPath, nil, "", "", 200, []string{"Disahkan", "Orang kepala, Kepala Dinas own, pada", "WIB"}, []string{"Belum disahkan", "/cabut"}},
		{"on paper", "operator", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 200, []string{"Orang kepala, Kepala Dinas own, pada"}, []string{"Tanda tangan"}},
		{"he may take it back", "kepala", "GET", sheetPath, nil, "", "", 200, []string{"/cabut"}, []string{"/sahkan"}},
		{"twice is once too often", "kepala", "POST", endorsePath, with(ownHead, "isi", seen), "", "", 409, nil, nil},
		{"nobody else takes it back", "admin", "POST", revokePath, ownHead, "", "", 403, nil, nil},
		{"an answer changes", "operator", "POST", "/inovasi/{innovation}/2026/SID-16", form("pilihan", "3", "versi", "1"), "", "", 303, nil, nil},
		{"it no longer holds", "operator", "GET", sheetPath, nil, "", "", 200, []string{"Berubah sejak disahkan", "Orang kepala"}, nil},
		{"and he signs paper by hand", "operator", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 200, []string{"Tanda tangan"}, []string{"Orang kepala"}},
		{"he is asked again, or may take it back", "kepala", "GET", sheetPath, nil, "", "", 200, []string{"/cabut", "/sahkan"}, nil},
		{"taking it back", "kepala", "POST", revokePath, ownHead, "", "", 303, []string{"tersimpan"}, nil},
		{"it is gone", "operator", "GET", sheetPath, nil, "", "", 200, []string{"Belum disahkan"}, []string{"Orang kepala"}},
		{"the period ends", "brida", "POST", "/periode/2026/tutup", nil, "", "", 303, nil, nil},
		{"nothing is offered", "kepala", "GET", "/inovasi/{innovation}?periode=2026", nil, "", "", 200, []string{"Belum disahkan"}, []string{"/sahkan"}},
		{"nor taken", "kepala", "POST", endorsePath, with(ownHead, "isi", seen), "", "", 409, []string{"ditutup"}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// The head of the agency above endorses where the region says so; a Plt is called one.
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
		{"where nobody asks him", "atas", "POST", endorsePath, above, "", "", 403, []string{"Daerah tidak meminta"}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
	world.Must(t, w.Agencies.SaveSettings(admin, agency.Settings{ParentEndorses: true}))
	for _, r := range []request{
		{"the region asks him", "operator", "GET", sheetPath, nil, "", "", 200, []string{"Kepala Dinas own", "Kepala Dinas Induk"}, []string{"/sahkan"}},
		{"not in the name of the own head", "atas", "POST", endorsePath, ownHead, "", "", 403, nil, nil},
		{"he endorses", "atas", "POST", endorsePath, with(above, "isi", marked(t, w, handler, "atas")), "", "", 303, nil, nil},
		{"as Plt", "operator", "GET", sheetPath, nil, "", "", 200, []string{"Orang atas, Plt Kepala Dinas Induk, pada", "Belum disahkan"}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
