package demo

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

// shown matches a figure of the index page: its name and value.
var shown = regexp.MustCompile(`(?s)<details id="angka-([a-z.]+)".*?<span class="shrink-0[^>]*>\s*(?:<span lang="id">)?([^<]+?)\s*<`)

// The figures on the index page are those that `siida score` computes from the
// answers that the page offers, in both years of the demo.
func TestThePageSaysWhatScoreSays(t *testing.T) {
	p := world.Demo(t)
	handler, admin := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	plain := strings.NewReplacer(".", "", ",", ".") // from Indonesian to plain notation
	for _, year := range []string{"2026", "2027"} {
		document := world.AnswerTo(t, handler, admin, http.MethodGet, "/indeks/"+year+"/jawaban", "")
		if name := document.Header().Get("Content-Disposition"); name != "attachment; filename=contoh-jawaban-"+year+".json" {
			t.Errorf("%s: the file of a sample is called %q", year, name)
		}
		code, out, faults := world.Command(t, document.Body.String(), "score", "--lang", "en")
		if code != 0 {
			t.Fatalf("%s: %s", year, faults)
		}
		var scored map[string]any
		decoder := json.NewDecoder(strings.NewReader(out))
		decoder.UseNumber()
		world.Must(t, decoder.Decode(&scored))
		page := world.AnswerTo(t, handler, admin, http.MethodGet, "/indeks/"+year, "").Body.String()
		figures := shown.FindAllStringSubmatch(page, -1)
		if len(figures) != 12 {
			t.Errorf("%s: %d figures, want 12", year, len(figures))
		}
		for _, f := range figures {
			found := any(scored)
			for key := range strings.SplitSeq(f[1], ".") {
				below, _ := found.(map[string]any)
				found = below[key]
			}
			var want string
			switch v := found.(type) {
			case string:
				want = v
			case json.Number:
				want = v.String()
			}
			if got := plain.Replace(f[2]); got != want {
				t.Errorf("%s: the page says %s is %s, siida score %q", year, f[1], got, want)
			}
		}
	}
}
