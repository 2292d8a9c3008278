package evidence_test

import (
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/question"
)

// An answer earns its points only while a document proves it.
func TestPointsNeedEvidence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		earns := func(want string, state question.State) {
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
		earns("0", question.Empty)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "2"}, nil))
		earns("0", question.Begun)
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 1), nil))
		earns("6", question.Proven)
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 2), nil)) // another document earns nothing more
		earns("6", question.Proven)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "3", Marked: true, Version: 3}, nil)) // the mark means nothing
		earns("9", question.Proven)
		detach(1)
		earns("9", question.Proven)
		gone := w.question(letter).Proofs[0].ID
		detach(0)
		earns("0", question.Begun) // nobody has marked it since
		if _, bytes, err := w.Open(operator, gone); err != nil || bytes.Close() != nil {
			t.Errorf("a document that was taken off is to stay with its innovation: %v", err)
		}
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "3", Marked: true, Version: 4}, nil))
		earns("0", question.Marked)
		w.must(w.Reattach(operator, w.own, year, letter, gone))
		earns("9", question.Proven)
		detach(0)
		earns("0", question.Begun)                                           // the evidence has deleted the mark
		w.must(w.Save(operator, w.own, year, letter, w.proven("0", 6), nil)) // evidence without an option
		earns("0", question.Begun)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "0", Marked: true, Version: 7}, nil))
		earns("0", question.Marked)
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
			sheet.Maturity.String() != "3" || sheet.Max.String() != "111" {
			t.Errorf("%+v, %d of %d answered, %d proven, %s of %s", sheet.Verdict, sheet.Answered, sheet.Total, sheet.Proven, sheet.Maturity, sheet.Max)
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

// Pages and gates count the same.
func TestCompleteness(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		check := func(want evidence.Completeness) {
			t.Helper()
			sheet, err := w.Sheet(operator, w.own, year)
			w.must(err)
			all, err := w.CompletenessOf(operator, w.question(letter).Period)
			w.must(err)
			if sheet.Completeness != want || all[w.own] != want {
				t.Errorf("the sheet counts %+v, the list %+v, want %+v", sheet.Completeness, all[w.own], want)
			}
		}
		check(evidence.Completeness{Total: 20})
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "1"}, nil))
		check(evidence.Completeness{Answered: 1, Total: 20})
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "1", Marked: true, Version: 1}, nil))
		check(evidence.Completeness{Answered: 1, Finished: 1, Total: 20})
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 1), nil)) // another document counts nothing more
		check(evidence.Completeness{Answered: 2, Proven: 1, Finished: 2, Total: 20})
		w.must(w.Save(operator, w.own, year, "SID-31", evidence.Entry{Choice: "0", Marked: true}, nil)) // nothing to claim
		check(evidence.Completeness{Answered: 2, Proven: 1, Finished: 3, Total: 20})
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "1", Version: 2}, nil)) // proven without a mark
		check(evidence.Completeness{Answered: 2, Proven: 1, Finished: 3, Total: 20})
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "1", Version: 2}, nil)) // no longer marked
		check(evidence.Completeness{Answered: 2, Proven: 1, Finished: 2, Total: 20})
		for persona, want := range map[string][]string{
			"operator": {w.own, w.twin}, "other": {w.other}, "brida": {w.own, w.twin, w.other}, "away": nil, "nobody": nil,
		} {
			all, err := w.CompletenessOf(servicetest.As(t, persona), w.question(letter).Period)
			w.must(err)
			for _, id := range want {
				if all[id].Total != 20 {
					t.Errorf("%s does not see %s", persona, id)
				}
			}
			if persona != "away" && len(all) != len(want) {
				t.Errorf("%s sees %v", persona, all)
			}
			if _, foreign := all[w.own]; persona == "away" && foreign {
				t.Error("another region sees it")
			}
		}
		if (evidence.Completeness{}).Complete() || !(evidence.Completeness{Finished: 20, Total: 20}).Complete() {
			t.Error("complete is when all is finished, and there is something to finish")
		}
	})
}

func TestPrinted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 0), nil))
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 1), nil))
		w.must(w.Detach(operator, w.own, year, letter, w.question(letter).Proofs[1].ID))
		p, err := w.Printed(operator, w.own, "")
		w.must(err)
		if len(p.Proofs) != 1 || len(p.Proofs[letter]) != 1 || p.Proofs[letter][0].Subject != "Keputusan" ||
			p.Maturity.String() != "6" || !p.At.Equal(w.now) {
			t.Errorf("%+v at %v, %s", p.Proofs, p.At, p.Maturity)
		}
	})
}
