package period

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// Deadline is a moment inside a period by which something is due.
type Deadline struct {
	ID   string
	Name string
	At   time.Time
}

// Extension gives one agency, one innovation, or all if both are empty, more time than
// the window does, until it is revoked. Names are those at the time of the extension.
type Extension struct {
	ID                 string
	PeriodID           string
	Agency, AgencyName string
	// InnovationID is the one that is opened; the extension is its own, whoever owns it.
	InnovationID, InnovationName string

	Until              time.Time
	Reason             string
	ByID, ByName       string
	GrantedAt          time.Time
	Ended              time.Time // when it was revoked, or its agency ended; zero if neither
	EndedID, EndedName string    // and by whom
	// FollowsID and FollowsName are the extension, of an agency before this one, that it
	// continues, and that agency's name; empty for none.
	FollowsID, FollowsName string
}

// Counts reports whether e has neither been revoked nor ended with its agency.
func (e Extension) Counts() bool { return e.Ended.IsZero() }

// Data says whose data of a period are written: those of an innovation, and the agency
// that owns it.
type Data struct{ AgencyID, InnovationID string }

// extends reports whether e gives more time for these data.
func (e Extension) extends(d Data) bool {
	if e.InnovationID != "" {
		return e.InnovationID == d.InnovationID
	}
	return e.Agency == "" || e.Agency == d.AgencyID
}

// End returns the end of the time for data in the period; zero for none.
func (p Period) End(extensions []Extension, d Data) time.Time {
	end := p.Closes
	if end.IsZero() {
		return end
	}
	for _, e := range extensions {
		if e.Counts() && e.extends(d) && e.Until.After(end) {
			end = e.Until
		}
	}
	return end
}

// Accepts returns nil if the data may be written in the period at now. Otherwise the
// fault has the moment since or from which.
func (p Period) Accepts(extensions []Extension, d Data, now time.Time) error {
	end := p.End(extensions, d)
	if err := p.CheckEditable(); err != nil {
		return err
	}
	switch {
	case !p.Opens.IsZero() && now.Before(p.Opens):
		return p.refuse(keyEarly, p.Opens)
	case !end.IsZero() && !now.Before(end):
		return p.refuse(keyOver, end)
	}
	return nil
}

// The keys of the faults of a window.
const (
	keyEarly = "period.not_yet"
	keyOver  = "period.over"
)

// IsOver reports whether a fault of Accepts says that the time is over, in a period that
// is open.
func IsOver(err error) bool { return fault.KeyOf(err) == keyOver }

// CheckEditable returns Conflict if the period is closed or archived; the fault has the
// moment since. What is not for agencies, whose time the window is, asks this alone.
func (p Period) CheckEditable() error {
	if p.State != Open {
		return p.refuse("period.closed", p.MovedAt)
	}
	return nil
}

func (p Period) refuse(key string, at time.Time) error {
	return fault.New(fault.Conflict, key).With(fault.Args{"Year": p.ID, "Moment": at})
}

// When is a moment as it was typed: a day and an hour, or neither. Day may have both, as
// the program prints a moment.
type When struct{ Day, Hour string }

// split returns w with the hour that stands in its Day.
func (w When) split() When {
	for _, word := range []string{" pukul ", " at "} {
		if d, hour, found := strings.Cut(w.Day, word); found && w.Hour == "" {
			return When{d, hour}
		}
	}
	return w
}

// hourForm is an hour as people write it: 23.59, 23:59, 7.05, pukul 23.59 WIB.
var hourForm = regexp.MustCompile(`(?i)^(?:pukul |jam |at )?(\d{1,2})[.:](\d{2})(?: ?(WIB|WITA|WIT))?$`)

// readHour reads an hour of a day in the region's zone, up to 24.00, its end. An hour of
// another zone is none.
func readHour(ctx context.Context, d day.Day, typed string) (t time.Time, ok bool) {
	m := hourForm.FindStringSubmatch(typed)
	if m == nil {
		return time.Time{}, false
	}
	hour, _ := strconv.Atoi(m[1]) // digits
	minute, _ := strconv.Atoi(m[2])
	if hour > 24 || minute > 59 || hour == 24 && minute > 0 {
		return time.Time{}, false
	}
	if d == "" {
		return time.Time{}, true
	}
	if hour == 24 {
		t = zone.Start(ctx, d.AddDays(1))
	} else {
		t = zone.At(ctx, d, hour, minute)
	}
	return t, m[3] == "" || strings.EqualFold(m[3], zone.Name(ctx, t))
}

// whenFields are the names of day and hour in faults.
type whenFields struct{ day, hour fault.FieldName }

// read parses a moment in the region's zone.
func (w When) read(ctx context.Context, check *fault.Check, fields whenFields, needed bool) time.Time {
	w = When{text.Line(w.Day), text.Line(w.Hour)}.split()
	d, ok := day.Parse(w.Day)
	check.That(ok, fields.day, "period.day_unread")
	if ok && d == "" && w.Hour == "" && !needed {
		return time.Time{}
	}
	if ok {
		check.That(d != "", fields.day, "period.day_missing")
	}
	check.That(w.Hour != "", fields.hour, "period.hour_missing")
	if w.Hour == "" {
		return time.Time{}
	}
	t, clear := readHour(ctx, d, w.Hour)
	check.That(clear, fields.hour, "period.hour_unread", fault.Args{"Zone": zone.Name(ctx, zone.Start(ctx, "2026-01-01"))})
	if !clear {
		return time.Time{}
	}
	return t
}

// FormatMoment formats a moment as When, in the region's zone; zero is empty.
func FormatMoment(ctx context.Context, t time.Time) When {
	if t.IsZero() {
		return When{}
	}
	t = t.In(zone.From(ctx))
	return When{Day: string(zone.Day(ctx, t)), Hour: t.Format("15.04")}
}
