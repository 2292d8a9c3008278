package job_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// note is the argument of the jobs of these tests.
type note struct{ Text string }

// worked records the jobs done, in order, by region and text.
type worked struct {
	mu   sync.Mutex
	list []string
}

func (w *worked) add(ctx context.Context, n note) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, actor.From(ctx).Region+" "+n.Text)
}

func (w *worked) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.list)
}

// kind returns the kind "note", whose jobs add themselves to w.
func (w *worked) kind() job.Kind {
	return job.NewKind("note", func(ctx context.Context, n note) error {
		w.add(ctx, n)
		return nil
	})
}

func in(ctx context.Context, region string) context.Context {
	return actor.With(ctx, actor.Actor{Region: region})
}

// options are settings without long waits.
func options() job.Options {
	return job.Options{
		Log:    slog.New(slog.DiscardHandler),
		Within: func(ctx context.Context, region string) (context.Context, error) { return in(ctx, region), nil },
		Now:    testclock.Now, Pause: func(int) time.Duration { return time.Millisecond },
	}
}

func open(t *testing.T, db *sqldb.DB, o job.Options, kinds ...job.Kind) *job.Queue {
	t.Helper()
	q, err := job.New(db, o, kinds...)
	must(t, err)
	return q
}

// run runs the jobs of q until stop is called or the test ends.
func run(t *testing.T, q *job.Queue) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { q.Run(ctx); close(ended) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

// until waits until ok returns true; the limit allows for a loaded machine.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 6000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A job runs in its region if and only if the transaction of its cause is committed;
// jobs with the same key are one.
func TestInsertInTransaction(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		var w worked
		q := open(t, db, options(), w.kind())
		no := errors.New("no")
		err := db.InTx(in(t.Context(), "18.01"), func(ctx context.Context) error {
			must(t, q.Insert(ctx, "note", "", note{"taken back"}))
			return no
		})
		if !errors.Is(err, no) {
			t.Fatal(err)
		}
		run(t, q)
		must(t, db.InTx(in(t.Context(), "18.01"), func(ctx context.Context) error {
			must(t, q.Insert(ctx, "note", "a", note{"first"}))
			must(t, q.Insert(ctx, "note", "a", note{"again"}))
			must(t, q.Insert(in(ctx, "18.02"), "note", "a", note{"first"}))
			return q.Insert(ctx, "note", "", note{"without a key"})
		}))
		must(t, q.Insert(in(t.Context(), "18.01"), "note", "", note{"without a key"}))
		until(t, "all four", func() bool { return len(w.all()) >= 4 })
		must(t, q.Insert(in(t.Context(), "18.01"), "note", "a", note{"after it is done"}))
		must(t, q.Insert(in(t.Context(), "18.01"), "note", "", note{"last"}))
		until(t, "the last", func() bool { return slices.Contains(w.all(), "18.01 last") })
		got := slices.Sorted(slices.Values(w.all()))
		want := []string{"18.01 first", "18.01 last", "18.01 without a key", "18.01 without a key", "18.02 first"}
		if !slices.Equal(got, want) {
			t.Errorf("worked %q, want %q", got, want)
		}
		if err := q.Insert(t.Context(), "unknown", "", note{}); err == nil {
			t.Error("a kind that nobody works is taken")
		}
	})
}

// A job that fails five times is parked with its reason and logged; somebody of its
// region can retry it.
func TestParked(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		var mu sync.Mutex
		tries := map[string]int{}
		mended := false
		kind := job.NewKind("note", func(_ context.Context, n note) error {
			mu.Lock()
			defer mu.Unlock()
			tries[n.Text]++
			switch {
			case mended:
				return nil
			case n.Text == "panics":
				panic("a bug")
			case n.Text == "full":
				return fault.New(fault.Full, "fault.full").With(fault.Args{"Most": "3"}).Because(errors.New("secret"))
			}
			return errors.New("secret")
		})
		tried := func(text string) int { mu.Lock(); defer mu.Unlock(); return tries[text] }
		var text bytes.Buffer
		o := options()
		o.Log = slog.New(slog.NewTextHandler(&text, nil))
		q := open(t, db, o, kind)
		for region, texts := range map[string][]string{"18.01": {"full"}, "18.02": {"panics"}, "": {"broken"}} {
			for _, n := range texts {
				must(t, q.Insert(in(t.Context(), region), "note", n, note{n}))
			}
		}
		stop := run(t, q)
		parked := func() (list []job.Parked) {
			list, err := q.Parked(t.Context())
			must(t, err)
			return list
		}
		until(t, "three parked", func() bool { return len(parked()) == 3 })
		ids := map[string]int64{}
		for _, p := range parked() {
			ids[p.Region] = p.ID
			want := job.Failure{Key: "fault.internal"}
			if p.Region == "18.01" {
				want = job.Failure{Key: "fault.full", Args: fault.Args{"Most": "3"}}
			}
			if p.Kind != "note" || p.Since.IsZero() || p.Why.Error() != want.Error() || strings.Contains(p.Why.Error(), "secret") {
				t.Errorf("parked %+v, want it for %+v", p, want)
			}
		}
		for _, n := range []string{"full", "panics", "broken"} {
			if got := tried(n); got != job.MaxTries {
				t.Errorf("%s was tried %d times", n, got)
			}
			must(t, q.Insert(t.Context(), "note", n, note{n})) // a key is taken only within its region
		}
		until(t, "those of the installation", func() bool { return len(parked()) == 5 })

		mu.Lock()
		mended = true
		mu.Unlock()
		home := in(t.Context(), "18.01")
		for _, id := range []int64{ids["18.02"], 999} {
			if _, _, err := q.Retry(home, id); fault.KindOf(err) != fault.NotFound {
				t.Errorf("retry %d = %v, want NotFound", id, err)
			}
		}
		for _, first := range []bool{true, false} { // retrying a job twice changes nothing
			kind, parked, err := q.Retry(home, ids["18.01"])
			if err != nil || kind != "note" || parked != first {
				t.Fatal(kind, parked, err)
			}
		}
		_, _, err := q.Retry(home, ids[""])
		must(t, err)
		until(t, "three parked", func() bool { return len(parked()) == 3 })
		until(t, "one more try", func() bool { return tried("full") >= 2*job.MaxTries+1 })
		_, _, err = q.Retry(home, ids["18.01"])
		must(t, err)
		stop()
		if got := tried("full"); got != 2*job.MaxTries+1 {
			t.Errorf("full was tried %d times", got)
		}
		if n := strings.Count(text.String(), "parked=true"); n != 5 || !strings.Contains(text.String(), "secret") {
			t.Errorf("the log tells of %d parked jobs:\n%s", n, text.String())
		}
	})
}

