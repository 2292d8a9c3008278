package sqldb_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

func openWith(t *testing.T, dsn string, limits sqldb.Limits) *sqldb.DB {
	t.Helper()
	db, err := sqldb.OpenWith(t.Context(), dsn, limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// whileLocked calls fn while another connection has the write lock.
func whileLocked(t *testing.T, dsn string, fn func()) {
	t.Helper()
	other := openWith(t, dsn, sqldb.ServerLimits())
	err := other.InTx(t.Context(), func(ctx context.Context) error {
		if other.Engine == sqldb.Postgres {
			if _, err := other.Exec(ctx, `lock table regions in exclusive mode`); err != nil {
				return err
			}
		}
		fn()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Writers that arrive while another process writes wait together, no longer than
// their limit; readers do not wait.
func TestWritersWaitNoLongerThanTheirLimit(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		const writers, limit = 100, 200 * time.Millisecond
		db := openWith(t, dsn, sqldb.Limits{Lock: limit})
		insert := func() error {
			_, err := db.Exec(t.Context(), insertRegion, "e1")
			return err
		}
		whileLocked(t, dsn, func() {
			began := time.Now()
			var wg sync.WaitGroup
			for i := range writers {
				wg.Go(func() {
					write := insert
					if i%2 == 0 {
						write = func() error {
							return db.InTx(t.Context(), func(ctx context.Context) error {
								_, err := db.Exec(ctx, insertRegion, "e2")
								return err
							})
						}
					}
					if err := write(); fault.KindOf(err) != fault.Busy {
						t.Errorf("a write beside another process = %v, want Busy", err)
					}
				})
			}
			countRegions(t, t.Context(), openWith(t, dsn, sqldb.Limits{Lock: limit}))
			wg.Wait()
			// One after another they would need writers × limit = 20 s.
			if took := time.Since(began); db.Engine == sqldb.SQLite && took > writers*limit/2 {
				t.Errorf("%d writers waited %v, each with a limit of %v", writers, took, limit)
			}
		})
		if err := insert(); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// A transaction that began in time may last longer than the limit.
func TestWaitLimitDoesNotEndTheTransaction(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		db := openWith(t, dsn, sqldb.Limits{Lock: time.Second}) // enough to begin on a busy machine
		err := db.InTx(t.Context(), func(ctx context.Context) error {
			time.Sleep(1500 * time.Millisecond)
			_, err := db.Exec(ctx, insertRegion, "e1")
			return err
		})
		if err != nil || countRegions(t, t.Context(), db) != 1 {
			t.Errorf("a transaction longer than the wait for it: %v", err)
		}
	})
}

// While PostgreSQL has too many connections, a waiting writer does not ask for one
// all the time.
func TestTooManyConnections(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		if openWith(t, dsn, sqldb.Limits{}).Engine == sqldb.SQLite {
			return // SQLite has no such limit
		}
		line := sqldbtest.NewLine(t, dsn)
		db := openWith(t, line.DSN, sqldb.Limits{Lock: time.Second})
		asked := line.Refuse(t)
		if _, err := db.Exec(t.Context(), insertRegion, "e1"); fault.KindOf(err) != fault.Busy {
			t.Errorf("without a connection: %v, want Busy", err)
		}
		if n := asked.Load(); n < 2 || n > 20 {
			t.Errorf("asked %d times in a second", n)
		}
		line.Cut()
		line.Restore(t)
		if _, err := db.Exec(t.Context(), insertRegion, "e1"); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestStatementLimit(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		db := openWith(t, dsn, sqldb.Limits{Statement: 20 * time.Millisecond})
		if db.Engine == sqldb.SQLite {
			return // SQLite has no such limit
		}
		_, err := sqldb.One(t.Context(), db, sqldb.Self[string], `select cast(pg_sleep(60) as text)`)
		if fault.KindOf(err) != fault.Busy {
			t.Errorf("a statement that takes too long = %v, want Busy", err)
		}
		if _, err := sqldb.One(t.Context(), openWith(t, dsn, sqldb.CommandLimits()), sqldb.Self[string], `select cast(pg_sleep(0.1) as text)`); err != nil {
			t.Errorf("without a limit: %v", err)
		}
	})
}

func TestFullDatabase(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		db := openWith(t, dsn, sqldb.ServerLimits())
		if db.Engine == sqldb.Postgres {
			_, err := db.Exec(t.Context(), `do $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$`)
			if fault.KindOf(err) != fault.Full {
				t.Errorf("a write to a full disk = %v, want Full", err)
			}
			return
		}
		if _, err := db.Exec(t.Context(), `pragma max_page_count = 1`); err != nil { // no more than it has
			t.Fatal(err)
		}
		_, err := db.Exec(t.Context(), `insert into regions (region_id, name, zone, sample) values ('e1', $1, '', false)`, string(make([]byte, 100_000)))
		if fault.KindOf(err) != fault.Full {
			t.Errorf("a write to a full disk = %v, want Full", err)
		}
		countRegions(t, t.Context(), db)
	})
}

// While PostgreSQL is unreachable every statement is Busy; afterwards all work, also
// on connections opened before.
func TestUnreachableDatabase(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		if openWith(t, dsn, sqldb.Limits{}).Engine == sqldb.SQLite {
			return // SQLite is never unreachable
		}
		line := sqldbtest.NewLine(t, dsn)
		db := openWith(t, line.DSN, sqldb.ServerLimits())
		read := func() error {
			_, err := sqldb.One(t.Context(), db, sqldb.Self[int], `select count(*) from regions`)
			return err
		}
		write := func() error { return db.InTx(t.Context(), func(context.Context) error { return nil }) }
		if err := errors.Join(read(), write()); err != nil {
			t.Fatal(err)
		}
		cut := db.InTx(t.Context(), func(ctx context.Context) error {
			line.Cut()
			_, err := db.Exec(ctx, insertRegion, "e1")
			return err
		})
		for name, err := range map[string]error{"in a transaction": cut, "read": read(), "write": write()} {
			if fault.KindOf(err) != fault.Busy {
				t.Errorf("%s while the database is away = %v, want Busy", name, err)
			}
		}
		line.Restore(t)
		if err := errors.Join(read(), write()); err != nil {
			t.Errorf("after it has come back: %v", err)
		}
		_, err := sqldb.One(t.Context(), db, sqldb.Self[bool], `select pg_terminate_backend(pg_backend_pid())`)
		if fault.KindOf(err) != fault.Busy {
			t.Errorf("a server that shuts down = %v, want Busy", err)
		}
	})
}
