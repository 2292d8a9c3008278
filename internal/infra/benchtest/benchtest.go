// Package benchtest measures figures that have a bound, alternating with a
// floor: the minimum cost of the same result on this machine. `make bench`
// makes a table of its output.
package benchtest

import (
	"slices"
	"testing"
	"time"
)

// Figure is one measured quantity.
type Figure struct {
	Unit       string         // such as "ms"
	Max        float64        // the bound above which `make bench` fails; zero is none
	Of         func() float64 // measures once
	Floor      func() float64 // measures the floor; may be nil
	Statements int64          // SQL statements of a page; zero if it is not a page
}

// Run measures figure and floor alternately, for as many rounds as -benchtime
// says, and reports the medians.
func (f Figure) Run(b *testing.B) {
	b.Helper()
	var figures, floors []float64
	for b.Loop() {
		figures = append(figures, f.Of())
		if f.Floor != nil {
			floors = append(floors, f.Floor())
		}
	}
	b.ReportMetric(0, "ns/op") // per round, meaningless here
	b.ReportMetric(median(figures), f.Unit)
	if f.Max > 0 {
		b.ReportMetric(f.Max, "max-"+f.Unit)
	}
	if f.Floor != nil {
		b.ReportMetric(median(floors), "floor-"+f.Unit)
	}
	if f.Statements > 0 {
		b.ReportMetric(float64(f.Statements), "statements-"+f.Unit)
	}
}

// Millis returns the median duration of n calls of fn, in milliseconds.
func Millis(n int, fn func()) func() float64 {
	return func() float64 {
		took := make([]float64, n)
		for i := range took {
			start := time.Now()
			fn()
			took[i] = float64(time.Since(start)) / float64(time.Millisecond)
		}
		return median(took)
	}
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}
