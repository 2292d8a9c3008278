package innovationsql_test

import (
	"context"
	"slices"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
)

// Whoever wants a row that is locked gets it as it is when the lock is gone.
func TestLocks(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := settle(t, db)
		must(t, s.SaveDecree(home, innovation.Decree{ID: "d1", Number: "1"}))
		lock := func(ctx context.Context) (int64, int64, error) {
			var versions [2]int64
			err := db.InTx(ctx, func(ctx context.Context) error {
				i, err := s.Lock(ctx, "i1")
				if err != nil {
					return err
				}
				d, err := s.LockDecree(ctx, "d1")
				if err != nil {
					return err
				}
				versions = [2]int64{i.Version, d.Version}
				if err := s.Touch(ctx, "i1"); err != nil {
					return err
				}
				return s.TouchDecree(ctx, "d1")
			})
			return versions[0], versions[1], err
		}
		ended := make(chan [2]int64)
		must(t, db.InTx(home, func(ctx context.Context) error {
			known, err := s.LockList(ctx, []string{"i2", "none", "i1", "i2"})
			if err != nil || !slices.Equal(known, []string{"i1", "i2"}) {
				t.Errorf("locked %v, %v", known, err)
			}
			if known, err := s.LockList(ctx, nil); err != nil || len(known) > 0 {
				t.Errorf("locked nothing: %v, %v", known, err)
			}
			_, err = s.LockDecree(ctx, "d1")
			must(t, err)
			go func() {
				i, d, err := lock(home)
				if err != nil {
					t.Error(err)
				}
				ended <- [2]int64{i, d}
			}()
			must(t, s.Touch(ctx, "i1"))
			return s.TouchDecree(ctx, "d1")
		}))
		if got := <-ended; got != [2]int64{2, 2} {
			t.Errorf("who waited saw the versions %v, want 2 and 2", got)
		}
		for name, missing := range map[string]func(ctx context.Context) error{
			"Lock":       func(ctx context.Context) error { _, err := s.Lock(ctx, "i9"); return err },
			"LockDecree": func(ctx context.Context) error { _, err := s.LockDecree(ctx, "d1"); return err },
		} {
			if err := db.InTx(away, missing); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s of what the region does not have = %v, want NotFound", name, err)
			}
		}
	})
}
