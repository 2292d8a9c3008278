package period_test

import (
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/period"
)

func TestAccepts(t *testing.T) {
	at := func(d, hour int) time.Time { return time.Date(2026, 8, d, hour, 0, 0, 0, time.UTC) }
	open := period.Period{ID: "2026", State: period.Open, Opens: at(1, 0), Closes: at(20, 16), MovedAt: at(1, 0)}
	closed, endless := open, open
	closed.State, closed.MovedAt = period.Closed, at(10, 0)
	endless.Opens, endless.Closes = time.Time{}, time.Time{}
	all := period.Extension{Until: at(22, 16)}
	own := period.Extension{Agency: "own", Until: at(25, 16)}
	for _, tt := range []struct {
		name       string
		p          period.Period
		extensions []period.Extension
		agency     string
		now        time.Time
		want       string
	}{
		{"inside", open, nil, "own", at(5, 0), ""},
		{"before", open, nil, "own", at(1, 0).Add(-time.Second), "period.not_yet 2026-08-01 00.00"},
		{"its first moment", open, nil, "own", at(1, 0), ""},
		{"its last moment", open, nil, "own", at(20, 16).Add(-time.Second), ""},
		{"its end", open, nil, "own", at(20, 16), "period.over 2026-08-20 16.00"},
		{"all have more time", open, []period.Extension{all}, "own", at(21, 0), ""},
		{"all had more time", open, []period.Extension{all}, "own", at(23, 0), "period.over 2026-08-22 16.00"},
		{"one has more time", open, []period.Extension{own, all}, "own", at(23, 0), ""},
		{"another has more time", open, []period.Extension{own}, "other", at(21, 0), "period.over 2026-08-20 16.00"},
		{"closed by hand", closed, []period.Extension{all}, "own", at(11, 0), "period.closed 2026-08-10 00.00"},
		{"no window", endless, nil, "own", at(31, 0), ""},
	} {
		got := ""
		if err := tt.p.Accepts(tt.extensions, period.Data{AgencyID: tt.agency, InnovationID: "i"}, tt.now); err != nil {
			moment, _ := fault.ArgsOf(err)["Moment"].(time.Time)
			got = fault.KeyOf(err) + " " + moment.Format("2006-01-02 15.04")
			if fault.KindOf(err) != fault.Conflict || fault.ArgsOf(err)["Year"] != "2026" {
				t.Errorf("%s: %v %v", tt.name, err, fault.ArgsOf(err))
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
