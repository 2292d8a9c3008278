package demo

import (
	"cmp"
	"fmt"
)

// spot is a place on land in the regency, in hundred-thousandths of a degree
// south and east.
type spot struct{ lat, lon int }

// The form takes decimal degrees.
func (s spot) latitude() string  { return fmt.Sprintf("-%d.%05d", -s.lat/100_000, -s.lat%100_000) }
func (s spot) longitude() string { return fmt.Sprintf("%d.%05d", s.lon/100_000, s.lon%100_000) }

// within returns a random spot at most steps away in each direction.
func (s spot) within(steps int, seed uint64, parts ...string) spot {
	d := dice(seed, parts...)
	return spot{s.lat + d.IntN(2*steps+1) - steps, s.lon + d.IntN(2*steps+1) - steps}
}

// middle returns the middle of an agency's kecamatan, else that of its parent
// agency's, else of the regency's seat.
func (w world) middle(agency string) spot {
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
	return w.middle(i.Agency).within(500, w.Seed, "place", i.Name)
}
