package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
)

// codes returns the indicators of rows with their worth.
func codes(rows evidence.Rows) string {
	var list []string
	for _, r := range rows {
		exact := ""
		if r.Worth.Exact {
			exact = "!"
		}
		list = append(list, fmt.Sprintf("%d:%s%s", r.Indicator.Number, r.Worth.Points, exact))
	}
	return strings.Join(list, " ")
}

// lock makes the file of a document one that cannot be opened, as an inspection does.
func (w *world) lock(d evidence.Document) {
	w.t.Helper()
	admin := servicetest.As(w.t, "admin")
	store, _ := w.Store.(*evidencesql.Store)
	n, err := store.DB.Exec(admin, `
		update files
		set state = $1, reason = $2
		where id = $3`,
		file.Unopenable, file.Locked, d.File.ID)
	if err != nil || n != 1 {
		w.t.Fatal(n, err)
	}
	w.must(w.VoidUnopenable(admin))
}

// What is missing comes first, by worth; documents that cannot be opened have a group of
// their own; what is finished is grouped by variable.
func TestAnswersInGroups(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		sheet := func() evidence.Sheet {
			t.Helper()
			s, err := w.Sheet(operator, w.own, year)
			w.must(err)
			return s
		}
		empty := sheet()
		if len(empty.Missing()) != 20 || empty.Missing().Worth() != empty.Max || len(empty.Done()) != 0 || len(empty.Mend()) != 0 {
			t.Errorf("without an answer: %s, %d done", codes(empty.Missing()), len(empty.Done()))
		}
		if got := empty.Missing()[0].Indicator.Code; got != "SID-35" { // 12 points
			t.Errorf("the best is %s", got)
		}
		w.must(w.Save(operator, w.own, year, "SID-35", evidence.Entry{Choice: "1"}, nil))
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 0), nil))
		w.must(w.Save(operator, w.own, year, "SID-17", evidence.Entry{Choice: "1", Marked: true}, nil))
		some := sheet()
		if len(some.Missing()) != 18 || some.Missing().Worth() != empty.Max-some.Missing()[0].Indicator.Points(0)-9_0000-empty.Groups[0].Rows[1].Indicator.Max()-8_0000 {
			t.Errorf("%s, %s", codes(some.Missing()), some.Missing().Worth())
		}
		if done := some.Done(); len(done) != 1 || len(done[0].Rows) != 2 || done[0].Rows[0].Indicator.Code != letter {
			t.Errorf("%+v", done)
		}
		for _, r := range some.Missing() {
			if r.Indicator.Code == "SID-35" && (r.Worth.Points.String() != "4" || !r.Worth.Exact) {
				t.Errorf("an answer without evidence: %+v", r.Worth)
			}
		}
		d := w.question(letter).Proofs[0]
		w.lock(d)
		if void := sheet(); codes(void.Mend()) != "16:6!" || len(void.Open()) != 18 || len(void.Missing()) != 19 {
			t.Errorf("to mend: %s, open: %s", codes(void.Mend()), codes(void.Open()))
		}
	})
}

// An act has in the log what the maturity was before and is after it, which the page of
// the indicator tells the person who did it, and the page of the innovation everybody.
func TestPointsOfAnAct(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, admin := servicetest.As(t, "operator"), servicetest.As(t, "admin")
		gained := func(persona, want string) {
			t.Helper()
			q, err := w.Question(servicetest.As(t, persona), w.own, year, letter)
			w.must(err)
			g, err := w.LastGain(servicetest.As(t, persona), q)
			w.must(err)
			got := fmt.Sprint(g.Known)
			if g.Known {
				got = fmt.Sprintf("%s to %s", g.Before, g.After)
			}
			if got != want {
				t.Errorf("%s: %s, want %s", persona, got, want)
			}
		}
		gained("operator", "false")
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "1"}, nil))
		gained("operator", "0 to 0")
		w.must(w.Save(operator, w.own, year, letter, w.proven("2", 1), nil))
		gained("operator", "0 to 6")
		gained("admin", "false") // whose act it was not
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "3", Subject: "Foto", FileID: w.send("operator", w.own, photo, "foto.png")}, nil))
		w.must(w.Save(admin, w.own, year, letter, evidence.Entry{Choice: "3", Version: 2}, nil))
		gained("operator", "false")
		gained("admin", "9 to 12")
		document := w.question(letter).Proofs[0]
		w.must(w.Detach(operator, w.own, year, letter, document.ID))
		gained("operator", "12 to 3")
		w.must(w.Reattach(operator, w.own, year, letter, document.ID))
		gained("operator", "3 to 12")
		w.lock(document)
		sheet, err := w.Sheet(operator, w.own, year)
		w.must(err)
		var got []string
		for _, c := range sheet.Changes {
			code := ""
			if c.Indicator != nil {
				code = c.Indicator.Code
			}
			got = append(got, fmt.Sprintf("%s %s %v %s", c.Event, code, c.Points.Known, c.Points.Points()))
		}
		want := []string{
			"evidence.document_void SID-16 true -9", "evidence.document_reattached SID-16 true 9", "evidence.document_detached SID-16 true -9",
			"evidence.answered SID-16 true 3", "evidence.answered SID-25 true 3", "evidence.answered SID-16 true 6",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got %q", got)
		}
		if twin, err := w.Sheet(operator, w.twin, year); err != nil || len(twin.Changes) != 1 || twin.Changes[0].Points.Known || twin.Changes[0].Indicator != nil {
			t.Errorf("registering: %+v, %v", twin.Changes, err)
		}
	})
}
