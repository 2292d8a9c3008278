package evidence_test

import (
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
)

// An answer earns its points while a document proves it, and only then.
func TestOnlyWhatIsProvenEarnsPoints(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		earns := func(want string, state evidence.State) {
			t.Helper()
			sheet, err := w.Sheet(operator, w.own, "")
			w.must(err)
			row := sheet.Groups[0].Rows[0]
			if row.Indicator.Code != letter || row.State() != state || w.maturity() != want {
				t.Errorf("%s is %s and earns %s, want %s and %s", row.Indicator.Code, row.State(), w.maturity(), state, want)
			}
		}
		detach := func(at int) {
			t.Helper()
			w.must(w.Detach(operator, w.own, year, letter, w.question(letter).Proofs[at].ID))
		}
		earns("0", evidence.Empty)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "2"}, nil))
		earns("0", evidence.Unproven)
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 1), nil))
		earns("6", evidence.Done)
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 2), nil)) // another proof is worth nothing
		earns("6", evidence.Done)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "3", Version: 3}, nil))
		earns("9", evidence.Done)
		detach(1)
		earns("9", evidence.Done)
		gone := w.question(letter).Proofs[0].ID
		detach(0)
		earns("0", evidence.Unproven)
		if _, bytes, err := w.Open(operator, gone); err != nil || bytes.Close() != nil {
			t.Errorf("a document that was taken off is to stay with its innovation: %v", err)
		}
		w.must(w.Save(operator, w.own, year, letter, w.proven("0", 4), nil)) // evidence for no option
		earns("0", evidence.Empty)
	})
}

func TestSheet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		w.must(w.Save(operator, w.own, year, based, evidence.Entry{Choice: "a:1"}, nil))
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "3", Subject: "Foto", FileID: w.send("operator", w.own, photo, "foto.png")}, nil))
		sheet, err := w.Sheet(operator, w.own, year)
		w.must(err)
		if !sheet.Verdict.Counts || sheet.Total != 20 || sheet.Answered != 2 || sheet.Proven != 1 ||
			sheet.Maturity.String() != "3" || sheet.Most.String() != "111" {
			t.Errorf("%+v, %d of %d answered, %d proven, %s of %s", sheet.Verdict, sheet.Answered, sheet.Total, sheet.Proven, sheet.Maturity, sheet.Most)
		}
		options, rows := map[string]string{}, 0
		for _, group := range sheet.Groups {
			for _, row := range group.Rows {
				rows++
				if row.Reason.Code != row.Indicator.Code {
					t.Errorf("%s has the reason of %s", row.Indicator.Code, row.Reason.Code)
				}
				if row.Option != "" {
					options[row.Indicator.Code] = row.Option
				}
			}
		}
		if rows != sheet.Total || len(options) != 2 || options[based] != "Penerima manfaat (orang): 1-200" {
			t.Errorf("%d rows with the options %v", rows, options)
		}
		if _, err := w.Sheet(operator, w.own, "2023"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of a period that is not open: %v", err)
		}
	})
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
		for _, f := range evidence.Formats(&instrument.Indicator{Evidence: tt.rule}) {
			got += " " + f
		}
		if got != " "+tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
