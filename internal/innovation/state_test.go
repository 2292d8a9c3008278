package innovation_test

import (
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

// Every state with every move; those not in the table are refused.
func TestMoves(t *testing.T) {
	want := map[string]innovation.State{
		" tarik": innovation.Withdrawn, " arsipkan": innovation.Archived,
		"ditarik arsipkan": innovation.Archived, "ditarik pulihkan": innovation.Active,
		"arsip pulihkan": innovation.Active,
	}
	for _, s := range append(innovation.States(), "lain") {
		for _, m := range append(innovation.Moves(), "hapus") {
			next, ok := s.After(m)
			wanted, allowed := want[string(s)+" "+string(m)]
			if ok != allowed || next != wanted {
				t.Errorf("%s from %q = %q, %v; want %q, %v", m, s, next, ok, wanted, allowed)
			}
		}
	}
}

func TestWithdrawArchiveRestore(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, i := servicetest.As(t, "operator"), w.register("operator", servicetest.Own, "Keliling")
		now, err := w.Periods.Current(operator)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			move   innovation.Move
			reason string
			want   string // of the fault
			state  innovation.State
			note   string
			key    string // of the verdict
		}{
			{innovation.Withdraw, " ", "fault.invalid reason=innovation.reason_missing", innovation.Active, "", "innovation.eligible"},
			{innovation.Withdraw, strings.Repeat("é", 501), "fault.invalid reason=innovation.text_long", innovation.Active, "", "innovation.eligible"},
			{innovation.Restore, "", "innovation.is_active", innovation.Active, "", "innovation.eligible"},
			{innovation.Withdraw, " Ganda  dengan yang lain ", "", innovation.Withdrawn, "Ganda dengan yang lain", "innovation.eligible_withdrawn"},
			{innovation.Withdraw, "Lagi", "innovation.is_withdrawn", innovation.Withdrawn, "Ganda dengan yang lain", "innovation.eligible_withdrawn"},
			{innovation.Archive, "", "", innovation.Archived, "Ganda dengan yang lain", "innovation.eligible_archived"},
			{innovation.Withdraw, "Lagi", "innovation.is_archived", innovation.Archived, "Ganda dengan yang lain", "innovation.eligible_archived"},
			{innovation.Restore, "", "", innovation.Active, "", "innovation.eligible"},
			{innovation.Archive, "", "", innovation.Archived, "", "innovation.eligible_archived"},
		} {
			got := ""
			if err := w.Do(operator, i.ID, step.move, step.reason); err != nil {
				got = err.Error()
			}
			found, err := w.ByID(operator, i.ID)
			v := found.Eligible(now.Pack.Eligibility, "")
			if got != step.want || err != nil || found.State != step.state || found.StateNote != step.note || v.Key != step.key || v.Counts != (step.key == "innovation.eligible") {
				t.Errorf("%s: %q, %q, %q, %+v; want %+v", step.move, got, found.State, found.StateNote, v, step)
			}
		}
		if _, err := w.Change(operator, i.ID, innovation.FormOf(i)); fault.KeyOf(err) != "innovation.put_away" {
			t.Errorf("changing what is archived = %v", err)
		}
	})
}
