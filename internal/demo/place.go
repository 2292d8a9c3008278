package demo

import (
	"cmp"
	"fmt"
)

// spot is a place on land in the regency; it is south and east.
type spot struct{ lat, lon int }

// The form takes decimal degrees.
func (s spot) latitude() string  { return fmt.Sprintf("-%d.%05d", -s.lat/100_000, -s.lat%100_000) }
func (s spot) longitude() string { return fmt.Sprintf("%d.%05d", s.lon/100_000, s.lon%100_000) }

// within is a spot thrown for, so many steps away at most to each side.
func (s spot) within(steps int, seed uint64, parts ...string) spot {
	d := dice(seed, parts...)
	return spot{s.lat + d.IntN(2*steps+1) - steps, s.lon + d.IntN(2*steps+1) - steps}
}

// around is the middle of the kecamatan in which an agency is: what has none of
// its own is where the agency above it is, and else where the regency is governed.
func (w world) around(agency string) spot {
	for a := w.agency(agency); a.Key != ""; a = w.agency(a.Parent) {
		if at, known := w.Places[cmp.Or(a.In, a.Key)]; known {
			return hundredths(at)
		}
	}
	return hundredths(w.Places[w.Region.Seat])
}

func hundredths(at [2]int) spot { return spot{at[0] * 1000, at[1] * 1000} }

// spot is where an innovation is at work: within half a kilometre of that middle.
func (w world) spot(i innovationRow) spot {
	return w.around(i.Agency).within(500, w.Seed, "place", i.Name)
}
