package question_test

import (
	"fmt"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
)

func TestKinds(t *testing.T) {
	for name, tt := range map[string]struct {
		rule *instrument.Evidence
		want string
	}{
		"unknown":         {nil, "[document photo video link]"},
		"nothing known":   {&instrument.Evidence{}, "[document photo video link]"},
		"known":           {&instrument.Evidence{Kinds: []instrument.Kind{"link", "photo"}, Formats: []string{"png"}}, "[photo link]"},
		"only an address": {&instrument.Evidence{Formats: []string{"url"}}, "[link]"},
		"formats alone":   {&instrument.Evidence{Formats: []string{"mov", "pdf"}}, "[document video]"},
	} {
		if got := fmt.Sprint(question.Kinds(&instrument.Indicator{Evidence: tt.rule})); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// Every indicator of every pack accepts some kind, and files of each kind that has
// files.
func TestEveryIndicatorHasKinds(t *testing.T) {
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range lib.All() {
		for _, row := range pack.Indicators {
			list := question.Kinds(&row)
			if len(list) == 0 {
				t.Errorf("%s %s takes nothing", pack.ID, row.Code)
			}
			for _, k := range list {
				if k != instrument.Link && len(question.FormatsOf(&row, k)) == 0 {
					t.Errorf("%s %s takes %s, and no file of it", pack.ID, row.Code, k)
				}
			}
		}
	}
}

func TestFormats(t *testing.T) {
	for name, tt := range map[string]struct {
		rule *instrument.Evidence
		want string
	}{
		"unknown":         {nil, "pdf jpg jpeg png mp4"},
		"formats unknown": {&instrument.Evidence{}, "pdf jpg jpeg png mp4"},
		"only an address": {&instrument.Evidence{Formats: []string{"url"}}, "pdf jpg jpeg png mp4"},
		"known":           {&instrument.Evidence{Formats: []string{"url", "png", "pdf"}}, "png pdf"},
	} {
		got := ""
		for _, f := range question.Formats(&instrument.Indicator{Evidence: tt.rule}) {
			got += " " + f
		}
		if got != " "+tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// Following Next from the first indicator visits each once, in the order of the
// sheet, for every scope and pack.
func TestNeighbours(t *testing.T) {
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, pack := range lib.All() {
		p := period.Pinned{Pack: pack}
		for _, scope := range []instrument.Scope{instrument.PerRegion, instrument.PerInnovation} {
			var rows []*instrument.Indicator
			groups := question.Groups(pack, scope, func(_ int, row *instrument.Indicator) *instrument.Indicator { return row })
			for _, g := range groups {
				rows = append(rows, g.Rows...)
			}
			if asked += len(rows); len(rows) != len(pack.Rows(scope)) {
				t.Fatalf("%s: %d rows of %d", pack.ID, len(rows), len(pack.Rows(scope)))
			}
			at := func(i int) *instrument.Indicator {
				if i < 0 || i >= len(rows) {
					return nil
				}
				return rows[i]
			}
			for i, row := range rows {
				place, err := question.At(p, scope, row.Code)
				if err != nil || place.Previous() != at(i-1) || place.Next() != at(i+1) {
					t.Errorf("%s: %s stands between %v and %v, %v", pack.ID, row.Code, place.Previous(), place.Next(), err)
				}
			}
		}
		for _, code := range []string{"", "SID-36", "sid-16"} {
			if _, err := question.At(p, instrument.PerInnovation, code); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %q = %v, want NotFound", pack.ID, code, err)
			}
		}
		for _, row := range pack.Rows(instrument.PerRegion) {
			if _, err := question.At(p, instrument.PerInnovation, row.Code); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %s, which the region is asked = %v, want NotFound", pack.ID, row.Code, err)
			}
		}
	}
	if asked < 100 {
		t.Errorf("only %d indicators", asked)
	}
}

// ReadChoice reads what Choice formats, and refuses anything else.
func TestChoices(t *testing.T) {
	options := []instrument.Option{{Level: 1, Text: "Satu"}, {Level: 2, Text: "Dua"}}
	plain := &instrument.Indicator{Options: options}
	based := &instrument.Indicator{Alternatives: []instrument.Alternative{{Code: "a", Name: "Orang", Options: options}, {Code: "b", Name: "Unit", Options: options[:1]}}}
	for _, tt := range []struct {
		row   *instrument.Indicator
		text  string
		basis string
		level int
		ok    bool
		words string
	}{
		{plain, "0", "", 0, true, ""},
		{plain, "2", "", 2, true, "Dua"},
		{plain, "3", "", 0, false, ""},
		{plain, "02", "", 0, false, ""},
		{plain, "", "", 0, false, ""},
		{plain, "a:1", "", 0, false, ""},
		{based, "0", "", 0, true, ""},
		{based, "a:2", "a", 2, true, "Orang: Dua"},
		{based, "b:2", "", 0, false, ""},
		{based, "c:1", "", 0, false, ""},
		{based, "1", "", 0, false, ""},
	} {
		basis, level, ok := question.ReadChoice(tt.row, tt.text)
		if basis != tt.basis || level != tt.level || ok != tt.ok {
			t.Errorf("%q is read as %q, %d, %v", tt.text, basis, level, ok)
		}
		if ok && question.Choice(basis, level) != tt.text {
			t.Errorf("%q is written as %q", tt.text, question.Choice(basis, level))
		}
		if got := question.OptionText(tt.row, basis, level); got != tt.words {
			t.Errorf("%q says %q, want %q", tt.text, got, tt.words)
		}
	}
}
