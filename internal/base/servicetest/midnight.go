package servicetest

import (
	"context"
	"testing"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/zone"
)

// Midnight is the end of a day in a region: what is due that day is in time at 23.59,
// and a minute later it is the next day, perhaps the next year.
type Midnight struct {
	Zone      string    // a name in the time zone database
	Last      time.Time // 23.59
	Next      time.Time // 00.00
	Day, Then day.Day   // on which Last and Next fall
}

// Midnights are the ends of a year and of a month, in each zone of the country.
// None of them is midnight in UTC.
func Midnights(t *testing.T) (list []Midnight) {
	t.Helper()
	for _, m := range []struct{ zone, last, next string }{
		{"Asia/Jayapura", "2026-08-31T14:59:00Z", "2026-08-31T15:00:00Z"},
		{"Asia/Makassar", "2026-08-31T15:59:00Z", "2026-08-31T16:00:00Z"},
		{"Asia/Jakarta", "2026-08-31T16:59:00Z", "2026-08-31T17:00:00Z"},
		{"Asia/Jayapura", "2026-12-31T14:59:00Z", "2026-12-31T15:00:00Z"},
		{"Asia/Makassar", "2026-12-31T15:59:00Z", "2026-12-31T16:00:00Z"},
		{"Asia/Jakarta", "2026-12-31T16:59:00Z", "2026-12-31T17:00:00Z"},
	} {
		last, err := time.Parse(time.RFC3339, m.last)
		if err != nil {
			t.Fatal(err)
		}
		next, err := time.Parse(time.RFC3339, m.next)
		if err != nil {
			t.Fatal(err)
		}
		one := Midnight{Zone: m.zone, Last: last, Next: next, Day: "2026-08-31", Then: "2026-09-01"}
		if last.Month() == time.December {
			one.Day, one.Then = "2026-12-31", "2027-01-01"
		}
		list = append(list, one)
	}
	return list
}

// As is As in the zone of m.
func (m Midnight) As(t *testing.T, persona string) context.Context {
	t.Helper()
	return zone.With(As(t, persona), m.Zone)
}

// String names m in a message.
func (m Midnight) String() string { return string(m.Day) + " in " + m.Zone }
