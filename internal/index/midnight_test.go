package index_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/index"
)

// The day of a snapshot and of a publication is a day in the region's zone.
func TestCaseB7SnapshotsInTheRegionsZone(t *testing.T) {
	for _, m := range servicetest.Midnights(t) {
		t.Run(m.String(), func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				nobody, brida := m.As(t, "visitor"), m.As(t, "brida")
				published := func() error {
					return w.Publish(brida, "2026", index.NationalEntry{Figure: "62,06", Day: string(m.Then), Source: "Keputusan"})
				}
				w.now = m.Last.Add(-time.Hour)
				w.must(w.SnapshotToday(nobody))
				w.now = m.Last
				w.must(w.SnapshotToday(nobody))
				if err := published(); err == nil || err.Error() != "fault.invalid day=index.national_day" {
					t.Errorf("published tomorrow: %v", err)
				}
				w.now = m.Next
				w.must(w.SnapshotToday(nobody))
				w.must(published())
				report, err := w.Of(brida, "2026")
				w.must(err)
				got := map[string]time.Time{}
				for _, snapshot := range report.Snapshots {
					got[string(snapshot.Kind)+" "+string(snapshot.Day)] = snapshot.At
				}
				want := map[string]time.Time{
					string(index.Daily) + " " + string(m.Day): m.Last, string(index.Daily) + " " + string(m.Then): m.Next,
					string(index.National) + " " + string(m.Then): m.Next,
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}
