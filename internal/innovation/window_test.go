package innovation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// endorsed are the innovations that heads have endorsed, by name.
type endorsed map[string]bool

// Endorsed implements innovation.Endorsements.
func (e endorsed) Endorsed(_ context.Context, id, _ string) (bool, error) { return e[id], nil }

// EndorsedAmong implements innovation.Endorsements.
func (e endorsed) EndorsedAmong(_ context.Context, ids []string, _ string) (list []innovation.Innovation, err error) {
	for _, id := range ids {
		if e[id] {
			list = append(list, innovation.Innovation{ID: id, AgencyID: servicetest.Own, Name: "Disahkan"})
		}
	}
	return list, nil
}

// What changes the index of a period, or what a head has endorsed, follows its window
// (B1): all acts on an innovation that counts in 2026, that does not, and that does not
// but is endorsed, in every situation of the period.
func TestCaseB1ProfilesFollowTheWindow(t *testing.T) {
	const want = `
		-                 open  early  over  extended  theirs  closed  none
		register          yes   yes    -     yes       -       yes     yes
		register-young    yes   yes    yes   yes       yes     yes     yes
		counts:change     yes   yes    -     yes       -       yes     yes
		counts:file       yes   yes    -     yes       -       yes     yes
		counts:withdraw   yes   yes    -     yes       -       yes     yes
		counts:archive    yes   yes    -     yes       -       yes     yes
		counts:ask        yes   yes    -     yes       -       yes     yes
		counts:accept     yes   yes    -     yes       -       yes     yes
		counts:refuse     yes   yes    yes   yes       yes     yes     yes
		young:change      yes   yes    yes   yes       yes     yes     yes
		young:apply       yes   yes    -     yes       -       yes     yes
		young:file        yes   yes    yes   yes       yes     yes     yes
		young:withdraw    yes   yes    yes   yes       yes     yes     yes
		young:accept      yes   yes    yes   yes       yes     yes     yes
		withdrawn:archive yes   yes    yes   yes       yes     yes     yes
		withdrawn:restore yes   yes    -     yes       -       yes     yes
		endorsed:change   yes   yes    -     yes       -       yes     yes
		endorsed:file     yes   yes    -     yes       -       yes     yes
		endorsed:archive  yes   yes    -     yes       -       yes     yes`
	rows := strings.Split(strings.TrimSpace(want), "\n")
	situations := strings.Fields(rows[0])[1:]
	each(t, func(t *testing.T, w *world) {
		for _, situation := range situations {
			for _, row := range rows[1:] {
				cells := strings.Fields(row)
				got := "yes"
				err := w.tryIn(situation, cells[0])
				switch {
				case fault.KeyOf(err) == "innovation.window_over" && fault.KindOf(err) == fault.Conflict && fault.ArgsOf(err)["Year"] == "2026":
					got = "-"
				case err != nil:
					got = err.Error()
				}
				for i, name := range situations {
					if name == situation && cells[i+1] != got {
						t.Errorf("%s, %s: %s, want %s", situation, cells[0], got, cells[i+1])
					}
				}
			}
		}
	})
}

var errUndo = errors.New("undo")

