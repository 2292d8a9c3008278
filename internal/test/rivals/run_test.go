package rivals

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// waitTimeout bounds the time until a rival has ended or waits for a lock.
const waitTimeout = 30 * time.Second

// hooks intercepts the transactions and the log of every service, and starts the
// rival at one of these moments.
type hooks struct {
	mu       sync.Mutex
	before   int    // transactions of the act before the raced one
	begins   func() // before the next transaction
	locked   func() // once the next transaction holds its locks
	entering chan struct{}
}

// set sets a hook; nil removes it.
func (s *hooks) set(hook *func(), call func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*hook = call
}

// isEarlier reports whether the beginning transaction comes before the raced
// one.
func (s *hooks) isEarlier() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before--
	return s.before >= 0 && (s.begins != nil || s.locked != nil)
}

// fire removes a hook and calls it, if there is one.
func (s *hooks) fire(hook *func()) {
	s.mu.Lock()
	call := *hook
	*hook = nil
	s.mu.Unlock()
	if call != nil {
		call()
	}
}

type transactor struct {
	uow.Transactor
	*hooks
}

// InTx implements uow.Transactor. A transaction without a log entry holds its
// locks at its end.
func (t transactor) InTx(ctx context.Context, fn func(context.Context) error) error {
	if t.isEarlier() {
		return t.Transactor.InTx(ctx, fn)
	}
	t.fire(&t.begins)
	t.mu.Lock()
	if t.entering != nil {
		close(t.entering)
		t.entering = nil
	}
	t.mu.Unlock()
	return t.Transactor.InTx(ctx, func(ctx context.Context) error {
		err := fn(ctx)
		t.fire(&t.locked)
		return err
	})
}

type log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

type logger struct {
	log
	*hooks
}

// Append implements the log of every service.
func (l logger) Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error {
	l.fire(&l.locked)
	return l.log.Append(ctx, subject, event, details)
}

// install installs the hooks in every service of a world.
func (s *hooks) install(w *world.Regions) {
	tx := func(of uow.Transactor) uow.Transactor { return transactor{of, s} }
	l := logger{w.Audit, s}
	w.Accounts.Tx, w.Accounts.Exclusive, w.Accounts.Log = tx(w.Accounts.Tx), tx(w.Accounts.Exclusive), l
	w.Auth.Tx, w.Auth.Exclusive, w.Auth.Log = tx(w.Auth.Tx), tx(w.Auth.Exclusive), l
	w.Agencies.Tx, w.Agencies.Log = tx(w.Agencies.Tx), l
	w.Periods.Tx, w.Periods.Log = tx(w.Periods.Tx), l
	w.Decrees.Tx, w.Decrees.Log = tx(w.Decrees.Tx), l
	w.Innovations.Tx, w.Innovations.Log = tx(w.Innovations.Tx), l
	w.Guidance.Tx, w.Guidance.Log = tx(w.Guidance.Tx), l
	w.Evidence.Tx, w.Evidence.Log = tx(w.Evidence.Tx), l
	w.Regional.Tx, w.Regional.Log = tx(w.Regional.Tx), l
	w.Index.Tx, w.Index.Log = tx(w.Index.Tx), l
	w.Board.Tx, w.Board.Log = tx(w.Board.Tx), l
	w.Report.Tx, w.Report.Log = tx(w.Report.Tx), l
	w.Status.Tx, w.Status.Log = tx(w.Status.Tx), l
	w.Program.Files.Tx = tx(w.Program.Files.Tx)
}

// result is the outcome of two acts.
type result struct{ Act, Rival, World string }

const done = "done"

func outcome(err error) string {
	if err == nil {
		return done
	}
	if fault.KindOf(err) == fault.Internal {
		return err.Error()
	}
	return fault.KeyOf(err)
}

// race is one interleaving of two acts.
type race struct {
	name string
	run  func(t *testing.T, s *fixture, act, rival func() error) (acted, rivalled error)
}

