package scoring

import (
	"math/bits"

	"siida.id/internal/base/decimal"
)

// Answers are what one region has proven. A level is the option that was
// chosen, 0 where there is no answer or no evidence for it: how many files
// prove an option makes no difference.
type Answers struct {
	Region      []uint8 // a level for each row of the region's aspect, in the pack's order; nil when none is answered
	Innovations []Innovation
}

// Innovation is the answers of one innovation.
type Innovation struct {
	Affair Affair
	Levels []uint8 // a level for each row of the innovations' aspect, likewise
}

// Levels orders a region's chosen options by row; an option that a row does not have is none.
func (in *Instrument) Levels(chosen func(code string) int) []uint8 { return in.region.levels(chosen) }

// InnovationLevels orders an innovation's chosen options by row.
func (in *Instrument) InnovationLevels(chosen func(code string) int) []uint8 {
	return in.each.levels(chosen)
}

// Result is a region's figures, exact unless Rounded.
type Result struct {
	SPD       Share
	Maturity  []Points // of each innovation, in the order of the answers
	Divisor   int
	Mean      decimal.Ratio
	Count     Count
	Total     decimal.Ratio
	Max       Points
	Exact     decimal.Ratio   // the index before rounding
	Index     decimal.Rounded // the index as printed
	Predicate string
}

// Share is points out of a maximum.
type Share struct{ Points, Max Points }

// Count is the score for the number of innovations.
type Count struct {
	N         int
	Points    Points
	Covered   int  // distinct basic-service affairs among the innovations
	Required  *int // how many must be covered; nil when there is no gate
	Satisfied bool // whether the gate, if any, is open
}

// Score is the one path from answers to figures.
func (in *Instrument) Score(a Answers) Result {
	p := in.pack
	r := Result{
		SPD:      Share{in.region.sum(a.Region), in.bases.region.Max.Value},
		Maturity: make([]Points, len(a.Innovations)),
		Divisor:  max(p.Divisor.Value, len(a.Innovations)),
		Max:      p.Total.Value,
	}
	var sum Points
	var covered uint64
	for i := range a.Innovations {
		maturity := in.each.sum(a.Innovations[i].Levels)
		r.Maturity[i] = maturity
		sum += maturity
		covered |= in.basic[a.Innovations[i].Affair]
	}
	r.Count = in.count(len(a.Innovations), bits.OnesCount64(covered))
	r.Mean = decimal.Over(sum, r.Divisor)
	r.Total = r.Mean.Add(r.SPD.Points + r.Count.Points)
	r.Exact = r.Total.PercentOf(r.Max)
	r.Index = r.Exact.Round(p.Rounding.Places)
	band, _ := p.Predicate(r.Index.Value)
	r.Predicate = band.Label
	return r
}

func (in *Instrument) count(n, covered int) Count {
	p := in.pack
	c := Count{N: n, Covered: covered, Required: p.Gate.Value, Satisfied: true}
	if c.Required != nil {
		c.Satisfied = covered >= *c.Required
	}
	if c.Satisfied {
		c.Points = p.Count.Weight.Value.Times(min(n, p.Count.Cap.Value))
	}
	return c
}
