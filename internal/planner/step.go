package planner

import (
	"slices"

	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// Kind is the kind of a step.
type Kind string

// The kinds of steps.
const (
	Prove Kind = "bukti"   // an answer without evidence gets some
	Raise Kind = "naik"    // an indicator reaches its next option
	Cover Kind = "gerbang" // innovations in missing basic-service affairs open the gate
)

// Region is the number of the region's own answers, in place of an innovation's.
const Region = -1

// Step is one thing to do and its gain.
type Step struct {
	Kind       Kind
	Innovation int                   // its number in the order of the answers, or Region
	Indicator  *instrument.Indicator // of Prove and Raise
	From, To   int                   // options; From is zero if none is proven
	Affairs    []string              // of Cover: the basic-service affairs without an innovation
	Needed     int                   // of Cover: how many innovations are needed
	Gain       decimal.Ratio         // in points of the index, not rounded
}

// Situation is the state from which steps are computed.
type Situation struct {
	Answers scoring.Answers
	// Region and Innovations are the options answered without evidence, in the order
	// of the levels of Answers; nil for none.
	Region      []uint8
	Innovations [][]uint8
	// Include selects the innovations, or Region, whose steps are wanted.
	Include func(innovation int) bool
}

// Steps returns the steps with the largest gains, at most max of them, the best
// first; of equal ones the first in the order of the answers.
func Steps(in *scoring.Instrument, s Situation, max int) []Step {
	now := in.Score(s.Answers)
	best := leaders{max: max}
	pack := in.Pack()
	if s.Include(Region) {
		best.rows(Region, pack.Rows(instrument.PerRegion), s.Answers.Region, s.Region, now.Divisor)
	}
	for i, innovation := range s.Answers.Innovations {
		if !s.Include(i) {
			continue
		}
		var claimed []uint8
		if i < len(s.Innovations) {
			claimed = s.Innovations[i]
		}
		best.rows(i, pack.Rows(instrument.PerInnovation), innovation.Levels, claimed, 1)
	}
	steps := make([]Step, 0, max+1)
	for _, c := range best.list {
		c.Gain = decimal.Over(c.worth, now.Divisor).PercentOf(now.Max)
		steps = append(steps, c.Step)
	}
	if step, ok := cover(in, s, now); ok && s.Include(Region) {
		at, _ := slices.BinarySearchFunc(steps, step, func(a, b Step) int { return b.Gain.Compare(a.Gain) })
		steps = slices.Insert(steps, at, step)
	}
	return steps[:min(len(steps), max)]
}

// candidate is a step with its worth in points of a maturity. The worth of a step of
// the region is multiplied by the divisor, so that steps are compared as whole
// numbers.
type candidate struct {
	Step
	worth decimal.Decimal
}

// leaders holds the best candidates, the best first.
type leaders struct {
	max  int
	list []candidate
}

func (l *leaders) rows(innovation int, rows []*instrument.Indicator, proven, claimed []uint8, times int) {
	level := func(list []uint8, at int) int {
		if at < len(list) {
			return int(list[at])
		}
		return 0
	}
	for at, row := range rows {
		from := level(proven, at)
		step := Step{Kind: Raise, Innovation: innovation, Indicator: row, From: from, To: from + 1}
		if waiting := level(claimed, at); waiting > from {
			step.Kind, step.To = Prove, waiting
		}
		if step.To > len(row.Options) {
			continue
		}
		l.add(candidate{step, (row.Points(step.To) - row.Points(from)).Times(times)})
	}
}

func (l *leaders) add(c candidate) {
	if len(l.list) == l.max && (l.max == 0 || c.worth <= l.list[l.max-1].worth) {
		return
	}
	at := len(l.list)
	for at > 0 && c.worth > l.list[at-1].worth {
		at--
	}
	l.list = slices.Insert(l.list, at, c)
	l.list = l.list[:min(len(l.list), l.max)]
}

// cover returns the step that opens the gate: as many new innovations as there are
// affairs missing, without proven answers. It returns none if the gate is open, or if
// the larger divisor costs more than the count score adds.
func cover(in *scoring.Instrument, s Situation, now scoring.Result) (Step, bool) {
	if now.Count.Satisfied {
		return Step{}, false
	}
	step := Step{Kind: Cover, Innovation: Region, Affairs: Missing(in, s.Answers), Needed: *now.Count.Required - now.Count.Covered}
	after := s.Answers
	after.Innovations = slices.Clone(s.Answers.Innovations)
	for _, name := range step.Affairs[:min(step.Needed, len(step.Affairs))] {
		affair, _ := in.Affair(name)
		after.Innovations = append(after.Innovations, scoring.Innovation{Affair: affair})
	}
	then := in.Score(after)
	if then.Exact.Compare(now.Exact) <= 0 {
		return Step{}, false
	}
	step.Gain = then.Exact.Minus(now.Exact)
	return step, true
}

// Missing returns the basic-service affairs without an innovation that counts.
func Missing(in *scoring.Instrument, a scoring.Answers) (list []string) {
	covered := map[scoring.Affair]bool{}
	for _, i := range a.Innovations {
		covered[i.Affair] = true
	}
	for _, name := range in.Pack().AffairNames() {
		affair, _ := in.Affair(name)
		if in.Pack().IsBasic(name) && !covered[affair] {
			list = append(list, name)
		}
	}
	return list
}
