package question

import (
	"strconv"

	"siida.id/internal/base/day"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
)

// Weakness is why evidence is weak: it counts, and whoever looks into it may not accept
// it. Only Weaknesses tells weak evidence; a store that reads less than all evidence to
// find it (evidence.Store.Doubtful) returns at least what has one.
type Weakness string

// The weaknesses.
const (
	Unchecked   Weakness = "unchecked"    // its file was not inspected
	OutsideYear Weakness = "outside year" // that the pack asks for
	NoNumber    Weakness = "no number"    // of a letter
	NoDay       Weakness = "no day"       // of a letter
)

// Evidence is what decides on weaknesses.
type Evidence struct {
	Kind   instrument.Kind // empty if the room has no kinds
	Number string
	Day    day.Day
	File   file.Record // empty for a link
}

// Weaknesses returns why e is weak as evidence for an indicator in the period of a
// measuring year; none if it is not. Evidence whose file cannot be opened is not weak: it
// is none. Only a letter must have number and day.
func Weaknesses(row *instrument.Indicator, year int, e Evidence) (list []Weakness) {
	if e.File.State == file.Unopenable {
		return nil
	}
	if e.File.State == file.Stored {
		list = append(list, Unchecked)
	}
	if e.Day != "" && row.Evidence != nil && row.Evidence.Years != nil && !within(*row.Evidence.Years, year, e.Day) {
		list = append(list, OutsideYear)
	}
	if e.Kind == instrument.Document && e.Number == "" {
		list = append(list, NoNumber)
	}
	if e.Kind == instrument.Document && e.Day == "" {
		list = append(list, NoDay)
	}
	return list
}

// Sound bounds the days of evidence that is inside the years of every indicator of some
// rows, in the period of a measuring year; a bound that no row gives is empty. Evidence
// of other days may be weak, evidence of these is not OutsideYear.
func Sound(rows []*instrument.Indicator, year int) (since, until day.Day) {
	for _, row := range rows {
		if row.Evidence == nil || row.Evidence.Years == nil {
			continue
		}
		if y := row.Evidence.Years; y.From != nil {
			since = max(since, day.Day(strconv.Itoa(year+*y.From)+"-01-01"))
		}
		if y := row.Evidence.Years; y.To != nil {
			last := day.Day(strconv.Itoa(year+*y.To) + "-12-31")
			if until == "" || last < until {
				until = last
			}
		}
	}
	return since, until
}

// within reports whether a day is in the years of a pack, relative to a measuring year.
func within(y instrument.Years, year int, d day.Day) bool {
	of, err := strconv.Atoi(string(d[:4]))
	return err == nil && (y.From == nil || of >= year+*y.From) && (y.To == nil || of <= year+*y.To)
}
