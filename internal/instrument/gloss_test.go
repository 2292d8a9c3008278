package instrument

import (
	"strings"
	"testing"
)

// Every text of an indicator's page has its gloss in English, in 2026 and, if
// unchanged, in 2027.
func TestGloss(t *testing.T) {
	lib, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	gloss, err := lib.Gloss("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"iid-2026", "iid-2027"} {
		pack, _ := lib.ByID(id)
		for _, i := range pack.Indicators {
			texts := []string{i.Name, i.Definition}
			if i.Evidence != nil {
				texts = append(texts, i.Evidence.Description)
			}
			for _, o := range i.Options {
				texts = append(texts, o.Text)
			}
			for _, a := range i.Alternatives {
				texts = append(texts, a.Name)
			}
			for _, text := range texts {
				if gloss[text] == "" {
					t.Errorf("%s %s: %q has no gloss", id, i.Code, text)
				}
			}
		}
	}
	if none, err := lib.Gloss("xx"); err != nil || len(none) > 0 {
		t.Errorf("of a language that nobody has written: %v, %v", none, err)
	}
}

// Entries that do not belong to the pack are refused.
func TestGlossIsOfItsPack(t *testing.T) {
	lib, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	row := func(code, rest string) string {
		return `{"pack": "iid-2026", "rows": {"` + code + `": {"name": "n", "question": "q", ` + rest + `}}}`
	}
	for name, tt := range map[string]struct{ text, want string }{
		"no JSON":                 {`{`, "EOF"},
		"an unknown field":        {`{"pack": "iid-2026", "lines": {}}`, "lines"},
		"an unknown pack":         {`{"pack": "iid-1999"}`, "iid-1999"},
		"an unknown variable":     {`{"pack": "iid-2026", "variables": {"XYZ": "x"}}`, "XYZ"},
		"an unknown indicator":    {row("SID-99", `"options": []`), "SID-99"},
		"too few options":         {row("SID-16", `"options": ["a"]`), "3 options, not 1"},
		"an unknown basis":        {row("SID-33", `"options": ["a", "b", "c"], "alternatives": {"z": "x"}`), "SID-33 z"},
		"evidence that is none":   {row("SPD-12", `"options": ["a", "b", "c"], "proof": "x"`), "no evidence"},
		"an empty gloss":          {row("SID-16", `"options": ["a", "", "c"]`), `explained by ""`},
		"two glosses of one text": {`{"pack": "iid-2026", "rows": {"SPD-03": {"name": "n", "question": "q", "options": ["a", "b", "c"]}}, "variables": {"INS": "x"}}`, ""},
	} {
		g := Gloss{}
		if name == "two glosses of one text" {
			g["Institusi"], tt.want = "y", `by "y" and by "x"`
		}
		if err := g.read(lib, []byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
