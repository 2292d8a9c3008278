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

// stepsShown is how many steps a page shows.
const stepsShown = 8

// Report is the index of a region in a period.
type Report struct {
	Period     period.Pinned
	Day        day.Day   // the requested day; none is now
	SnapshotAt time.Time // time of the snapshot; zero for current facts
	Result     scoring.Result
	Reasons    []scoring.Reason // for every figure of Result
	// IfProven is the same innovations and the region if every answer had its evidence.
	IfProven  scoring.Result
	Parts     []scoring.Part
	Affairs   []Affair        // the basic services, in the pack's order
	GateCost  decimal.Decimal // points that the count score would have if the gate were open
	Counted   []Entry         // the innovations that the actor may read, by name
	Omitted   []Omission      // and those that do not count
	Others    int             // number of innovations that count and that the actor may not read
	Agencies  []Contribution  // those that the actor may read, by contribution
	Silent    []Agency        // those of them without an innovation that counts
	Steps     []Step          // the steps with the largest gains, of what the actor may read
	Snapshots []Snapshot      // the history, the oldest first
	All       bool            // the actor may read every agency
	scorer    *scoring.Instrument
}

// Same reports whether the PDF and workbook of other would have the same figures,
// names and reasons as those of r.
func (r Report) Same(other Report) bool {
	return reflect.DeepEqual(r.printable(), other.printable())
}

// printable returns r without the parts that no report has: steps and gains, options
// without evidence, snapshots except the published one, and details of the period.
func (r Report) printable() Report {
	r.scorer, r.Steps, r.GateCost, r.IfProven = nil, nil, 0, scoring.Result{}
	r.Period.Period = period.Period{ID: r.Period.ID}
	published := r.Published()
	r.Snapshots = nil
	if published != nil {
		r.Snapshots = []Snapshot{*published}
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

// ReasonsOf returns the reasons for an innovation's points: one for each row,
// in the pack's order.
func (r Report) ReasonsOf(e Entry) []*scoring.Reason {
	return r.scorer.InnovationRows(r.scorer.InnovationLevels(e.Levels.Proven.Of))
}

// Omission is an innovation that does not count, and why.
type Omission struct {
	innovation.Innovation
	Verdict innovation.Verdict
}

// Affair is a basic-service affair with the number of innovations in it that count.
type Affair struct {
	Name        string
	Innovations int
}

// Step is one thing to do, with its innovation; nil for the region.
type Step struct {
	planner.Step
	Entry *Entry
}

// Published returns the last national snapshot, or nil.
func (r Report) Published() *Snapshot {
	for i := len(r.Snapshots) - 1; i >= 0; i-- {
		if r.Snapshots[i].Kind == National {
			return &r.Snapshots[i]
		}
	}
	return nil
}

// view returns the report that the actor may read.
func (s *Computation) view(ctx context.Context, p period.Pinned) Report {
	who := actor.From(ctx)
	r := Report{
		Period: p, SnapshotAt: s.snapshot.At, All: seesAll(who), scorer: s.scorer,
		Result: s.result, Reasons: s.reasons, IfProven: s.ifProven, Parts: s.parts, Affairs: s.affairs, GateCost: s.gateCost,
	}
	opens := func(e Entry) bool { return mayOpen(who, e.AgencyID) }
	r.Counted = visible(s.entries, opens)
	r.Others = len(s.entries) - len(r.Counted)
	r.Omitted = visible(s.omitted, func(o Omission) bool { return mayOpen(who, o.AgencyID) })
	r.Agencies, r.Silent = contributions(who, r, s.facts, s.entries)
	if p.State == period.Open {
		r.Steps = s.steps(r.All, opens)
	}
	return r
}

// visible returns the elements that may allows; the list itself if all are,
// since it may be long.
func visible[T any](list []T, may func(T) bool) []T {
	hidden := func(one T) bool { return !may(one) }
	if !slices.ContainsFunc(list, hidden) {
		return slices.Clip(list)
	}
	return slices.DeleteFunc(slices.Clone(list), hidden)
}
