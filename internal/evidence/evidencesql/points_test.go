package evidencesql_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/decimal"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/scoring"
)

// Points are those of the summary that was refreshed last: refreshing drops them.
func TestPoints(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		in := evidence.InPeriod{InnovationID: "i1", PeriodID: "2026"}
		stored := func(ctx context.Context) (list []scoring.Points) {
			t.Helper()
			all, err := s.Points(ctx)
			must(t, err)
			for _, one := range all {
				list = append(list, one.Points)
			}
			return list
		}
		must(t, s.SaveAnswer(home, answer("i1", "2026", "SID-16", 2)))
		must(t, s.RefreshSummary(home, "i1", "2026"))
		must(t, s.SavePoints(home, in, decimal.FromInt(6)))
		must(t, s.SavePoints(away, in, decimal.FromInt(7)))
		if diff := cmp.Diff([]scoring.Points{decimal.FromInt(6)}, stored(home)); diff != "" {
			t.Error(diff)
		}
		if got := stored(away); got != nil {
			t.Errorf("of another region %v", got)
		}
		must(t, s.RefreshSummary(home, "i1", "2026"))
		if diff := cmp.Diff([]scoring.Points{0}, stored(home)); diff != "" {
			t.Errorf("after a refresh %s", diff)
		}
	})
}

// Mend counts the indicators that are not finished although documents were sent which
// cannot be opened.
func TestMend(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, _ context.Context) {
		locked, whole := document("d1", "i1"), document("d2", "i1")
		locked.File.State, locked.File.Reason = file.Unopenable, string(file.Locked)
		add(t, s, home, locked, whole)
		for _, code := range []string{"SID-16", "SID-17"} {
			must(t, s.SaveAnswer(home, answer("i1", "2026", code, 2)))
			must(t, s.Use(home, "d1", "2026", code, at))
		}
		must(t, s.Use(home, "d2", "2026", "SID-17", at))
		mend := func() int {
			t.Helper()
			must(t, s.RefreshSummary(home, "i1", "2026"))
			agrees(t, s, home)
			n, err := sqldb.One(home, s.DB, sqldb.Self[int], `select mend from answer_summaries where region_id = $1 and innovation_id = 'i1' and period_id = '2026'`, "18.01")
			must(t, err)
			return n
		}
		if n := mend(); n != 0 {
			t.Errorf("%d before they are void", n)
		}
		must(t, s.DB.InTx(home, func(ctx context.Context) error {
			_, err := s.VoidUses(ctx, evidence.InPeriod{InnovationID: "i1", PeriodID: "2026"})
			return err
		}))
		if n := mend(); n != 1 {
			t.Errorf("%d, want that of SID-16 alone", n)
		}
		must(t, s.EndUse(home, "d1", "2026", "SID-16", at))
		if n := mend(); n != 0 {
			t.Errorf("%d after it was detached", n)
		}
	})
}
