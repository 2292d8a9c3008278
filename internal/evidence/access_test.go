package evidence_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/period"
)

// regent returns the context of a pimpinan.
func regent(t *testing.T, more ...actor.Assignment) context.Context {
	t.Helper()
	return actor.With(t.Context(), actor.Actor{
		ID: "bupati", Name: "Bupati", Region: servicetest.Home, Assignments: append(more, actor.Assignment{Role: actor.Pimpinan}),
	})
}

func (w *world) open(ctx context.Context, id string) error {
	_, content, err := w.Open(ctx, id)
	if err == nil {
		err = content.Close()
	}
	return err
}

// trace returns the access log of a document, the latest entry first.
func (w *world) trace(id string) string {
	w.t.Helper()
	w.must(w.Pending.Flush(w.t.Context()))
	o, err := w.AccessLog(servicetest.As(w.t, "brida"), id, 1)
	w.must(err)
	var lines []string
	for _, one := range o.List {
		lines = append(lines, strings.TrimSpace(one.Name+" "+one.At.Format("15:04:05")+" "+one.Reason))
	}
	return strings.Join(lines, ", ")
}

func TestAccessLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		w.must(w.Save(operator, w.own, year, film, evidence.Entry{Choice: "1", Subject: "Laman", Address: "https://satu.go.id"}, nil))
		id, address := w.question(letter).Proofs[0].ID, w.question(film).Proofs[0].ID
		if got := w.trace(id); got != "" {
			t.Errorf("before anybody has opened it: %s", got)
		}
		w.must(w.open(operator, id))
		w.must(w.open(operator, id)) // another part of the same film
		w.now = w.now.Add(30 * time.Second)
		w.must(w.open(servicetest.As(t, "brida"), id))
		w.now = w.now.Add(31 * time.Second)
		w.must(w.open(operator, id))
		if err := w.open(servicetest.As(t, "other"), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a stranger opens it: %v", err)
		}
		if got, want := w.trace(id), "Orang operator 08:31:01, Orang brida 08:30:30, Orang operator 08:30:00"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		w.must(w.open(operator, address))
		if got := w.trace(address); got != "Orang operator 08:31:01" {
			t.Errorf("a link: %s", got)
		}
	})
}

func TestPimpinanGivesAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, bupati := servicetest.As(t, "operator"), regent(t)
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		id := w.question(letter).Proofs[0].ID
		closed := func() {
			t.Helper()
			if err := w.open(bupati, id); !errors.Is(err, evidence.ErrReason) {
				t.Errorf("without a reason: %v", err)
			}
		}
		closed()
		w.must(w.GiveReason(operator, id, "Alasan orang lain"))
		closed()
		for reason, want := range map[string]string{" \r\n\t": "reason=evidence.reason_missing", strings.Repeat("é", 501): "reason=evidence.reason_long"} {
			if got := mistakes(w.GiveReason(bupati, id, reason)); got != want {
				t.Errorf("%q: %s", reason, got)
			}
		}
		closed()
		logged := w.entries()
		w.must(w.GiveReason(bupati, id, " Rapat anggaran\r\n"))
		if w.entries() != logged+1 {
			t.Error("the log does not know of the reason")
		}
		w.must(w.open(bupati, id))
		w.now = w.now.Add(10 * time.Minute)
		w.must(w.open(bupati, id))
		w.now = w.now.Add(time.Millisecond)
		closed()
		if got, want := w.trace(id), "Bupati 08:40:00, Bupati 08:30:00 Rapat anggaran, Orang operator 08:30:00 Alasan orang lain"; got != want {
			// two of the same moment may be in either order
			if got != "Bupati 08:40:00, Orang operator 08:30:00 Alasan orang lain, Bupati 08:30:00 Rapat anggaran" {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		}
		w.must(w.open(regent(t, actor.Assignment{Role: actor.Operator, Agency: servicetest.Own, Below: true}), id)) // another assignment lets them read it too
		if err := w.open(regent(t, actor.Assignment{Role: actor.Operator, Agency: servicetest.Other}), id); !errors.Is(err, evidence.ErrReason) {
			t.Errorf("as operator elsewhere: %v", err)
		}
	})
}

func TestAccessLogPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.must(w.Save(servicetest.As(t, "operator"), w.own, year, letter, w.proven("1", 0), nil))
		id := w.question(letter).Proofs[0].ID
		for n := range 51 {
			w.now = w.now.Add(2 * time.Minute)
			w.must(w.GiveReason(admin, id, fmt.Sprint("alasan ", n)))
		}
		for number, want := range map[int]string{1: "50 alasan 50 1/2", 2: "1 alasan 0 2/2"} {
			o, err := w.AccessLog(admin, id, number)
			w.must(err)
			if got := fmt.Sprintf("%d %s %d/%d", len(o.List), o.List[0].Reason, o.Number, o.Last); got != want {
				t.Errorf("page %d: %s, want %s", number, got, want)
			}
		}
		for _, number := range []int{-1, 0, 3, 1 << 40} {
			if _, err := w.AccessLog(admin, id, number); fault.KindOf(err) != fault.NotFound {
				t.Errorf("page %d: %v", number, err)
			}
		}
	})
}

func TestClosedPeriod(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		proof, logged := w.question(letter).Proofs[0].ID, w.entries()
		w.shut(true)
		_, sent := w.Receive(operator, w.own, year, letter, "surat.pdf", strings.NewReader("isi"))
		for name, err := range map[string]error{
			"Receive": sent,
			"Save":    w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "2", Version: 1}, nil),
			"Detach":  w.Detach(operator, w.own, year, letter, proof),
		} {
			if fault.KeyOf(err) != "period.closed" {
				t.Errorf("%s = %v", name, err)
			}
		}
		if q, err := w.Question(operator, w.own, year, letter); err != nil || q.MayEdit || fault.KeyOf(q.Closed) != "period.closed" || len(q.Proofs) != 1 {
			t.Errorf("it can be read, and says why it cannot be changed: %+v, %v", q, err)
		}
		if q, err := w.Question(servicetest.As(t, "brida"), w.own, year, letter); err != nil || q.MayEdit || q.Closed != nil {
			t.Errorf("who could not change it anyway is told nothing: %v, %v", q.Closed, err)
		}
		if w.entries() != logged {
			t.Error("something was written")
		}
		w.must(w.open(operator, proof))
		w.shut(false)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "2", Version: 1}, nil))
	})
}

// The agency's window is over, or was extended.
func TestClosedWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, admin := servicetest.As(t, "operator"), servicetest.As(t, "admin")
		p, err := w.Periods.Store.ByID(admin, year)
		w.must(err)
		p.Closes = w.now
		w.must(w.Periods.Store.Save(admin, p))
		more := func(agencyID string) {
			w.must(w.Periods.Store.Extend(admin, year, period.Extension{ID: agencyID, Agency: agencyID, Until: w.now.Add(time.Hour)}))
		}
		more(servicetest.Other)
		if err := w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "1"}, nil); fault.KeyOf(err) != "period.over" {
			t.Errorf("saving after the end = %v", err)
		}
		more(servicetest.Own)
		if q, err := w.Question(operator, w.own, year, letter); err != nil || !q.MayEdit {
			t.Errorf("with more time it is refused: %v, %v", q.Closed, err)
		}
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "1"}, nil))
	})
}

// An answer that waits for the audit log until its window is over is refused.
func TestWindowClosesMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, admin := servicetest.As(t, "operator"), servicetest.As(t, "admin")
		p, err := w.Periods.Store.ByID(admin, year)
		w.must(err)
		p.Closes = w.now.Add(time.Minute)
		w.must(w.Periods.Store.Save(admin, p))
		logged := w.entries()
		w.Log = slowLog{w.log, func() { w.now = w.now.Add(time.Minute) }}
		if err := w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "1"}, nil); fault.KeyOf(err) != "period.over" {
			t.Errorf("saving = %v, want that the window is over", err)
		}
		if q := w.question(letter); q.Answer.Version != 0 || w.entries() != logged {
			t.Errorf("it was kept: %+v", q.Answer)
		}
	})
}

// slowLog calls wait before it appends.
type slowLog struct {
	evidence.Log
	wait func()
}

func (l slowLog) Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error {
	l.wait()
	return l.Log.Append(ctx, subject, event, details)
}
