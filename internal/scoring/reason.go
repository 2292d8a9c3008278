package scoring

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
)

// Reason explains a figure. It is shared between callers, who must not change its
// Args or Sources.
type Reason struct {
	Figure Figure
	Code   string // of the indicator, for a row
	Rule   Rule
	Key    string // of the message with the inputs
	// Args are the arguments of the message: int, string, or decimal.Rounded.
	Args  map[string]any
	Value decimal.Ratio // exact
	instrument.Basis
}

// Figure is the name of a figure in the document that `siida score` writes.
type Figure string

// The figures, in the order in which they are computed.
const (
	FigureRow       Figure = "row"
	FigurePart      Figure = "part"
	FigureSPD       Figure = "spd.points"
	FigureSPDMax    Figure = "spd.max"
	FigureMaturity  Figure = "maturity"
	FigureDivisor   Figure = "divisor"
	FigureMean      Figure = "mean"
	FigureN         Figure = "count.n"
	FigureCovered   Figure = "count.covered"
	FigureRequired  Figure = "count.required"
	FigureCount     Figure = "count.points"
	FigureTotal     Figure = "total"
	FigureMax       Figure = "max"
	FigureIndex     Figure = "index"
	FigurePredicate Figure = "predicate"
)

// Rule is the formula of a figure, in a notation independent of language.
type Rule string

// The rules.
const (
	RuleRow       Rule = "weight * option"
	RuleSum       Rule = "sum(rows)"
	RuleStated    Rule = "stated"
	RuleDivisor   Rule = "max(minimum, n)"
	RuleMean      Rule = "sum(maturity) / divisor"
	RulePartMean  Rule = "sum(rows) / divisor"
	RuleN         Rule = "number(innovations)"
	RuleCovered   Rule = "distinct(basic affairs)"
	RuleCount     Rule = "min(n, cap) * weight"
	RuleGated     Rule = "covered >= required ? min(n, cap) * weight : 0"
	RuleTotal     Rule = "spd + mean + count"
	RuleIndex     Rule = "total / max * 100"
	RulePredicate Rule = "band(index)"
)

// bases are the aspects, and the basis of each derived figure: as certain as the
// least certain number in it. The basis of the rounding is left out: its official
// rule is unknown in every year, so all figures would have that certainty.
type bases struct {
	region, each                                *instrument.Aspect
	spd, maturity, mean, count, covered, gate   instrument.Basis
	divisor, total, max, index, predicate, none instrument.Basis
}

func basesOf(p *instrument.Pack) bases {
	b := bases{
		region: p.Aspect(instrument.PerRegion), each: p.Aspect(instrument.PerInnovation),
		divisor: p.Divisor.Basis, max: p.Total.Basis, gate: p.Gate.Basis,
		none: instrument.Basis{Certainty: instrument.Confirmed},
	}
	b.spd, b.maturity = rowsBasis(p, b.region), rowsBasis(p, b.each)
	b.covered = b.none
	for _, g := range p.Affairs {
		if g.Basic {
			b.covered = instrument.Join(b.covered, g.Basis)
		}
	}
	b.count = instrument.Join(p.Count.Weight.Basis, p.Count.Cap.Basis, b.gate)
	if p.Gate.Value != nil {
		b.count = instrument.Join(b.count, b.covered)
	}
	b.mean = instrument.Join(b.maturity, b.divisor)
	b.total = instrument.Join(b.spd, b.mean, b.count)
	b.index = instrument.Join(b.total, b.max)
	b.predicate = instrument.Join(b.index, p.Predicates.Basis)
	return b
}

// rowsBasis returns the basis of the weights, or of the maximum if the rows of the
// aspect are unknown.
func rowsBasis(p *instrument.Pack, a *instrument.Aspect) instrument.Basis {
	if !a.RowsKnown {
		return a.Max.Basis
	}
	var weights []instrument.Basis
	for _, row := range p.Rows(a.Scope) {
		weights = append(weights, row.Weight.Basis)
	}
	return instrument.Join(weights...)
}
