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

func TestRunning(t *testing.T) {
	now := time.Date(2026, 8, 31, 12, 0, 0, 0, time.UTC)
	hours := func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }
	e := Ends{Period{State: Open, Closes: hours(2)}, []Extension{
		{ID: "runs", Until: hours(3)}, {ID: "less than the window", Until: hours(1)}, {ID: "revoked", Until: hours(3), Ended: now}, {ID: "longer", Until: hours(9)},
	}, now}
	if list := e.Running(); len(list) != 2 || list[0].ID != "runs" || list[1].ID != "longer" {
		t.Errorf("%+v", list)
	}
	e.now = hours(4)
	if list := e.Running(); len(list) != 1 || list[0].ID != "longer" {
		t.Errorf("four hours later: %+v", list)
	}
}
