package period_test

import (
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/period"
)

// Window, extensions and deadlines are read and end in the region's zone.
func TestCaseB7DeadlinesAreInTheRegionsZone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.Open(servicetest.As(t, "brida"), "iid-2026"); err != nil {
			t.Fatal(err)
		}
		for _, m := range servicetest.Midnights(t) {
			brida := m.As(t, "brida")
			at := m.Last.Add(-time.Hour)
			w.Now = func() time.Time { return at }
			writable := func(agency string, moment time.Time, want string) {
				t.Helper()
				at = moment
				err := w.writable(brida, "2026", agency)
				if (err == nil) != (want == "") || err != nil && fault.KeyOf(err) != want {
					t.Errorf("%s: %s writes at %s: %v, want %q", m, agency, moment, err, want)
				}
			}
			window := func(opens, closes period.When) {
				t.Helper()
				p, err := w.ByID(brida, "2026")
				if err != nil {
					t.Fatal(err)
				}
				if err := w.SetWindow(brida, "2026", period.WindowEntry{Opens: opens, Closes: closes, Version: p.Version}); err != nil {
					t.Fatalf("%s: %v", m, err)
				}
			}
			last, next := period.When{Day: string(m.Day), Hour: "23.59"}, period.When{Day: string(m.Then), Hour: "00.00"}

			window(next, period.When{})
			writable("own", m.Last, "period.not_yet")
			writable("own", m.Next, "")

			window(period.When{}, next)
			writable("own", m.Last, "")
			writable("own", m.Next, "period.over")

			at = m.Last.Add(-time.Hour)
			window(period.When{}, period.When{Day: string(m.Day), Hour: "23.00"})
			if err := w.Extend(brida, "2026", period.ExtensionEntry{Agency: "own", Until: next, Reason: "Listrik padam"}); err != nil {
				t.Fatalf("%s: %v", m, err)
			}
			writable("own", m.Last, "")
			writable("other", m.Last, "period.over")
			writable("own", m.Next, "period.over")

			if err := w.AddDeadline(brida, "2026", m.String(), last); err != nil {
				t.Fatalf("%s: %v", m, err)
			}
			c, err := w.Calendar(brida, "2026")
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range c.Deadlines {
				if d.Name != m.String() {
					continue
				}
				written := period.FormatMoment(brida, d.At)
				if !d.At.Equal(m.Last) || written.Hour != "23.59" || !strings.HasSuffix(written.Day, "-31") {
					t.Errorf("%s: a deadline at 23.59 is at %s, written %+v", m, d.At, written)
				}
			}
		}
	})
}
