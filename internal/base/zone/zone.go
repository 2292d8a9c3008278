// Package zone holds a region's time zone. It is in the context beside the actor;
// days, forms and displayed times follow it. Moments are stored in UTC. The
// machine's own zone is never used.
//
// Zones come from the system's database or, where it has none, from the copy
// inside the program.
package zone

import (
	"context"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // a container may have no zones of its own

	"siida.id/internal/base/day"
)

// Default is the zone of a context without one, and of regions outside eastern.
const Default = "Asia/Jakarta"

// words are the Indonesian names of the zones.
var words = map[string]string{"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

// eastern has the zones of the provinces outside Default, by the first two
// digits of the ministry's code.
var eastern = map[string]string{
	"51": "Asia/Makassar", "52": "Asia/Makassar", "53": "Asia/Makassar", // Bali, Nusa Tenggara
	"63": "Asia/Makassar", "64": "Asia/Makassar", "65": "Asia/Makassar", // South, East and North Kalimantan
	"71": "Asia/Makassar", "72": "Asia/Makassar", "73": "Asia/Makassar", // Sulawesi
	"74": "Asia/Makassar", "75": "Asia/Makassar", "76": "Asia/Makassar",
	"81": "Asia/Jayapura", "82": "Asia/Jayapura", // Maluku
	"91": "Asia/Jayapura", "92": "Asia/Jayapura", "93": "Asia/Jayapura", // Papua
	"94": "Asia/Jayapura", "95": "Asia/Jayapura", "96": "Asia/Jayapura", "97": "Asia/Jayapura",
}

// OfRegion is the zone of the province that a region's code begins with.
func OfRegion(code string) string {
	if len(code) >= 2 && eastern[code[:2]] != "" {
		return eastern[code[:2]]
	}
	return Default
}

// Parse returns the name in the time zone database for text: such a name itself,
// or WIB, WITA or WIT. ok is false for anything else.
func Parse(text string) (name string, ok bool) {
	text = strings.TrimSpace(text)
	if name, known := words[strings.ToUpper(text)]; known {
		return name, true
	}
	if text == "" || text == "Local" {
		return "", false
	}
	_, err := load(text)
	return text, err == nil
}

// loaded caches zones by name: loading one reads a file.
var loaded sync.Map

func load(name string) (*time.Location, error) {
	if l, known := loaded.Load(name); known {
		return l.(*time.Location), nil //nolint:forcetypeassert // nothing else is stored
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	loaded.Store(name, l)
	return l, nil
}

type key struct{}

// With returns a context in the zone of that name. A name that Parse does not
// return leaves ctx as it is.
func With(ctx context.Context, name string) context.Context {
	l, err := load(name)
	if err != nil || name == "" || name == "Local" {
		return ctx
	}
	return context.WithValue(ctx, key{}, l)
}

// From is the zone of ctx, or Default.
func From(ctx context.Context) *time.Location {
	if l, ok := ctx.Value(key{}).(*time.Location); ok {
		return l
	}
	return located(Default)
}

// located returns the zone of a name that Parse has returned.
func located(name string) *time.Location {
	l, err := load(name)
	if err != nil {
		panic("zone: the program has no time zone database: " + err.Error())
	}
	return l
}

// Today returns the day in the region at now. It is the only way from the clock
// to a date.
func Today(ctx context.Context, now time.Time) day.Day { return Day(ctx, now) }

// Day is the day in the region on which t falls.
func Day(ctx context.Context, t time.Time) day.Day { return day.Of(t.In(From(ctx))) }

// Start is the moment in UTC at which d begins in the region.
func Start(ctx context.Context, d day.Day) time.Time { return At(ctx, d, 0, 0) }

// At is the moment in UTC at which clocks in the region show that hour and minute
// of d.
func At(ctx context.Context, d day.Day, hour, minute int) time.Time {
	return at(From(ctx), d, hour, minute)
}

func at(l *time.Location, d day.Day, hour, minute int) time.Time {
	year, month, dayOfMonth := d.Date()
	return time.Date(year, month, dayOfMonth, hour, minute, 0, 0, l).UTC()
}

// Moved converts a start of day in the zone from to the start of the same day in the
// zone to; any other moment is returned unchanged.
func Moved(t time.Time, from, to string) time.Time {
	before, after := located(from), located(to)
	if d := day.Of(t.In(before)); !t.IsZero() && t.Equal(at(before, d, 0, 0)) {
		return at(after, d, 0, 0)
	}
	return t
}

// Name returns the abbreviation of the region's zone at t, such as WIB.
func Name(ctx context.Context, t time.Time) string {
	name, _ := t.In(From(ctx)).Zone()
	return name
}

// Format formats t for the audit log, independent of language: 2026-08-31 23.59
// WIB. The zero time is "".
func Format(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(From(ctx)).Format("2006-01-02 15.04 MST")
}
