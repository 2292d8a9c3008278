package index

import (
	"context"
	"reflect"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
)

// stepsShown is how many of what moves the index most a page names.
const stepsShown = 8

// Report is the index of a region in a period.
type Report struct {
	Period   period.Pinned
	Day      day.Day   // the day that was asked for; none is now
	KeptAt   time.Time // when the facts were kept; the zero moment where they are those of now
	Result   scoring.Result
	Reasons  []scoring.Reason // for every figure of Result
	Verified scoring.Result   // the same innovations with what verifiers have decided
	// Undecided is how many answers with evidence no verifier has decided yet;
	// they earn nothing in Verified.
	Undecided int
	Parts     []scoring.Part
	Affairs   []Affair        // the basic services, in the pack's order
	GateCost  decimal.Decimal // points that the count would earn if the gate were open
	Counted   []Entry         // the innovations that the actor may open, by name
	Left      []Omission      // and of those that do not count
	Others    int             // innovations that count and that he may not open
	Agencies  []Standing      // those that the actor may see, by what they contribute
	Silent    []Agency        // likewise, the living that report nothing that counts
	Steps     []Step          // what moves the index most, of what he may open
	Marks     []Mark          // the history, the oldest first
	All       bool            // he sees every agency
	scorer    *scoring.Instrument
}

// Same reports whether a report of other would have the same figures, names and
// reasons on paper and in its workbook as one of r.
func (r Report) Same(other Report) bool {
	return reflect.DeepEqual(r.onPaper(), other.onPaper())
}

// onPaper is r without what no report prints: the next steps and what they would
// add, options without evidence, the marks but for the published one, and of the
// period all but which it is.
func (r Report) onPaper() Report {
	r.scorer, r.Steps, r.GateCost = nil, nil, 0
	r.Period.Period = period.Period{ID: r.Period.ID}
	published := r.Published()
	r.Marks = nil
	if published != nil {
		r.Marks = []Mark{*published}
	}
	r.Counted = slices.Clone(r.Counted)
	for i := range r.Counted {
		r.Counted[i].Levels.Unproven = nil
	}
	return r
}

// Entry is an innovation that counts.
type Entry struct {
	innovation.Innovation
	Levels   Levels
	Maturity scoring.Points
}

// ReasonsOf are why an innovation earns what it earns: one for each row, in the
// pack's order.
func (r Report) ReasonsOf(e Entry) []*scoring.Reason {
	return r.scorer.InnovationRows(r.scorer.InnovationLevels(e.Levels.Proven.Of))
}

// Omission is an innovation that does not count, and why.
type Omission struct {
	innovation.Innovation
	Verdict innovation.Verdict
}

// Affair is a basic-service affair, and how many innovations that count are in it.
type Affair struct {
	Name        string
	Innovations int
}

// Step is one thing to do, with the innovation that it is about; nil where it
// is about the region.
type Step struct {
	planner.Step
	Entry *Entry
}

// Published is the national mark that counts: the last one; nil without any.
func (r Report) Published() *Mark {
	for i := len(r.Marks) - 1; i >= 0; i-- {
		if r.Marks[i].Kind == National {
			return &r.Marks[i]
		}
	}
	return nil
}

// view is the sum as the actor may see it.
func (s *Sum) view(ctx context.Context, p period.Pinned) Report {
	who := actor.From(ctx)
	r := Report{
		Period: p, KeptAt: s.mark.At, All: seesAll(who), scorer: s.scorer,
		Result: s.result, Reasons: s.reasons, Verified: s.verified, Undecided: s.undecided, Parts: s.parts, Affairs: s.affairs, GateCost: s.gateCost,
	}
	opens := func(e Entry) bool { return mayOpen(who, e.AgencyID) }
	r.Counted = those(s.entries, opens)
	r.Others = len(s.entries) - len(r.Counted)
	r.Left = those(s.left, func(o Omission) bool { return mayOpen(who, o.AgencyID) })
	r.Agencies, r.Silent = standings(who, r, s.facts, s.entries)
	if p.State == period.Open {
		r.Steps = s.steps(r.All, opens)
	}
	return r
}

// those are the ones of a list that who may see; the list itself where those
// are all, for it may be long.
func those[T any](list []T, may func(T) bool) []T {
	hidden := func(one T) bool { return !may(one) }
	if !slices.ContainsFunc(list, hidden) {
		return slices.Clip(list)
	}
	return slices.DeleteFunc(slices.Clone(list), hidden)
}
