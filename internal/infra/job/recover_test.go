package job_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// childDSN is the environment variable with the database whose jobs a child process
// runs until it is killed.
const childDSN = "JOB_TEST_CHILD"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(childDSN); dsn != "" {
		child(dsn)
		return
	}
	os.Exit(m.Run())
}

// effects returns a kind whose jobs add their text to a table, once. They call hold, which
// may block, before or after that if so named.
func effects(db *sqldb.DB, hold func(step string)) job.Kind {
	return job.NewKind("effect", func(ctx context.Context, n note) error {
		if n.Text == "before" {
			hold("before")
		}
		err := db.InTx(ctx, func(ctx context.Context) error {
			if _, err := db.Exec(ctx, `insert into tries (text) values ($1)`, n.Text); err != nil {
				return err
			}
			_, err := db.Exec(ctx, `
				insert into effects (region_id, text)
				values ($1, $2)
				on conflict (region_id, text) do nothing`, actor.From(ctx).Region, n.Text)
			return err
		})
		if err == nil && n.Text == "after" {
			hold("after")
		}
		return err
	})
}

// child runs jobs until it is killed, and prints each step.
func child(dsn string) {
	db, err := sqldb.Open(context.Background(), dsn)
	if err != nil {
		panic(err)
	}
	q, err := job.New(db, options(), effects(db, func(step string) {
		fmt.Println(step)
		select {}
	}))
	if err != nil {
		panic(err)
	}
	q.Run(context.Background())
}

// Jobs of a killed process are run by another one and take effect once, whether they
// had taken effect before or not.
func TestJobsOfAKilledProcess(t *testing.T) {
	sqldbtest.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := sqldb.Open(t.Context(), dsn)
		must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		for _, text := range []string{`create table tries (text text not null)`, `create table effects (region_id text, text text, primary key (region_id, text))`} {
			_, err := db.WriterPool().ExecContext(t.Context(), text)
			must(t, err)
		}
		o := options()
		o.Timeout, o.StuckAfter = 900*time.Millisecond, time.Second
		q := open(t, db, o, effects(db, func(string) {}))
		home := in(t.Context(), "18.01")
		must(t, q.Insert(home, "effect", "1", note{"before"}))
		must(t, q.Insert(home, "effect", "2", note{"after"}))

		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childDSN+"="+dsn)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for steps := ""; !strings.Contains(steps, "before") || !strings.Contains(steps, "after"); steps += lines.Text() {
			if !lines.Scan() {
				t.Fatalf("the child ended at %q", steps)
			}
		}
		must(t, cmd.Process.Kill())
		_ = cmd.Wait()

		// The killed process would be River's leader for 15 s more, and only the
		// leader rescues jobs.
		_, err = db.WriterPool().ExecContext(t.Context(), `delete from river_leader`)
		must(t, err)
		time.Sleep(o.StuckAfter) // else the next search would be half a minute later
		run(t, q)
		count := func(text string) (n int) {
			must(t, db.ReaderPool().QueryRowContext(t.Context(), text).Scan(&n))
			return n
		}
		until(t, "both again", func() bool { return count(`select count(*) from river_job where state = 'completed'`) == 2 })
		if tries, done := count(`select count(*) from tries`), count(`select count(*) from effects`); tries != 3 || done != 2 {
			t.Errorf("%d tries took effect %d times, want 3 and 2", tries, done)
		}
	})
}

// A job whose process died at the last try is parked with that reason.
func TestDeadAtTheLastTry(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		var w worked
		o := options()
		o.Timeout, o.StuckAfter = 900*time.Millisecond, time.Second
		q := open(t, db, o, w.kind())
		must(t, q.Insert(in(t.Context(), "18.01"), "note", "", note{"x"}))
		_, err := db.WriterPool().ExecContext(t.Context(), `
			update river_job
			set state = 'running', attempt = 5, attempted_at = '2026-01-02 03:04:05.678'`)
		must(t, err)
		run(t, q)
		until(t, "parked", func() bool {
			list, err := q.Parked(t.Context())
			must(t, err)
			return len(list) == 1 && list[0].Why.Key == job.Died && list[0].Region == "18.01"
		})
	})
}

// With several replicas each job runs once.
func TestReplicasShareTheJobs(t *testing.T) {
	db := sqldbtest.NewTemplate(func(context.Context, *sqldb.DB) error { return nil }).Postgres(t) // SQLite has one process
	const jobs, replicas = 200, 3
	var mu sync.Mutex
	tries, by := map[string]int{}, map[int]int{}
	var queues []*job.Queue
	for n := range replicas {
		queues = append(queues, open(t, db, options(), job.NewKind("note", func(_ context.Context, text note) error {
			mu.Lock()
			defer mu.Unlock()
			tries[text.Text]++
			by[n]++
			return nil
		}).Periodic(func(context.Context, time.Time) ([]job.Run, error) {
			return []job.Run{{Region: "18.01", Key: "2026-11-29", Args: note{"periodic"}}}, nil
		})))
	}
	for n := range jobs {
		must(t, queues[0].Insert(t.Context(), "note", "", note{fmt.Sprint(n)}))
	}
	for _, q := range queues {
		run(t, q)
	}
	all := func() (n int) {
		mu.Lock()
		defer mu.Unlock()
		for _, times := range tries {
			n += times
		}
		return n
	}
	until(t, "all worked", func() bool { return all() >= jobs+1 })
	time.Sleep(300 * time.Millisecond) // for a job that would run twice
	if n := all(); n != jobs+1 || len(tries) != jobs+1 || len(by) < 2 {
		t.Errorf("%d jobs were worked %d times, by %v", len(tries), n, by)
	}
}
