package scoringcli_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring/scoringcli"
	"siida.id/locales"
)

var update = flag.Bool("update", false, "rewrite the golden files")

type runner struct {
	catalog *i18n.Catalog
	lib     *instrument.Library
}

func newRunner(t testing.TB) runner {
	t.Helper()
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return runner{catalog, lib}
}

func (r runner) run(t testing.TB, o scoringcli.Options, stdin string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	o.MaxBytes = cmp.Or(o.MaxBytes, 1<<20)
	code = scoringcli.Run(t.Context(), r.catalog, r.lib, o, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

// inn returns a document of one innovation with these additional members.
func inn(members string) string {
	return `{"instrument":"iid-2026","innovations":[{"id":"a","urusan":"Sosial"` + members + `}]}`
}

var faults = []struct{ name, in, path string }{
	{"empty", "", "$"},
	{"not JSON", "{", "$"},
	{"BOM", "\ufeff{}", "$"},
	{"latin 1", "{\"instrument\":\"\xe9\"}", "$"},
	{"trailing", `{"instrument":"iid-2026"} {}`, "$"},
	{"trailing text", `{"instrument":"iid-2026"}x`, "$"},
	{"very deep", strings.Repeat("[", 200_000), "$"},
	{"deep and whole", strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), "$"},
	{"a list", `[]`, "$"},
	{"null", `null`, "$"},
	{"no instrument", `{}`, "instrument"},
	{"unknown key", `{"instrument":"iid-2026","note":"x"}`, "note"},
	{"unknown key in other case", `{"Instrument":"iid-2026"}`, "Instrument"},
	{"first unknown key by name", `{"z":1,"b":2}`, "b"},
	{"unknown key with a line break", `{"a\nb":1}`, `["a\nb"]`},
	{"instrument null", `{"instrument":null}`, "instrument"},
	{"instrument number", `{"instrument":2026}`, "instrument"},
	{"instrument unknown", `{"instrument":"iid-2025"}`, "instrument"},
	{"instrument twice", `{"instrument":"iid-2026","instrument":"iid-2023"}`, "instrument"},
	{"instrument before spd", `{"spd":{"SPD-01":9},"instrument":"x"}`, "instrument"},
	{"spd null", `{"instrument":"iid-2026","spd":null}`, "spd"},
	{"spd list", `{"instrument":"iid-2026","spd":[]}`, "spd"},
	{"spd twice", `{"instrument":"iid-2026","spd":{},"spd":{}}`, "spd"},
	{"spd unknown", `{"instrument":"iid-2026","spd":{"SPD-99":1}}`, "spd.SPD-99"},
	{"spd half a row", `{"instrument":"iid-2026","spd":{"SPD-02":1}}`, "spd.SPD-02"},
	{"spd other case", `{"instrument":"iid-2026","spd":{"spd-01":1}}`, "spd.spd-01"},
	{"spd of an innovation", `{"instrument":"iid-2026","spd":{"SID-16":1}}`, "spd.SID-16"},
	{"spd code empty", `{"instrument":"iid-2026","spd":{"":1}}`, `spd[""]`},
	{"spd code with control characters", `{"instrument":"iid-2026","spd":{"SPD\u0000\u001b[31m\n\u2028":1}}`, `spd["SPD\x00\x1b[31m\n\u2028"]`},
	{"spd by code", `{"instrument":"iid-2026","spd":{"SPD-09":0,"SPD-03":0}}`, "spd.SPD-03"},
	{"spd code twice", `{"instrument":"iid-2026","spd":{"SPD-01":1,"SPD-01":1}}`, "spd.SPD-01"},
	{"spd unknown in 2023", `{"instrument":"iid-2023","spd":{"SPD-01":1}}`, "spd.SPD-01"},
	{"spd before innovations", `{"instrument":"iid-2026","innovations":null,"spd":{"SPD-01":4}}`, "spd.SPD-01"},
	{"innovations null", `{"instrument":"iid-2026","innovations":null}`, "innovations"},
	{"innovations object", `{"instrument":"iid-2026","innovations":{}}`, "innovations"},
	{"innovations twice", `{"instrument":"iid-2026","innovations":[],"innovations":[]}`, "innovations"},
	{"innovation null", `{"instrument":"iid-2026","innovations":[null]}`, "innovations[0]"},
	{"innovation unknown key", inn(`,"name":"x"`), "innovations[0].name"},
	{"id missing", `{"instrument":"iid-2026","innovations":[{"urusan":"x"}]}`, "innovations[0].id"},
	{"id empty", `{"instrument":"iid-2026","innovations":[{"id":"","urusan":"x"}]}`, "innovations[0].id"},
	{"id number", `{"instrument":"iid-2026","innovations":[{"id":1,"urusan":"Sosial"}]}`, "innovations[0].id"},
	{"id null", `{"instrument":"iid-2026","innovations":[{"id":null,"urusan":"Sosial"}]}`, "innovations[0].id"},
	{"id key twice", inn(`,"id":"b"`), "innovations[0].id"},
	{"id again", `{"instrument":"iid-2026","innovations":[{"id":"a","urusan":"Sosial"},{"id":"a","urusan":"x"}]}`, "innovations[1].id"},
	{"id again, escaped", `{"instrument":"iid-2026","innovations":[{"id":"a","urusan":"Sosial"},{"id":"\u0061","urusan":"x"}]}`, "innovations[1].id"},
	{"affair missing", `{"instrument":"iid-2026","innovations":[{"id":"a"}]}`, "innovations[0].urusan"},
	{"affair null", `{"instrument":"iid-2026","innovations":[{"id":"a","urusan":null}]}`, "innovations[0].urusan"},
	{"affair misspelt", `{"instrument":"iid-2026","innovations":[{"id":"a","urusan":"kesehatan"}]}`, "innovations[0].urusan"},
	{"affair twice", inn(`,"urusan":"Sosial"`), "innovations[0].urusan"},
	{"affair before answers", `{"instrument":"iid-2026","innovations":[{"id":"a","answers":{"x":1},"urusan":"?"}]}`, "innovations[0].urusan"},
	{"answers null", inn(`,"answers":null`), "innovations[0].answers"},
	{"answers list", inn(`,"answers":[]`), "innovations[0].answers"},
	{"answers twice", inn(`,"answers":{},"answers":{}`), "innovations[0].answers"},
	{"count is not answered", inn(`,"answers":{"SID-36":1}`), "innovations[0].answers.SID-36"},
	{"answer to the region's row", inn(`,"answers":{"SPD-01":1}`), "innovations[0].answers.SPD-01"},
	{"by code", inn(`,"answers":{"SID-20":0,"SID-17":9,"SID-30":1}`), "innovations[0].answers.SID-17"},
	{"answer twice", inn(`,"answers":{"SID-17":1,"SID-17":1}`), "innovations[0].answers.SID-17"},
	{"by position", `{"instrument":"iid-2026","innovations":[{"id":"a","urusan":"Sosial","answers":{"SID-99":1}},{"id":""}]}`, "innovations[0].answers.SID-99"},
}

func TestFaults(t *testing.T) {
	for _, tt := range faults {
		t.Run(tt.name, func(t *testing.T) { refused(t, tt.in, tt.path) })
	}
	for _, literal := range []string{
		"0", "-0", "-1", "4", "1.0", "1.5", "1e0", "10", `"1"`, "true", "null", "{}", "[1]", "99999999999999999999999999", "1e999999",
	} {
		t.Run("answer "+literal, func(t *testing.T) {
			refused(t, inn(`,"answers":{"SID-16":`+literal+`}`), "innovations[0].answers.SID-16")
			refused(t, `{"instrument":"iid-2026","spd":{"SPD-01":`+literal+`}}`, "spd.SPD-01")
		})
	}
}

// refused checks that there is one line `path: sentence` in both languages and no
// other output.
func refused(t *testing.T, in, path string) {
	t.Helper()
	r := newRunner(t)
	sentences := map[string]bool{}
	for _, lang := range []string{"id", "en"} {
		code, stdout, stderr := r.run(t, scoringcli.Options{Lang: lang}, in)
		line, cut := strings.CutSuffix(stderr, "\n")
		sentence, found := strings.CutPrefix(line, path+": ")
		if code != 2 || stdout != "" || !cut || !found || sentence == "" || strings.ContainsFunc(line, unicode.IsControl) {
			t.Fatalf("exit %d, stdout %q, stderr %q; want 2, nothing and one line at %s", code, stdout, stderr, path)
		}
		if strings.Contains(sentence, "scoring.") || strings.Contains(sentence, "no value") {
			t.Errorf("%q is not a sentence", sentence)
		}
		sentences[sentence] = true
	}
	if len(sentences) != 2 {
		t.Errorf("both languages say %v", sentences)
	}
}

func TestUnreadable(t *testing.T) {
	r := newRunner(t)
	for name, o := range map[string]scoringcli.Options{"missing": {File: filepath.Join(t.TempDir(), "x.json")}, "folder": {File: t.TempDir()}} {
		if code, stdout, stderr := r.run(t, o, "{}"); code != 2 || stdout != "" || stderr != "$: Berkas ini tidak dapat dibaca.\n" {
			t.Errorf("%s: exit %d, stdout %q, stderr %q", name, code, stdout, stderr)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestUnwritable(t *testing.T) {
	r := newRunner(t)
	var stderr bytes.Buffer
	if code := scoringcli.Run(t.Context(), r.catalog, r.lib, scoringcli.Options{MaxBytes: 1 << 20}, strings.NewReader(`{"instrument":"iid-2026"}`), full{}, &stderr); code != 1 {
		t.Errorf("exit %d", code)
	}
}

func TestGolden(t *testing.T) {
	r := newRunner(t)
	for _, tt := range []struct {
		name string
		o    scoringcli.Options
	}{
		{"empty-2026", scoringcli.Options{}},
		{"mixed-2026", scoringcli.Options{Rows: true}},
		{"mixed-2026-en", scoringcli.Options{Rows: true, Lang: "en"}},
		{"mixed-2023", scoringcli.Options{}},
		{"mixed-2027", scoringcli.Options{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := filepath.Join("testdata", strings.TrimSuffix(tt.name, "-en")+".json")
			text, err := os.ReadFile(in)
			if err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := r.run(t, tt.o, string(text))
			if code != 0 || stderr != "" {
				t.Fatalf("exit %d: %s", code, stderr)
			}
			tt.o.File = in
			if _, again, _ := r.run(t, tt.o, ""); again != stdout {
				t.Error("a file and stdin differ")
			}
			languages(t, stdout)
			golden(t, tt.name+".golden", stdout)
		})
	}
}

// languages checks that every reason has a sentence with all its arguments.
func languages(t *testing.T, stdout string) {
	t.Helper()
	for _, gap := range []string{"<no value>", `"scoring.`, `""`, "!"} {
		if strings.Contains(stdout, gap) {
			t.Errorf("%s in\n%s", gap, stdout)
		}
	}
}

// Innovations beyond the cap still raise the divisor, but not the count score.
func TestManyInnovations(t *testing.T) {
	r := newRunner(t)
	affairs := []string{"Pendidikan", "Kesehatan", "Sosial", "Pekerjaan Umum dan Penataan Ruang", "Perumahan Rakyat dan Kawasan Permukiman"}
	var list []string
	for i := range 250 {
		list = append(list, fmt.Sprintf(`{"id":"%d","urusan":%q,"answers":{"SID-35":1}}`, i, affairs[i%len(affairs)]))
	}
	in := `{"instrument":"iid-2026","innovations":[` + strings.Join(list, ",") + `]}`
	for _, lang := range []string{"id", "en"} {
		code, stdout, stderr := r.run(t, scoringcli.Options{Lang: lang}, in)
		if code != 0 || stderr != "" {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		languages(t, stdout)
		var got struct {
			Divisor     int
			Mean, Index string
			Count       struct {
				N      int
				Points string
			}
		}
		if err := json.Unmarshal([]byte(stdout), &got); err != nil {
			t.Fatal(err)
		}
		if got.Divisor != 250 || got.Count.N != 250 || got.Count.Points != "76.00" || got.Mean != "4.0000" || got.Index != "32.00" {
			t.Errorf("got %+v", got)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run go test -update and read the diff\n%s", path, got)
	}
}

// For any input the command writes a document or one line.
func FuzzRun(f *testing.F) {
	r := newRunner(f)
	for _, seed := range []string{
		`{"instrument":"iid-2026","spd":{"SPD-01":3},"innovations":[{"id":"a","urusan":"Kesehatan","answers":{"SID-16":2}}]}`,
		inn(`,"answers":{"SID-36":1}`), `{"a\u2028":1}`, "", "[[[", `{"instrument":"iid-2023","innovations":[]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		code, stdout, stderr := r.run(t, scoringcli.Options{}, in)
		switch {
		case code == 0 && stderr == "" && json.Valid([]byte(stdout)):
		case code == 2 && stdout == "" && strings.Count(stderr, "\n") == 1 && strings.HasSuffix(stderr, "\n") && utf8.ValidString(stderr):
		default:
			t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
		}
	})
}
