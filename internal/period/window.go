package period

import (
	"context"
	"strings"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
)

// Deadline is a moment inside a period by which something is due.
type Deadline struct {
	ID   string
	Name string
	At   time.Time
}

// Extension gives one agency, or all if Agency is empty, more time than the window
// does, until it is revoked. Names are those at the time of the extension.
type Extension struct {
	ID                 string
	PeriodID           string
	Agency, AgencyName string
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

// End returns the end of an agency's time in the period; zero for none.
func (p Period) End(extensions []Extension, agencyID string) time.Time {
	end := p.Closes
	if end.IsZero() {
		return end
	}
	for _, e := range extensions {
		if e.Counts() && (e.Agency == "" || e.Agency == agencyID) && e.Until.After(end) {
			end = e.Until
		}
	}
	return end
}

// Accepts returns nil if an agency may write in the period at now. Otherwise the
// fault has the moment since or from which.
func (p Period) Accepts(extensions []Extension, agencyID string, now time.Time) error {
	end := p.End(extensions, agencyID)
	switch {
	case p.State != Open:
		return p.refuse("period.closed", p.MovedAt)
	case !p.Opens.IsZero() && now.Before(p.Opens):
		return p.refuse("period.not_yet", p.Opens)
	case !end.IsZero() && !now.Before(end):
		return p.refuse("period.over", end)
	}
	return nil
}

func (p Period) refuse(key string, at time.Time) error {
	return fault.New(fault.Conflict, key).With(fault.Args{"Year": p.ID, "Moment": at})
}

// When is a moment as it was typed: a day and an hour, or neither.
type When struct{ Day, Hour string }

// hours are the layouts that people and browsers use.
var hours = []string{"15.04", "15:04"}

// whenFields are the names of day and hour in faults.
type whenFields struct{ day, hour fault.FieldName }

// read parses a moment in the region's zone.
func (w When) read(ctx context.Context, check *fault.Check, fields whenFields, needed bool) time.Time {
	d, ok := day.Parse(w.Day)
	check.That(ok, fields.day, "period.day_unread")
	hour := strings.TrimSpace(w.Hour)
	if ok && d == "" && hour == "" && !needed {
		return time.Time{}
	}
	if ok {
		check.That(d != "", fields.day, "period.day_missing")
	}
	check.That(hour != "", fields.hour, "period.hour_missing")
	if hour == "" {
		return time.Time{}
	}
	for _, layout := range hours {
		clock, err := time.Parse(layout, hour)
		if err != nil {
			continue
		}
		if d == "" {
			return time.Time{}
		}
		return zone.At(ctx, d, clock.Hour(), clock.Minute())
	}
	check.That(false, fields.hour, "period.hour_unread")
	return time.Time{}
}

// FormatMoment formats a moment as When, in the region's zone; zero is empty.
func FormatMoment(ctx context.Context, t time.Time) When {
	if t.IsZero() {
		return When{}
	}
	t = t.In(zone.From(ctx))
	return When{Day: t.Format("2-1-2006"), Hour: t.Format("15.04")}
}
