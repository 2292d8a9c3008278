package demo

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/instrument"
	"siida.id/internal/test/world"
)

var (
	token   = regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+`)
	unended = []string{"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"}
)

// unmarked lists the texts of a page's body that no element marks as Indonesian.
func unmarked(page string) (list []string) {
	_, body, _ := strings.Cut(page, "<body")
	var marked []bool
	for _, m := range token.FindAllStringSubmatch("<body"+body, -1) {
		here := len(marked) > 0 && marked[len(marked)-1]
		switch name := m[2]; {
		case name == "" && !here:
			list = append(list, strings.TrimSpace(m[0]))
		case name == "" || slices.Contains(unended, name) || strings.HasSuffix(m[3], "/"):
		case m[1] == "/":
			marked = marked[:max(len(marked)-1, 0)]
		default:
			marked = append(marked, here || strings.Contains(m[3], `lang="id"`))
		}
	}
	return list
}

// packTexts are the texts of a pack that pages show.
func packTexts(pack *instrument.Pack) (list []string) {
	for _, v := range pack.Variables {
		list = append(list, v.Name)
	}
	for _, b := range pack.Predicates.Bands {
		list = append(list, b.Label)
	}
	for _, i := range pack.Indicators {
		list = append(list, i.Name, i.Definition)
		if i.Evidence != nil {
			list = append(list, i.Evidence.Description, i.Evidence.Note)
		}
		for _, o := range i.Options {
			list = append(list, o.Text)
		}
		for _, a := range i.Alternatives {
			list = append(list, a.Name)
		}
	}
	return slices.DeleteFunc(list, func(text string) bool { return len(text) < 8 }) // such as "1 kali"
}

// In English the texts of the instrument stay Indonesian, marked as such, with
// their gloss; in Indonesian there is no gloss.
func TestPackTextsAreMarked(t *testing.T) {
	p := world.Demo(t)
	handler := world.Pages(t, p)
	packs, err := instrument.Embedded()
	world.Must(t, err)
	pack, _ := packs.ByID("iid-2027")
	texts := packTexts(pack)
	id := world.InnovationNamed(t, p, "S-TRAVIS")
	admin, brida := world.Session(t, p, "admin", world.DemoPassword(t)), world.Session(t, p, "brida", world.DemoPassword(t))
	get := func(path, lang string) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		who := admin
		if path == "/" {
			who = brida // whose home page shows what has been answered
		}
		r.AddCookie(&http.Cookie{Name: "sesi", Value: who})
		r.Header.Set("Accept-Language", lang)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, answer.Code)
		}
		return answer.Body.String()
	}
	sheet := "/inovasi/" + id
	for path, gloss := range map[string]string{ // "" where none is certain
		sheet: "Part of the yearly plan", sheet + "/2027/SID-16": "A regulation of the head of the region", sheet + "/2027/SID-33": "People who benefit",
		sheet + "/cetak": "Copied elsewhere", "/panduan/2027/SID-16": "Regulation", "/daerah/2027": "Vision and mission", "/daerah/2027/SPD-01": "The mission does",
		"/": "Score of the performance report", "/indeks/2027": "Less unemployment: progress", "/indeks/2027/rakor": "",
		"/indeks/2027/indikator/SID-16": "Regulation", "/indeks/2027/inovasi/" + id: "", "/indeks/2027/riwayat?dari=1-1-2099": "", "/laporan/indeks/2027/terbitkan": "",
		"/permintaan-data": "More own revenue", "/permintaan-data/baru": "Less unemployment: progress", "/permintaan-data/" + world.RequestFor(t, p, "SPD-09"): "Score of the performance report",
	} {
		page := get(path, "en")
		for _, text := range unmarked(page) {
			if strings.HasPrefix(text, "Contoh bukti: ") {
				continue // a person has typed it
			}
			for _, of := range texts {
				if text == of || strings.HasSuffix(text, " "+of) || len(of) > 12 && strings.Contains(text, of) {
					t.Errorf("%s: %q is not marked as Indonesian", path, text)
				}
			}
		}
		if !strings.Contains(page, gloss) {
			t.Errorf("%s lacks %q", path, gloss)
		}
		if gloss != "" && strings.Contains(get(path, "id"), gloss) {
			t.Errorf("%s has %q in Indonesian", path, gloss)
		}
	}
	if want := `affairs without any: <span lang="id">Perumahan Rakyat`; !strings.Contains(get("/indeks/2027", "en"), want) {
		t.Errorf("a step lacks %s", want) // many agencies have the name of an affair, which the texts above cannot distinguish
	}
}