var races = []race{
	{"the act, then its rival", func(_ *testing.T, _ *fixture, act, rival func() error) (error, error) {
		err := act()
		return err, rival()
	}},
	{"the rival, then the act", func(_ *testing.T, _ *fixture, act, rival func() error) (error, error) {
		rivalled := rival()
		return act(), rivalled
	}},
	{"the rival between page and transaction", func(t *testing.T, s *fixture, act, rival func() error) (acted, rivalled error) {
		called := false
		s.set(&s.begins, func() { called, rivalled = true, rival() })
		acted = act()
		s.set(&s.begins, nil)
		if !called {
			t.Error("the act begins no unit of work")
		}
		return acted, rivalled
	}},
	{"the rival once the locks are held", func(t *testing.T, s *fixture, act, rival func() error) (acted, rivalled error) {
		var ended chan error
		s.set(&s.locked, func() {
			ended = make(chan error, 1)
			entering := make(chan struct{})
			s.mu.Lock()
			s.entering = entering
			s.mu.Unlock()
			go func() { ended <- rival() }()
			s.await(t, entering, ended)
		})
		acted = act()
		s.set(&s.locked, nil)
		if ended == nil {
			t.Error("the act writes nothing")
			return acted, nil
		}
		select {
		case rivalled = <-ended:
		case <-time.After(waitTimeout):
			t.Fatal("the rival does not end")
		}
		return acted, rivalled
	}},
}

// await returns when the rival has ended, or waits for a lock: on SQLite a
// transaction waits for the end of the current one.
func (s *fixture) await(t *testing.T, entering chan struct{}, ended chan error) {
	t.Helper()
	deadline := time.After(waitTimeout)
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for {
		select {
		case err := <-ended:
			ended <- err
			return
		case <-deadline:
			t.Error("the rival neither ends nor waits")
			return
		case <-entering:
			if s.DB.Engine == sqldb.SQLite {
				return
			}
			entering = nil
		case <-poll.C:
			if s.DB.Engine == sqldb.SQLite {
				continue
			}
			waiting, err := sqldb.One(t.Context(), s.DB, sqldb.Self[int], `
				select count(*)
				from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'`)
			if err != nil {
				t.Error(errors.Join(errors.New("who waits"), err))
				return
			}
			if waiting > 0 {
				return
			}
		}
	}
}

func TestRivals(t *testing.T) {
	all := maps.Clone(rivals)
	maps.Copy(all, roomRivals)
	maps.Copy(all, accountRivals)
	world.Each(t, func(t *testing.T, w *world.Regions) {
		free := prepareAll(t, w)
		for _, a := range slices.Concat(acts, roomActs, accountActs) {
			for _, name := range a.rivals {
				r, known := all[name]
				if !known {
					t.Errorf("%s meets nobody who is called %q", a.name, name)
					continue
				}
				t.Run(a.name+" and "+name, func(t *testing.T) {
					t.Parallel()
					p := <-free
					defer func() { free <- p }()
					raceAll(t, p, a, r)
				})
			}
		}
	})
}

// raceAll runs all races of an act and a rival, and compares the results with
// the two serial orders, which are the first two races.
func raceAll(t *testing.T, p *prepared, a act, rival func(s *fixture, a act) error) {
	t.Helper()
	var serial []result
	for n, race := range races {
		s := p.fixture(t, a)
		acted, rivalled := race.run(t, s, func() error { return a.do(s) }, func() error { return rival(s, a) })
		got := result{outcome(acted), outcome(rivalled), s.fingerprint()}
		if n == 1 && got.Act != done && serial[0].Act != done {
			t.Errorf("the act is refused in either order: %v", acted)
		}
		if n == 1 && got.Rival != done && serial[0].Rival != done {
			t.Errorf("the rival is refused in either order: %v", rivalled)
		}
		if n < 2 {
			serial = append(serial, got)
			continue
		}
		if slices.Contains(serial, got) {
			continue
		}
		report := fmt.Sprintf("%s: %s and %s, which no order gives.\ngot %s", race.name, got.Act, got.Rival, got.World)
		for _, want := range serial {
			report += fmt.Sprintf("\n%s and %s: %s", want.Act, want.Rival, difference(got.World, want.World))
		}
		t.Error(report)
	}
}

// difference lists the lines that only one of two fingerprints has.
func difference(got, want string) string {
	have, other := strings.Split(got, "\n"), strings.Split(want, "\n")
	var list []string
	for _, line := range have {
		if !slices.Contains(other, line) {
			list = append(list, "\n\tgot  "+line)
		}
	}
	for _, line := range other {
		if !slices.Contains(have, line) {
			list = append(list, "\n\twant "+line)
		}
	}
	return strings.Join(list, "")
}
