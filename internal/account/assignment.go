package account

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// ranks orders the roles: one-time codes are issued to people of the same or a lower
// rank. A person without an assignment ranks below all.
var ranks = map[actor.Role]int{
	actor.Operator: 1, actor.Pendamping: 1, actor.Kepala: 1,
	actor.Pimpinan: 2,
	actor.Brida:    3,
	actor.Admin:    4,
}

// rank returns the highest rank of the assignments that have not ended.
func rank(list []Assignment, now time.Time) (highest int) {
	for _, a := range list {
		if a.State(now) != Ended {
			highest = max(highest, ranks[a.Role])
		}
	}
	return highest
}

func rankOf(who actor.Actor) (highest int) {
	for _, a := range who.Assignments {
		if !a.Below {
			highest = max(highest, ranks[a.Role])
		}
	}
	return highest
}

// Leads reports whether a role is one of which a region may demand a second factor:
// BRIDA or admin.
func Leads(role actor.Role) bool { return ranks[role] >= ranks[actor.Brida] }

// ForAgency reports whether a role is for one agency, not the whole region.
func ForAgency(role actor.Role) bool { return ranks[role] == 1 }

// State is the state of an assignment at a moment.
type State int

// An assignment has not begun, is in force, or has ended.
const (
	Coming State = iota
	Counting
	Ended
)

// State returns the state of a at that moment.
func (a Assignment) State(now time.Time) State {
	switch {
	case !a.Until.IsZero() && !a.Until.After(now):
		return Ended
	case a.From.After(now):
		return Coming
	}
	return Counting
}

// LastDay returns the last day of a; the zero Day if it has no end.
func (a Assignment) LastDay(ctx context.Context) day.Day {
	if a.Until.IsZero() {
		return ""
	}
	return zone.Day(ctx, a.Until.Add(-time.Millisecond))
}

// FirstDay returns the first day of a.
func (a Assignment) FirstDay(ctx context.Context) day.Day { return zone.Day(ctx, a.From) }

// TaskForm is an assignment as it was typed. Days may be in any form that day.Parse
// accepts; without a first day the assignment begins now.
type TaskForm struct {
	Role, Agency, Acting string
	From, Until          string
	Number, Day, Subject string
}

// Empty reports whether nothing was typed.
func (f TaskForm) Empty() bool { return f == TaskForm{} }

// read returns the assignment of a form and adds all mistakes to check.
func (f TaskForm) read(ctx context.Context, check *fault.Check, units []Unit, now time.Time) Assignment {
	a := Assignment{
		Assignment: actor.Assignment{Role: actor.Role(f.Role), Agency: f.Agency},
		From:       now, Decree: Decree{Number: text.Line(f.Number), Subject: text.Line(f.Subject)},
	}
	known := slices.Contains(actor.Roles(), a.Role)
	check.That(known, fieldRole, "account.role_missing")
	switch has := slices.ContainsFunc(units, func(u Unit) bool { return u.ID == f.Agency }); {
	case known && ForAgency(a.Role):
		check.That(has, fieldAgency, "account.agency_missing")
	case known:
		check.That(f.Agency == "", fieldAgency, "account.agency_not")
	}
	if a.Role == actor.Kepala {
		a.Acting = Acting(f.Acting)
		check.That(slices.Contains(Actings(), a.Acting), fieldActing, "account.acting_missing")
	}
	f.readDays(ctx, &a, check)
	check.That(utf8.RuneCountInString(a.Decree.Number) <= longestNumber, fieldNumber, "account.number_long", fault.Args{"Most": longestNumber})
	decided, ok := day.Parse(f.Day)
	check.That(ok, fieldDay, "account.day_form")
	check.That(decided <= zone.Today(ctx, now), fieldDay, "fault.day_future")
	check.That(utf8.RuneCountInString(a.Decree.Subject) <= longestSubject, fieldSubject, "account.subject_long", fault.Args{"Most": longestSubject})
	a.Decree.Day = decided
	return a
}

// readDays reads the first and the last day; the assignment includes both.
func (f TaskForm) readDays(ctx context.Context, a *Assignment, check *fault.Check) {
	first, ok := day.Parse(f.From)
	check.That(ok, fieldFrom, "account.day_form")
	if first != "" {
		a.From = zone.Start(ctx, first)
	}
	last, ok := day.Parse(f.Until)
	check.That(ok, fieldUntil, "account.day_form")
	if last != "" {
		a.Until = zone.Start(ctx, last.AddDays(1))
		check.That(a.Until.After(a.From), fieldUntil, "account.until_early")
	}
}

// meets reports whether a and b are for the same task and overlap in time.
func (a Assignment) meets(b Assignment) bool {
	return a.Assignment == b.Assignment &&
		(b.Until.IsZero() || a.From.Before(b.Until)) && (a.Until.IsZero() || b.From.Before(a.Until))
}
