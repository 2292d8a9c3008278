package innovationsql_test

import (
	"context"
	"slices"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// A transaction that waits for a locked row reads it as it is afterwards.
func TestLocks(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		lock := func(ctx context.Context) (int64, error) {
			var version int64
			err := db.InTx(ctx, func(ctx context.Context) error {
				i, err := s.Lock(ctx, "i1")
				if err != nil {
					return err
				}
				version = i.Version
				return s.BumpVersion(ctx, "i1")
			})
			return version, err
		}
		ended := make(chan int64)
		must(t, db.InTx(home, func(ctx context.Context) error {
			known, err := s.LockList(ctx, []string{"i2", "none", "i1", "i2"})
			if err != nil || !slices.Equal(known, []string{"i1", "i2"}) {
				t.Errorf("locked %v, %v", known, err)
			}
			if known, err := s.LockList(ctx, nil); err != nil || len(known) > 0 {
				t.Errorf("locked nothing: %v, %v", known, err)
			}
			go func() {
				version, err := lock(home)
				if err != nil {
					t.Error(err)
				}
				ended <- version
			}()
			return s.BumpVersion(ctx, "i1")
		}))
		if got := <-ended; got != 2 {
			t.Errorf("after waiting: version %v, want 2", got)
		}
		err := db.InTx(away, func(ctx context.Context) error { _, err := s.Lock(ctx, "i9"); return err })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("Lock of what the region does not have = %v, want NotFound", err)
		}
	})
}
