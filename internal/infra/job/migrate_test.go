package job_test

import (
	"sync"
	"testing"

	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/migrations"
)

// A database without the tables gets them at the next start, by one of several
// replicas that start at once; before that Migrated returns false.
func TestMigrateOlderDatabase(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := sqldb.Open(t.Context(), dsn)
		must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		for _, table := range []string{"river_migration", "river_job", "river_leader", "river_queue", "river_notification"} {
			_, err := db.WriterPool().ExecContext(t.Context(), "drop table "+table)
			must(t, err)
		}
		if db.Engine == sqldb.Postgres {
			_, err := db.WriterPool().ExecContext(t.Context(), `drop type river_job_state cascade`)
			must(t, err)
		}
		var w worked
		q := open(t, db, options(), w.kind())
		if ready, err := q.Migrated(t.Context()); ready || err != nil {
			t.Fatalf("Migrated = %v, %v", ready, err)
		}
		var replicas sync.WaitGroup
		for range 3 {
			replicas.Go(func() {
				if err := db.Migrate(t.Context(), migrations.Files, job.Migrate); err != nil {
					t.Error(err)
				}
			})
		}
		replicas.Wait()
		if ready, err := q.Migrated(t.Context()); !ready || err != nil {
			t.Fatalf("Migrated = %v, %v", ready, err)
		}
		must(t, q.Insert(t.Context(), "note", "", note{"x"}))
		run(t, q)
		until(t, "it is worked", func() bool { return len(w.all()) == 1 })
	})
}
