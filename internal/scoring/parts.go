package scoring

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
)

// Part is the contribution of a variable's indicators to the total: of the region's
// indicators their points, of the innovations' their sum over the divisor.
type Part struct {
	Aspect   *instrument.Aspect
	Variable *instrument.Variable
	Points   decimal.Ratio
	Max      Points
	Rows     []PartRow
	Reason   Reason
}

// PartRow is the contribution of one indicator to its part.
type PartRow struct {
	Indicator *instrument.Indicator
	Points    decimal.Ratio
	Proven    int // number of answers that earn points
}

// Parts splits the points of the rows by the variables of the pack, in the pack's
// order. The parts of an aspect add up to its points in Score.
func (in *Instrument) Parts(a Answers) []Part {
	return in.PartsOver(a, max(in.pack.Divisor.Value, len(a.Innovations)))
}

// PartsOver is Parts with another divisor, such as the number of an agency's
// innovations.
func (in *Instrument) PartsOver(a Answers, divisor int) (list []Part) {
	region := [][]uint8{a.Region}
	each := make([][]uint8, len(a.Innovations))
	for i := range a.Innovations {
		each[i] = a.Innovations[i].Levels
	}
	for i := range in.pack.Variables {
		v := &in.pack.Variables[i]
		switch v.Aspect {
		case in.bases.region.Code:
			list = append(list, in.part(v, in.bases.region, &in.region, region, 1))
		case in.bases.each.Code:
			list = append(list, in.part(v, in.bases.each, &in.each, each, divisor))
		}
	}
	return list
}

func (in *Instrument) part(v *instrument.Variable, aspect *instrument.Aspect, s *sheet, answers [][]uint8, divisor int) Part {
	p := Part{Aspect: aspect, Variable: v}
	var sum Points
	var bases []instrument.Basis
	for at, indicator := range in.pack.Rows(aspect.Scope) {
		if indicator.Variable.Value != v.Code {
			continue
		}
		row := PartRow{Indicator: indicator}
		var earned Points
		for _, levels := range answers {
			if at < len(levels) && s.points[at][levels[at]] > 0 {
				earned += s.points[at][levels[at]]
				row.Proven++
			}
		}
		row.Points = decimal.Over(earned, divisor)
		p.Rows = append(p.Rows, row)
		p.Max += indicator.Max()
		sum += earned
		bases = append(bases, indicator.Weight.Basis, indicator.Variable.Basis)
	}
	p.Points = decimal.Over(sum, divisor)
	if aspect.Scope == instrument.PerInnovation {
		bases = append(bases, in.bases.divisor)
	}
	p.Reason = in.explainPart(p, sum, divisor, instrument.Join(bases...))
	return p
}

func (in *Instrument) explainPart(p Part, sum Points, divisor int, basis instrument.Basis) Reason {
	r := Reason{
		Figure: FigurePart, Code: p.Variable.Code, Rule: RuleSum, Basis: basis, Value: p.Points,
		Key: "scoring.part", Args: map[string]any{"Rows": len(p.Rows), "Points": in.points(sum)},
	}
	if p.Aspect.Scope == instrument.PerInnovation {
		r.Rule, r.Key = RulePartMean, "scoring.part_mean"
		r.Args["Divisor"], r.Args["Mean"] = divisor, p.Points.Round(in.pack.Rounding.MeanPlaces)
	}
	return r
}