// A try that takes too long ends, and so does one in progress when the program stops,
// which does not count.
func TestTriesEnd(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		started := make(chan string, 100)
		kind := job.NewKind("note", func(ctx context.Context, n note) error {
			started <- n.Text
			<-ctx.Done()
			return ctx.Err()
		})
		o := options()
		o.SoftStop = time.Millisecond
		q := open(t, db, o, kind)
		must(t, q.Insert(t.Context(), "note", "", note{"cut off"}))
		for range job.MaxTries + 1 {
			stop := run(t, q)
			<-started
			stop()
			q = open(t, db, o, kind)
		}
		o.Timeout = 50 * time.Millisecond
		q = open(t, db, o, kind)
		run(t, q)
		var list []job.Parked
		until(t, "parked", func() bool {
			var err error
			list, err = q.Parked(t.Context())
			must(t, err)
			return len(list) > 0
		})
		if list[0].Why.Key != job.Late {
			t.Errorf("parked for %+v", list[0].Why)
		}
		if n := len(started); n != job.MaxTries {
			t.Errorf("%d tries counted", n)
		}
	})
}

// A job of a region that does not exist fails and does not run.
func TestJobOfAMissingRegion(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		var w worked
		o := options()
		o.Within = func(context.Context, string) (context.Context, error) {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		q := open(t, db, o, w.kind())
		must(t, q.Insert(in(t.Context(), "18.01"), "note", "", note{"x"}))
		run(t, q)
		until(t, "parked", func() bool {
			list, err := q.Parked(t.Context())
			must(t, err)
			return len(list) == 1 && list[0].Why.Key == "fault.not_found"
		})
		if list := w.all(); len(list) > 0 {
			t.Errorf("worked %q", list)
		}
	})
}

// Each job of a schedule is queued once, also by a second process and after a
// restart; an error of one does not affect the others.
func TestSchedules(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		var w worked
		asked := []job.Run{{Region: "18.01", Key: "1", Args: note{"1"}}, {Region: "18.02", Key: "1", Args: func() {}}, {Key: "1", Args: note{"1"}}}
		broken := job.NewKind("broken", func(context.Context, note) error { return nil }).
			Periodic(func(context.Context, time.Time) ([]job.Run, error) { panic("a bug") })
		kind := w.kind().Periodic(func(context.Context, time.Time) ([]job.Run, error) { return asked, errors.New("half of it") })
		for range 2 {
			q := open(t, db, options(), broken, kind)
			done := map[string]string{}
			for range 2 {
				err := q.InsertDue(t.Context(), done)
				for _, want := range []string{"schedule of broken: panic: a bug", "schedule of note: half of it", `region "18.02"`} {
					if err == nil || !strings.Contains(err.Error(), want) {
						t.Errorf("InsertDue = %v, want %q in it", err, want)
					}
				}
			}
			if len(done) != 2 || done["note 18.01"] != "1" {
				t.Errorf("done is %v", done)
			}
		}
		asked = []job.Run{{Region: "18.01", Key: "2", Args: note{"2"}}}
		run(t, open(t, db, options(), broken, kind))
		until(t, "the third", func() bool { return len(w.all()) >= 3 })
		if got := slices.Sorted(slices.Values(w.all())); !slices.Equal(got, []string{" 1", "18.01 1", "18.01 2"}) {
			t.Errorf("worked %q", got)
		}
	})
}
