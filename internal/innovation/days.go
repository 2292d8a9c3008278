package innovation

import (
	"cmp"
	"slices"

	"siida.id/internal/base/day"
	"siida.id/internal/instrument"
)

// EligibleDays is the rule of Eligible as days that a statement compares: an active
// innovation counts if it was first applied up to Until, and either from From on or, if
// earlier, was developed from DevelopedFrom to DevelopedUntil. An empty Until, and an empty
// DevelopedUntil, lets none.
type EligibleDays struct {
	From, Until                   day.Day
	DevelopedFrom, DevelopedUntil day.Day
}

// lastDay is after every day.
const lastDay day.Day = "9999-12-31"

// EligibleOn returns the days of a pack's rule for a day; empty is no day, as in Eligible.
func EligibleOn(rule instrument.Eligibility, on day.Day) (d EligibleDays) {
	if !slices.Contains(rule.Counting.Value, string(Application)) { // whatever is applied has this stage
		return EligibleDays{}
	}
	from, to, on := known(rule.AppliedFrom.Value), known(rule.AppliedTo.Value), cmp.Or(on, lastDay)
	d.From, d.Until = from, min(cmp.Or(to, lastDay), on)
	if allowed := rule.Developed.Value != nil && *rule.Developed.Value; allowed && from != "" && to != "" {
		d.DevelopedFrom, d.DevelopedUntil = from, min(to, on)
	}
	return d
}

// Count reports whether i counts; it is Eligible(rule, on).Counts.
func (d EligibleDays) Count(i Innovation) bool {
	if i.State != Active || i.AppliedOn == "" || i.AppliedOn > d.Until {
		return false
	}
	return i.AppliedOn >= d.From || i.DevelopedOn != "" && i.DevelopedOn >= d.DevelopedFrom && i.DevelopedOn <= d.DevelopedUntil
}
