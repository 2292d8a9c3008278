package index_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/zone"
	"siida.id/internal/period"
)

// snapshots returns the snapshots of 2026: day, kind and number of counted
// innovations.
func (w *world) snapshots() (list []string) {
	for _, m := range w.report("brida", "2026").Snapshots {
		list = append(list, fmt.Sprintf("%s %s %d", m.Day, m.Kind, m.Innovations))
	}
	return list
}

// one creates an innovation that counts.
func (w *world) one(id string) {
	w.make(sampleInnovation{persona: "admin", agency: servicetest.Own, id: id, affair: "Sosial", applied: "2024-05-05", proven: map[string]int{"SID-20": 1}})
}

// The snapshot of a day is stored once, after its end: by a first, a second and a
// later call, and by one after missed days.
func TestDailySnapshot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nobody := servicetest.As(t, "visitor")
		clock := func(d day.Day, hour, minute int) { w.now = zone.At(nobody, d, hour, minute) }
		want := func(what string, list ...string) {
			t.Helper()
			if got := w.snapshots(); !slices.Equal(got, list) {
				t.Errorf("%s: %q, want %q", what, got, list)
			}
		}
		clock("2026-03-02", 0, 0)
		w.must(w.SnapshotDay(nobody, "2026-03-01"))
		want("before it was opened")

		w.one("Satu")
		clock("2026-03-02", 20, 0)
		w.must(w.SnapshotToday(nobody))
		w.one("Dua") // at 23.30
		clock("2026-03-03", 0, 0)
		w.must(w.SnapshotDay(nobody, "2026-03-02"))
		want("its end, in place of its evening", "2026-03-02 harian 2")
		w.one("Tiga")
		w.must(w.SnapshotDay(nobody, "2026-03-02"))
		want("again", "2026-03-02 harian 2")

		clock("2026-03-07", 8, 0) // the program was not running from the 3rd on
		w.must(w.SnapshotDay(nobody, "2026-03-06"))
		want("after days that were missed", "2026-03-02 harian 2", "2026-03-03 harian 3", "2026-03-06 harian 3")
		w.one("Empat")
		w.must(w.SnapshotDay(nobody, "2026-03-05"))
		want("a day before one that was kept", "2026-03-02 harian 2", "2026-03-03 harian 3", "2026-03-06 harian 3")
		if old, err := w.AsOf(servicetest.As(t, "brida"), "2026", "2026-03-04"); err != nil || old.Result.Count.N != 3 {
			t.Errorf("as of the 4th: %d, %v", old.Result.Count.N, err)
		}
	})
}

// A day at whose end a period was open has a snapshot, even if the period closes
// before it is stored; a day at whose end it was closed has none.
func TestDailySnapshotAroundAClose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nobody, admin := servicetest.As(t, "visitor"), servicetest.As(t, "admin")
		w.one("Satu")
		w.now = zone.At(nobody, "2026-03-03", 0, 0)
		w.must(w.Periods.Do(admin, "2026", period.Close)) // before the snapshot of the 2nd
		w.now = w.now.Add(5 * time.Second)
		for range 2 {
			w.must(w.SnapshotDay(nobody, "2026-03-02"))
		}
		want := []string{"2026-03-02 harian 1", "2026-03-03 tutup 1"}
		if got := w.snapshots(); !slices.Equal(got, want) {
			t.Errorf("closed soon after midnight: %q, want %q", got, want)
		}
		w.now = zone.At(nobody, "2026-03-06", 0, 0)
		w.must(w.SnapshotDay(nobody, "2026-03-05"))
		w.must(w.Periods.Do(admin, "2026", period.Reopen)) // before the snapshot of the 5th, on which it was closed
		w.must(w.SnapshotDay(nobody, "2026-03-05"))
		if got := w.snapshots(); !slices.Equal(got, want) {
			t.Errorf("closed all day: %q, want %q", got, want)
		}
		w.one("Dua")
		w.now = zone.At(nobody, "2026-03-09", 8, 0)
		w.must(w.SnapshotDay(nobody, "2026-03-08"))
		want = append(want, "2026-03-06 harian 2", "2026-03-08 harian 2")
		if got := w.snapshots(); !slices.Equal(got, want) {
			t.Errorf("open again, and days missed: %q, want %q", got, want)
		}
	})
}
