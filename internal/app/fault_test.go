package app_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/test/world"
)

// aloneIn is the environment variable that a test has in a process of its own.
const aloneIn = "SIIDA_TEST_ALONE"

// alone reports whether a test runs in a process of its own. If not it starts one for
// it, with these attributes, and fails if that fails. The error is that of the start.
func alone(t *testing.T, attributes *syscall.SysProcAttr) (inside bool, err error) {
	t.Helper()
	if os.Getenv(aloneIn) == t.Name() {
		return true, nil
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v=true")
	cmd.Env = append(os.Environ(), aloneIn+"="+t.Name())
	cmd.SysProcAttr = attributes
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return false, err
	}
	if err := cmd.Wait(); err != nil || !strings.Contains(out.String(), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out.String())
	}
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, "_test.go:") {
			t.Log(strings.TrimSpace(line))
		}
	}
	return false, nil
}

// While another process holds the database, forms are refused with a sentence; as soon
// as it lets go they are saved again. Nothing that was acknowledged is lost.
func TestFaultDatabaseHeld(t *testing.T) {
	world.EachWith(t, sqldb.Limits{Lock: 500 * time.Millisecond}, func(t *testing.T, w *world.Regions, other *sqldb.DB) {
		random := world.Random(t)
		l := newLoad(t, w)
		stop := l.serve()
		for range world.Rounds(3, 100) {
			l.refuses = true
			l.await("forms are saved", &l.saved, int64(1+random.IntN(5)))
			world.Must(t, other.InTx(t.Context(), func(ctx context.Context) error {
				if other.Engine == sqldb.Postgres {
					_, err := other.Exec(ctx, `
						do $$
						declare r record;
						begin
							for r in select tablename from pg_tables where schemaname = current_schema() order by tablename loop
								execute format('lock table %I in exclusive mode', r.tablename);
							end loop;
						end $$`)
					if err != nil {
						return err
					}
				}
				l.await("forms are refused", &l.refused, int64(1+random.IntN(5)))
				return nil
			}))
		}
		l.await("forms are saved afterwards", &l.saved, 3)
		stop()
		l.check()
	})
}

// While PostgreSQL is stopped, forms are refused with a sentence; when it has started
// again they are saved. Nothing that was acknowledged is lost, also if the server
// was killed.
func TestFaultPostgresStopped(t *testing.T) {
	t.Parallel()
	if inside, err := alone(t, nil); !inside {
		world.Must(t, err)
		return
	}
	world.WithPostgres(t, func(t *testing.T, w *world.Regions) {
		random := world.Random(t)
		l := newLoad(t, w)
		l.refuses = true
		stop := l.serve()
		n := world.Rounds(2, 30)
		for range n {
			l.await("forms are saved", &l.saved, int64(1+random.IntN(10)))
			sqldbtest.StopPostgres(t, random.IntN(2) == 0)
			l.await("forms are refused", &l.refused, int64(1+random.IntN(5)))
			sqldbtest.StartPostgres(t)
		}
		l.await("forms are saved afterwards", &l.saved, 3)
		stop()
		l.check()
		t.Logf("%d stops", n)
	})
}
