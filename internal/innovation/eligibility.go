package innovation

import (
	"slices"

	"siida.id/internal/base/day"
	"siida.id/internal/instrument"
)

// Verdict says whether a period counts an innovation, and why: Key is a message, with
// the days on which it depends.
//
// Named has a second message: whether a decree of its cohort names the innovation,
// one dated in the year in which it was first applied. No source says that the
// ministry requires it, so Counts does not depend on it; that the cohort is the year
// of the decree's date is inferred.
type Verdict struct {
	Counts   bool
	Key      string
	Day      day.Day // when it was applied, or developed if that decided
	From, To day.Day // the window; an unknown end is empty

	Cohort       string // a year in four digits; empty before it is applied
	Named        bool
	DecreeNumber string
	DecreeDay    day.Day
}

// Args returns the arguments of the message Key, for a period's year.
func (v Verdict) Args(year string) map[string]any {
	return map[string]any{"Year": year, "Day": v.Day, "From": v.From, "To": v.To}
}

// NamedArgs returns the arguments of the message NamedKey.
func (v Verdict) NamedArgs() map[string]any {
	return map[string]any{"Number": v.DecreeNumber, "Day": v.DecreeDay, "Cohort": v.Cohort}
}

// NamedKey returns the key of the second message; empty for an innovation without a
// cohort.
func (v Verdict) NamedKey() string {
	switch {
	case v.Cohort == "":
		return ""
	case v.Named:
		return "innovation.named"
	}
	return "innovation.unnamed"
}

// Eligible decides by the pack's window and stages, and whether it has been applied on
// that day. An unknown end of the window excludes nothing, nor does an empty day.
func (i Innovation) Eligible(rule instrument.Eligibility, on day.Day) Verdict {
	v := Verdict{
		Day: i.AppliedOn, From: known(rule.AppliedFrom.Value), To: known(rule.AppliedTo.Value),
		Cohort: i.Cohort(), Named: i.DecreeNumber != "", DecreeNumber: i.DecreeNumber, DecreeDay: i.DecreeDay,
	}
	switch {
	case i.State == Withdrawn:
		v.Key = "innovation.eligible_withdrawn"
	case i.State == Archived:
		v.Key = "innovation.eligible_archived"
	case !slices.Contains(rule.Counting.Value, string(i.Stage())), v.Day == "":
		v.Key = "innovation.eligible_stage"
	case on != "" && v.Day > on:
		v.Key = "innovation.eligible_future"
	case i.developed(rule, v) && (on == "" || i.DevelopedOn <= on):
		v.Counts, v.Key, v.Day = true, "innovation.eligible_developed", i.DevelopedOn
	case v.From != "" && v.Day < v.From:
		v.Key = "innovation.eligible_early"
	case v.To != "" && v.Day > v.To:
		v.Key = "innovation.eligible_late"
	case v.From == "" && v.To == "":
		v.Counts, v.Key = true, "innovation.eligible_unknown"
	default:
		v.Counts, v.Key = true, "innovation.eligible"
	}
	return v
}

// developed reports whether an innovation older than the window counts because it was
// developed within it, if the pack allows that.
func (i Innovation) developed(rule instrument.Eligibility, v Verdict) bool {
	allowed := rule.Developed.Value != nil && *rule.Developed.Value
	return allowed && v.From != "" && v.Day < v.From && v.To != "" && i.DevelopedOn.Within(v.From, v.To)
}

func known(text *string) day.Day {
	if text == nil {
		return ""
	}
	return day.Day(*text)
}
