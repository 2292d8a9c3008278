package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// childOf is the environment variable that has the served program of a child process.
const childOf = "SIIDA_TEST_SERVE"

// served is a program that a child process serves until it is killed.
type served struct {
	DSN, Files string
	Ahead      time.Duration // of its clock, relative to that of the tests
	Temp       string        // the folder of temporary files, if not the system's
	Inspect    bool          // files are inspected, as by siida serve
}

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") { // a command of the program, which a test runs as a process of its own
		os.Exit(app.Run(context.Background(), os.Args[1:], app.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	if text := os.Getenv(childOf); text != "" {
		if err := serveChild(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveChild serves, and prints its address.
func serveChild(text string) error {
	var s served
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	ctx := context.Background()
	db, err := sqldb.Open(ctx, s.DSN)
	if err != nil {
		return err
	}
	folder, err := blob.Open(s.Files)
	if err != nil {
		return err
	}
	p, err := app.On(slog.New(slog.DiscardHandler), db, folder, 1<<20)
	if err != nil {
		return err
	}
	p.Clock = func() time.Time { return testclock.Now().Add(s.Ahead) }
	if s.Inspect {
		app.InspectFiles(ctx, p)
	}
	return app.Serve(ctx, p, "127.0.0.1:0", func(address string) error {
		_, err := fmt.Println(address)
		return err
	})
}

// start starts the child and returns its address and a function that kills it.
func (s served) start(t *testing.T) (address string, kill func()) {
	t.Helper()
	text, err := json.Marshal(s)
	world.Must(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+string(text))
	if s.Temp != "" {
		cmd.Env = append(cmd.Env, "TMPDIR="+s.Temp)
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	world.Must(t, err)
	world.Must(t, cmd.Start())
	address, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the program did not start: %v", err)
	}
	return strings.TrimSpace(address), func() {
		world.Must(t, cmd.Process.Signal(syscall.SIGKILL))
		_ = cmd.Wait()
	}
}

// killed is a load on a program that is killed repeatedly.
type killed struct{ *load }

// A program killed with forms, uploads and jobs in progress has lost nothing that it
// acknowledged, and no job takes effect twice. The environment variable KILLS says how
// often it is killed.
func TestKilled(t *testing.T) {
	n := world.Rounds(4, 200)
	if text := os.Getenv("KILLS"); text != "" {
		var err error
		n, err = strconv.Atoi(text)
		world.Must(t, err)
	}
	world.EachDSN(t, func(t *testing.T, w *world.Regions, dsn string) {
		random := world.Random(t)
		k := &killed{newLoad(t, w)}
		ahead := time.Duration(0)
		w.Clock = func() time.Time { return testclock.Now().Add(ahead) }
		for round := range n {
			ahead += 24 * time.Hour // another day has other jobs
			address, kill := served{DSN: dsn, Files: w.Files, Ahead: ahead}.start(t)
			work := k.begin(t.Context(), address, strconv.Itoa(round))
			k.await("more is acknowledged", &k.saved, int64(1+random.IntN(20)))
			time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
			kill()
			work.Wait()
		}
		k.finishJobs(dsn, ahead)
		k.check()
		t.Logf("%d kills", n)
	})
}

// finishJobs starts the program again until it has run all jobs, as if those of the
// killed processes had begun an hour ago, and checks their results.
func (k *killed) finishJobs(dsn string, ahead time.Duration) {
	k.t.Helper()
	stuck := `update river_job set attempted_at = datetime(attempted_at, '-1 hour') where state = 'running'`
	if k.DB.Engine == sqldb.Postgres {
		stuck = `update river_job set attempted_at = attempted_at - interval '1 hour' where state = 'running'`
	}
	for _, text := range []string{`delete from river_leader`, stuck} {
		_, err := k.DB.WriterPool().ExecContext(k.t.Context(), text)
		world.Must(k.t, err)
	}
	_, kill := served{DSN: dsn, Files: k.Files, Ahead: ahead}.start(k.t)
	defer kill()
	until(k.t, "all jobs are done", func() bool {
		k.endPauses()
		return atRest(k.t, k.Regions)
	})
	kept, last := map[string]int{}, map[string]string{}
	for _, r := range []region.Region{k.Home, k.Away} {
		for _, m := range snapshots(k.t, k.Regions, r) {
			kept[r.Code+" "+string(m.Day)]++
			last[r.Code] = max(last[r.Code], string(m.Day))
		}
	}
	for day, n := range kept {
		if n != 1 {
			k.t.Errorf("%d snapshots of %s", n, day)
		}
	}
	queued := map[job]int{}
	for _, j := range k.jobs() {
		queued[j]++
		if j.Kind == "index.day" && last[j.Region] < j.Key { // a day before a snapshot is left alone
			k.t.Errorf("%v is done, and there is no snapshot of it or of a later day", j)
		}
	}
	for j, n := range queued {
		if n != 1 {
			k.t.Errorf("%v is there %d times", j, n)
		}
	}
}

// endPauses makes jobs that wait for another try due: after two failed tries that would
// be a minute, and after three five.
func (k *killed) endPauses() {
	k.t.Helper()
	var waiting int
	world.Must(k.t, k.DB.ReaderPool().QueryRowContext(k.t.Context(), `select count(*) from river_job where state = 'retryable'`).Scan(&waiting))
	if waiting == 0 {
		return
	}
	due := `datetime('now', '-1 second')`
	if k.DB.Engine == sqldb.Postgres {
		due = `now() - interval '1 second'`
	}
	_, err := k.DB.WriterPool().ExecContext(k.t.Context(), `update river_job set scheduled_at = `+due+` where state = 'retryable' and scheduled_at > `+due)
	world.Must(k.t, err)
}

// job is one that was queued.
type job struct{ Kind, Region, Key string }

func (k *killed) jobs() (list []job) {
	k.t.Helper()
	text := `select kind, json(args) from river_job`
	if k.DB.Engine == sqldb.Postgres {
		text = `select kind, cast(args as text) from river_job`
	}
	rows, err := k.DB.ReaderPool().QueryContext(k.t.Context(), text)
	world.Must(k.t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var j job
		var args []byte
		world.Must(k.t, rows.Scan(&j.Kind, &args))
		world.Must(k.t, json.Unmarshal(args, &j))
		list = append(list, j)
	}
	world.Must(k.t, rows.Err())
	return list
}
