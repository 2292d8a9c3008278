// Package benchtest measures what has a bound, each time beside its floor: the
// least that the same answer could cost on this machine at this moment.
// `make bench` makes a table of what it reports.
package benchtest

import (
	"slices"
	"testing"
	"time"
)

// Figure is something to measure.
type Figure struct {
	Unit       string         // such as "ms"
	Most       float64        // the bound, which fails `make bench` when exceeded; zero is none
	Of         func() float64 // measures once
	Floor      func() float64 // measures the least there could be; may be nil
	Statements int64          // asked of the database for a page, to be printed beside it; zero where it is no page
}

// Run measures in rounds, as many as -benchtime says, in which figure and floor
// take turns, and reports the medians.
func (f Figure) Run(b *testing.B) {
	b.Helper()
	var figures, floors []float64
	for b.Loop() {
		figures = append(figures, f.Of())
		if f.Floor != nil {
			floors = append(floors, f.Floor())
		}
	}
	b.ReportMetric(0, "ns/op") // of a whole round, which says nothing
	b.ReportMetric(median(figures), f.Unit)
	if f.Most > 0 {
		b.ReportMetric(f.Most, "most-"+f.Unit)
	}
	if f.Floor != nil {
		b.ReportMetric(median(floors), "floor-"+f.Unit)
	}
	if f.Statements > 0 {
		b.ReportMetric(float64(f.Statements), "statements-"+f.Unit)
	}
}

// Millis measures fn: the median of n times, in milliseconds.
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
