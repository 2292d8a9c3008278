package period

import (
	"testing"
	"time"
)

func TestEnds(t *testing.T) {
	now := time.Date(2026, 8, 31, 12, 0, 0, 0, time.UTC)
	later, earlier := now.Add(time.Hour), now.Add(-time.Hour)
	extensions := []Extension{{Agency: "a", Until: later}}
	for name, tt := range map[string]struct {
		period Period
		agency string
		end    time.Time
		open   bool
	}{
		"without an end":          {Period{State: Open}, "b", time.Time{}, true},
		"before the end":          {Period{State: Open, Closes: later}, "b", later, true},
		"after it":                {Period{State: Open, Closes: earlier}, "b", earlier, false},
		"after it, with more":     {Period{State: Open, Closes: earlier}, "a", later, true},
		"closed by hand":          {Period{State: Closed, Closes: later}, "a", later, false},
		"before it opens":         {Period{State: Open, Opens: later}, "a", time.Time{}, false},
		"more time that is less":  {Period{State: Open, Closes: later.Add(time.Hour)}, "a", later.Add(time.Hour), true},
		"of nobody in particular": {Period{State: Open, Closes: earlier}, "", earlier, false},
	} {
		end, open := Ends{tt.period, extensions, now}.Of(Data{AgencyID: tt.agency})
		if !end.Equal(tt.end) || open != tt.open {
			t.Errorf("%s: %v %v, want %v %v", name, end, open, tt.end, tt.open)
		}
	}
}
