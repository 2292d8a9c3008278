package notify

import (
	"cmp"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Step is one thing that adds points to an innovation: to prove an answer, to give one,
// to replace evidence that cannot be opened, or to say since when the innovation is
// applied.
type Step struct {
	evidence.Gap   // without an indicator for GapProfile
	InnovationID   string
	InnovationName string
	Counts         bool // the period counts the innovation
	Due            time.Time
	Href           string // a page that the reader may open
	Own            bool   // the reader may do it
}

// GapProfile is a day that the profile lacks, without which the innovation counts
// nowhere.
const GapProfile evidence.GapKind = "profil"

// Line is an innovation of the person's own agencies with its progress.
type Line struct {
	evidence.Work
	evidence.Completeness
	Verdict innovation.Verdict
	Points  scoring.Points
	Gain    scoring.Points // what can still be added
	// Week is by how much Points have changed in a week; known if the index of that day was
	// stored with the innovation in it.
	Week      scoring.Points
	WeekKnown bool
	Due       time.Time // the end of the time for its answers; zero for none
	Open      bool      // the period accepts its answers now
	gaps      []evidence.Gap
}

// lineOf returns the line of an innovation.
func lineOf(w evidence.Work, scorer *scoring.Instrument, v innovation.Verdict) Line {
	l := Line{Work: w, Completeness: w.Completeness(scorer.Pack()), Verdict: v, Points: w.Points(scorer), gaps: w.Gaps(scorer.Pack())}
	for _, g := range l.gaps {
		l.Gain += g.Worth
	}
	return l
}

// Missing is the number of indicators that are not finished.
func (l Line) Missing() int { return l.Total - l.Finished }

// steps returns the steps of a line for a reader.
func (l Line) steps(who actor.Actor, periodID string) (list []Step) {
	if !l.Open {
		return nil
	}
	own, page := innovation.MayEdit(who, l.AgencyID), "/inovasi/"+l.ID
	step := func(g evidence.Gap, href string) Step {
		if !own {
			href = page
		}
		return Step{Gap: g, InnovationID: l.ID, InnovationName: l.Name, Counts: l.Verdict.Counts, Due: l.Due, Href: href, Own: own}
	}
	if l.Verdict.Key == "innovation.eligible_stage" {
		list = append(list, step(evidence.Gap{Kind: GapProfile, Worth: l.Points}, page))
	}
	for _, g := range l.gaps {
		list = append(list, step(g, page+"/"+periodID+"/"+g.Indicator.Code))
	}
	return list
}

// byWorth orders steps: what counts before what does not, then by worth, what is sure
// before what depends on the option, the soonest due first, and otherwise as the innovations and indicators stand.
func byWorth(list []Step) {
	slices.SortStableFunc(list, func(a, b Step) int {
		return cmp.Or(compareTrue(a.Counts, b.Counts), compareTrue(a.Kind == GapProfile, b.Kind == GapProfile), cmp.Compare(b.Worth, a.Worth), compareTrue(!a.UpTo(), !b.UpTo()), sooner(a.Due, b.Due))
	})
}

// compareTrue orders what is so before what is not.
func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// sooner compares two due moments; a missing one is the latest.
func sooner(a, b time.Time) int {
	switch {
	case a.IsZero() == b.IsZero():
		return a.Compare(b)
	case a.IsZero():
		return 1
	}
	return -1
}

// Own is where the agencies of a person stand in a period.
type Own struct {
	AgencyName  string // if all innovations are of one agency
	Innovations int
	Counting    int // those that count
	// The following are of the innovations that count, or of all while none does.
	Finished, Total int // indicators
	Points, Max     scoring.Points
	Gain            scoring.Points // what can still be added
}

// sumOf adds up lines, each of which can earn most points.
func sumOf(lines []Line, most scoring.Points) (o Own) {
	o.Innovations = len(lines)
	for _, l := range lines {
		if l.Verdict.Counts {
			o.Counting++
		}
	}
	for i, l := range lines {
		switch {
		case i == 0:
			o.AgencyName = l.AgencyName
		case o.AgencyName != l.AgencyName:
			o.AgencyName = ""
		}
		if l.Verdict.Counts || o.Counting == 0 {
			o.Finished += l.Finished
			o.Total += l.Total
			o.Points += l.Points
			o.Max += most
			o.Gain += l.Gain
		}
	}
	return o
}

// order sorts lines: those that count first, then those that can gain most.
func order(lines []Line) {
	slices.SortStableFunc(lines, func(a, b Line) int {
		return cmp.Or(compareTrue(a.Verdict.Counts, b.Verdict.Counts), cmp.Compare(b.Gain, a.Gain))
	})
}

// due returns the soonest end of the time for lines that can be answered now; that of the
// window if there are none.
func due(lines []Line, p period.Period) time.Time {
	var soonest time.Time
	found := false
	for _, l := range lines {
		if l.Open && (!found || sooner(l.Due, soonest) < 0) {
			soonest, found = l.Due, true
		}
	}
	if !found {
		return p.Closes
	}
	return soonest
}
