package regional_test

import (
	"testing"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/regional"
)

// A request is late when its due day is over in the region's zone, and its due day
// must not be in the past.
func TestCaseB7DueDaysFollowTheRegionsDays(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		for _, m := range servicetest.Midnights(t) {
			brida := m.As(t, "brida")
			due := regional.AskEntry{Codes: []string{audits}, To: servicetest.Own, Due: string(m.Day)}
			w.now = m.Last
			ids, err := w.Ask(brida, due)
			w.must(err)
			late := func() bool {
				t.Helper()
				o, err := w.Opened(brida, ids[audits])
				w.must(err)
				if !o.Ends(brida).Equal(m.Last) {
					t.Errorf("%s: the request ends at %s", m, o.Ends(brida))
				}
				return o.Late
			}
			if late() {
				t.Errorf("%s: the request is late at 23.59", m)
			}
			w.now = m.Next
			if !late() {
				t.Errorf("%s: the request is not late at 00.00", m)
			}
			if _, err := w.Ask(brida, due); err == nil || err.Error() != "fault.invalid due=regional.due_past" {
				t.Errorf("%s: asked at 00.00 for the day before: %v", m, err)
			}
			due.Due = string(m.Then)
			if _, err := w.Ask(brida, due); err != nil {
				t.Errorf("%s: asked at 00.00 for today: %v", m, err)
			}
		}
	})
}
