package scoring

import (
	"math/bits"

	"siida.id/internal/base/decimal"
)

// Answers are the proven answers of a region. A level is the option that was chosen,
// 0 without answer or without evidence; the number of files that prove it has no
// effect.
type Answers struct {
	Region      []uint8 // a level for each row of the region's aspect, in the pack's order; nil if none is answered
	Innovations []Innovation
}

// Innovation is the answers of one innovation.
type Innovation struct {
	Affair Affair
	Levels []uint8 // a level for each row of the innovations' aspect, in the pack's order
}

// Levels returns a region's chosen options in the order of the rows; 0 for an option
// that a row does not have.
func (in *Instrument) Levels(chosen func(code string) int) []uint8 { return in.region.levels(chosen) }

// InnovationLevels returns an innovation's chosen options in the order of the rows.
func (in *Instrument) InnovationLevels(chosen func(code string) int) []uint8 {
	return in.each.levels(chosen)
}

// Result has a region's figures, exact unless Rounded.
type Result struct {
	SPD       Share
	Maturity  []Points // of each innovation, in the order of the answers
	Divisor   int
	Mean      decimal.Ratio
	Count     Count
	Total     decimal.Ratio
	Max       Points
	Exact     decimal.Ratio   // the index before rounding
	Index     decimal.Rounded // the rounded index
	Predicate string
}

// Share is points and their maximum.
type Share struct{ Points, Max Points }

// Count is the score for the number of innovations.
type Count struct {
	N         int
	Points    Points
	Covered   int  // number of basic-service affairs among the innovations
	Required  *int // how many must be covered; nil without a gate
	Satisfied bool // the gate is open, or there is none
}

// Score computes the figures of answers.
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

// InnovationPoints returns the maturity of an innovation with these levels.
func (in *Instrument) InnovationPoints(levels []uint8) Points { return in.each.sum(levels) }
