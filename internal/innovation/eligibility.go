package innovation

import (
	"slices"

	"siida.id/internal/base/day"
	"siida.id/internal/instrument"
)

// Verdict says whether a period counts an innovation, and why: Key is a
// sentence of the catalogue, and the days are those that decided.
type Verdict struct {
	Counts   bool
	Key      string
	Day      day.Day // since when it is in use, or its development where that decided
	From, To day.Day // the window; an end that nobody knows is empty
}

// Eligible decides by the pack's window and stages. An end of the window that
// the pack does not know shuts nobody out.
func (i Innovation) Eligible(rule instrument.Eligibility) Verdict {
	v := Verdict{Day: i.AppliedOn, From: known(rule.AppliedFrom.Value), To: known(rule.AppliedTo.Value)}
	switch {
	case !slices.Contains(rule.Counting.Value, string(i.Stage())), v.Day == "":
		v.Key = "innovation.eligible_stage"
	case i.developed(rule, v):
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

// developed reports whether an innovation older than the window counts because
// it was developed within it, where the pack says so.
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
