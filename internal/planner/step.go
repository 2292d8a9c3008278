package planner

import (
	"slices"

	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// Kind says what there is to do.
type Kind string

// The kinds of steps.
const (
	Prove Kind = "bukti"   // an answer without evidence gets some
	Raise Kind = "naik"    // an indicator reaches its next option
	Cover Kind = "gerbang" // innovations in missing basic-service affairs open the gate
)

// Region stands for the region's own rows where an innovation's number is asked for.
const Region = -1

// Step is one thing to do, and what it adds to the index.
type Step struct {
	Kind       Kind
	Innovation int                   // in the order of the answers, or Region
	Indicator  *instrument.Indicator // of Prove and Raise
	From, To   int                   // options; From is zero where nothing is proven yet
	Affairs    []string              // of Cover: the basic-service affairs that nothing covers
	Needed     int                   // of Cover: how many of them it takes
	Gain       decimal.Ratio         // in points of the index, not rounded
}

// Situation is what steps lead on from.
type Situation struct {
	Answers scoring.Answers
	// Region and Innovations are the options that have been answered without
	// evidence, ordered as the levels of Answers; nil where there are none.
	Region      []uint8
	Innovations [][]uint8
	// Include says whose steps are wanted, by an innovation's number or Region.
	Include func(innovation int) bool
}

// Steps lists the steps with the largest gains, at most that many, the best
// first; of two alike the one that comes first in the answers.
func Steps(in *scoring.Instrument, s Situation, most int) []Step {
	now := in.Score(s.Answers)
	best := leaders{max: most}
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
	steps := make([]Step, 0, most+1)
	for _, c := range best.list {
		c.Gain = decimal.Over(c.worth, now.Divisor).PercentOf(now.Max)
		steps = append(steps, c.Step)
	}
	if step, ok := cover(in, s, now); ok && s.Include(Region) {
		at, _ := slices.BinarySearchFunc(steps, step, func(a, b Step) int { return b.Gain.Compare(a.Gain) })
		steps = slices.Insert(steps, at, step)
	}
	return steps[:min(len(steps), most)]
}

// candidate is a step with what it is worth in points of a maturity: points of
// the region's rows count as many times as the divisor says. That way steps
// are compared as whole numbers.
type candidate struct {
	Step
	worth decimal.Decimal
}

// leaders keeps the best candidates, the best first.
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

// cover is the step that opens the gate: as many new innovations as there are
// affairs missing, with nothing proven yet. It is none where the gate is open,
// or where the new divisor would take more than the count gives.
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

// Missing lists the basic-service affairs in which no innovation counts.
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
