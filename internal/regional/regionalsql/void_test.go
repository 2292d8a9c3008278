package regionalsql_test

import (
	"context"
	"testing"

	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
)

// A proof whose file cannot be opened proves nothing in an open period, and what it has
// proven in a closed one stays.
func TestVoidProofs(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		for _, ctx := range []context.Context{home, away} {
			for _, p := range []regional.Proof{proof("b1", "2026", "SPD-04"), proof("b2", "2026", "SPD-03"), proof("b3", "2027", "SPD-04"), proof("b4", "2026", "SPD-04")} {
				if p.ID != "b4" {
					p.File.State, p.File.Reason = file.Unopenable, string(file.Unreadable)
				}
				filetest.Add(t, ctx, s.DB, p.File)
				must(t, s.AddProof(ctx, p))
			}
		}
		must(t, (&periodsql.Store{DB: s.DB}).Move(home, "2027", period.Open, period.Closed, at))
		proving := func(ctx context.Context, year string) map[string]int {
			t.Helper()
			claims, err := s.Claims(ctx, year)
			must(t, err)
			list := map[string]int{}
			for _, c := range claims {
				list[c.Code] = c.Proofs
			}
			return list
		}
		list, err := s.Unopenable(home)
		must(t, err)
		same(t, "to void", list, []string{"2026"})
		for _, want := range [][]regional.VoidProof{{{ID: "b2", Code: "SPD-03"}, {ID: "b1", Code: "SPD-04"}}, nil} {
			var void []regional.VoidProof
			must(t, s.DB.InTx(home, func(ctx context.Context) (err error) { void, err = s.VoidProofs(ctx, "2026"); return err }))
			same(t, "void", void, want)
		}
		same(t, "what proves", proving(home, "2026"), map[string]int{"SPD-03": 0, "SPD-04": 1})
		same(t, "in the closed period", proving(home, "2027"), map[string]int{"SPD-04": 1})
		same(t, "in the other region", proving(away, "2026"), map[string]int{"SPD-03": 1, "SPD-04": 2})
		list, err = s.Unopenable(home)
		must(t, err)
		same(t, "to void after that", list, nil)
		must(t, (&periodsql.Store{DB: s.DB}).Move(home, "2027", period.Closed, period.Open, at))
		list, err = s.Unopenable(home)
		must(t, err)
		same(t, "once the period is open again", list, []string{"2027"})
	})
}
