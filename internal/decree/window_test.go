package decree_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/decree"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// endorsed are the ids of innovations that heads have endorsed.
type endorsed []string

// Endorsed implements innovation.Endorsements.
func (e endorsed) Endorsed(_ context.Context, id, _ string) (bool, error) {
	return slices.Contains(e, id), nil
}

// EndorsedAmong implements innovation.Endorsements.
func (e endorsed) EndorsedAmong(_ context.Context, ids []string, _ string) (list []innovation.Innovation, err error) {
	for _, id := range ids {
		if slices.Contains(e, id) {
			list = append(list, innovation.Innovation{ID: id, AgencyID: servicetest.Own, Name: id})
		}
	}
	return list, nil
}

// late is a log for whose turn a decree waits until a window is over.
type late struct {
	decree.Log

	wait func()
}

// Append implements decree.Log.
func (l late) Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error {
	l.wait()
	return l.Log.Append(ctx, subject, event, details)
}

// A window that ends while a decree waits for the log refuses it as if it had been over
// before, if heads have endorsed what it names; nothing of it is stored.
func TestWindowEndsWhileADecreeWaits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, start, log := servicetest.As(t, "admin"), w.now, w.Log
		named, other := w.register("admin", servicetest.Own, "Disahkan"), w.register("admin", servicetest.Own, "Belum")
		w.innovations.Endorsements = endorsed{named.ID}
		window := period.WindowEntry{Closes: period.FormatMoment(admin, start.AddDate(0, 0, 1))}
		if err := w.periods.SetWindow(admin, "2026", window); err != nil {
			t.Fatal(err)
		}
		w.Log = late{log, func() { w.now = start.AddDate(0, 0, 2) }}
		for number, id := range map[string]string{"B/1": named.ID, "B/2": other.ID} {
			w.now = start
			_, err := w.Enter(admin, decree.Form{Number: number, Day: "2026-01-05", Subject: "Penetapan", Innovations: []string{id}})
			if got := fault.KeyOf(err) == "innovation.window_over_named"; got != (id == named.ID) || !got && err != nil {
				t.Errorf("%s: %v", number, err)
			}
		}
		w.now = start.Add(time.Hour)
		if list, err := w.List(admin); err != nil || len(list) != 1 || list[0].Number != "B/2" {
			t.Errorf("decrees: %+v, %v", list, err)
		}
	})
}