// tryIn makes an act in a situation of the period, and undoes both.
func (w *world) tryIn(situation, act string) (result error) {
	w.t.Helper()
	err := w.Tx.InTx(servicetest.As(w.t, "admin"), func(ctx context.Context) error {
		object, move, found := strings.Cut(act, ":")
		if !found {
			object, move = "", act
		}
		i := w.object(ctx, object)
		w.situate(ctx, situation)
		result = w.act(ctx, i, move)
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		w.t.Fatal(err)
	}
	return result
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// young is a form of an innovation that is still tried out, which no period counts.
func young(name string) innovation.Form {
	f := form(servicetest.Own, name)
	f.AppliedOn = ""
	return f
}

func (w *world) object(ctx context.Context, name string) (i innovation.Innovation) {
	w.t.Helper()
	if name == "" {
		return innovation.Innovation{}
	}
	f := young("Inovasi " + name)
	if name == "counts" || name == "withdrawn" {
		f = form(servicetest.Own, "Inovasi "+name)
	}
	i, err := w.Register(ctx, f)
	w.must(err)
	switch name {
	case "withdrawn":
		w.must(w.Do(ctx, i.ID, innovation.Withdraw, "Ganda"))
	case "endorsed":
		w.Endorsements = endorsed{i.ID: true}
	}
	w.must(w.askFor(ctx, i, name))
	i, err = w.Store.ByID(ctx, i.ID)
	w.must(err)
	return i
}

// askFor asks to transfer an innovation that is active.
func (w *world) askFor(ctx context.Context, i innovation.Innovation, name string) error {
	if name == "withdrawn" {
		return nil
	}
	return w.AskTransfer(ctx, i.ID, servicetest.Other, "")
}

// situate puts the period into a situation.
func (w *world) situate(ctx context.Context, situation string) {
	w.t.Helper()
	at := func(days int) period.When { return period.FormatMoment(ctx, w.now.AddDate(0, 0, days)) }
	window := map[string]period.WindowEntry{
		"early": {Opens: at(1), Closes: at(9)}, "over": {Closes: at(-2)}, "extended": {Closes: at(-2)}, "theirs": {Closes: at(-2)},
	}[situation]
	w.must(w.Periods.SetWindow(ctx, "2026", window))
	agency := map[string]string{"extended": servicetest.Own, "theirs": servicetest.Other}[situation]
	if agency != "" {
		w.must(w.Periods.Store.Extend(ctx, "2026", period.Extension{
			ID: "x", Agency: agency, AgencyName: agency, Until: w.now.Add(time.Hour), Reason: "r", ByID: "p", ByName: "P", GrantedAt: w.now,
		}))
	}
	switch situation {
	case "closed", "none":
		w.must(w.Periods.Do(ctx, "2026", period.Close))
	}
	if situation == "none" {
		w.must(w.Periods.Do(ctx, "2026", period.Archive))
	}
}

func (w *world) act(ctx context.Context, i innovation.Innovation, act string) error {
	f := innovation.FormOf(i)
	f.Design = "Cara lain"
	var err error
	switch act {
	case "register":
		_, err = w.Register(ctx, form(servicetest.Own, "Baru"))
	case "register-young":
		_, err = w.Register(ctx, young("Baru"))
	case "change":
		_, err = w.Change(ctx, i.ID, f)
	case "apply":
		f.AppliedOn = "2025-03-01"
		_, err = w.Change(ctx, i.ID, f)
	case "file":
		return w.Attach(ctx, i.ID, innovation.Photo, "foto.png", strings.NewReader("\x89PNG\r\n\x1a\n"))
	case "withdraw":
		return w.Do(ctx, i.ID, innovation.Withdraw, "Ganda")
	case "archive":
		return w.Do(ctx, i.ID, innovation.Archive, "")
	case "restore":
		return w.Do(ctx, i.ID, innovation.Restore, "")
	case "ask":
		if err := w.AnswerTransfer(ctx, i.ID, innovation.Cancel, ""); err != nil {
			return err
		}
		return w.AskTransfer(ctx, i.ID, servicetest.Other, "")
	case "accept":
		return w.AnswerTransfer(ctx, i.ID, innovation.Accept, "")
	case "refuse":
		return w.AnswerTransfer(ctx, i.ID, innovation.Refuse, "")
	default:
		return fmt.Errorf("no act %q", act)
	}
	return err
}

// late is a log for whose turn a change waits until its window is over.
type late struct {
	innovation.Log

	wait func()
}

// Append implements innovation.Log.
func (l late) Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error {
	l.wait()
	return l.Log.Append(ctx, subject, event, details)
}

// A window that ends while a change waits for the log refuses it as if it had been over
// before.
func TestWindowEndsWhileAChangeWaits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		now, log := w.now, w.Log
		for object, want := range map[string]string{"counts": "innovation.window_over", "young": "", "endorsed": "innovation.window_over"} {
			var result error
			err := w.Tx.InTx(servicetest.As(t, "admin"), func(ctx context.Context) error {
				i := w.object(ctx, object)
				w.must(w.Periods.SetWindow(ctx, "2026", period.WindowEntry{Closes: period.FormatMoment(ctx, now.AddDate(0, 0, 1))}))
				w.Log = late{log, func() { w.now = now.AddDate(0, 0, 2) }}
				result = w.act(ctx, i, "change")
				return errUndo
			})
			w.now, w.Log = now, log
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
			if got := result != nil; got != (want != "") || got && fault.KeyOf(result) != want {
				t.Errorf("%s: %v, want %q", object, result, want)
			}
		}
	})
}
