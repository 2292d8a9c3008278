package scoring

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
)

// rowReasons returns the reasons of a row by level; they depend on nothing else and
// are computed once.
func rowReasons(row *instrument.Indicator) []Reason {
	weight, basis := row.Weight.Value.Exact(), row.Weight.Basis
	reasons := []Reason{{
		Figure: FigureRow, Code: row.Code, Rule: RuleRow, Basis: basis,
		Key: "scoring.row_empty", Args: map[string]any{"Code": row.Code, "Weight": weight},
	}}
	for _, o := range row.Options {
		points := row.Points(o.Level)
		reasons = append(reasons, Reason{
			Figure: FigureRow, Code: row.Code, Rule: RuleRow, Basis: basis, Value: points.Ratio(),
			Key: "scoring.row", Args: map[string]any{"Code": row.Code, "Weight": weight, "Option": o.Level, "Points": points.Exact()},
		})
	}
	return reasons
}

func (s *sheet) explain(levels []uint8) []*Reason {
	reasons := make([]*Reason, len(levels))
	for row, level := range levels {
		reasons[row] = s.reason(row, int(level))
	}
	return reasons
}

func (s *sheet) reason(row, level int) *Reason {
	known := s.reasons[row]
	if level < 0 || level >= len(known) {
		level = 0
	}
	return &known[level]
}

// Rows returns the reason for each row of the region's aspect.
func (in *Instrument) Rows(levels []uint8) []*Reason { return in.region.explain(levels) }

// Row returns the reason for a row of the region's aspect, by its place in the pack.
func (in *Instrument) Row(row, level int) *Reason { return in.region.reason(row, level) }

// InnovationRow returns the reason for a row of an innovation.
func (in *Instrument) InnovationRow(row, level int) *Reason { return in.each.reason(row, level) }

// InnovationRows returns the reason for each row of an innovation.
func (in *Instrument) InnovationRows(levels []uint8) []*Reason { return in.each.explain(levels) }

// Maturity returns the reason for an innovation's maturity.
func (in *Instrument) Maturity(maturity Points) Reason {
	return Reason{
		Figure: FigureMaturity, Rule: RuleSum, Basis: in.bases.maturity, Value: maturity.Ratio(),
		Key: "scoring.maturity", Args: map[string]any{"Rows": len(in.each.points), "Points": in.points(maturity), "Max": in.points(in.bases.each.Max.Value)},
	}
}

// Explain returns the reason for each figure of the region, in the order of the
// figures.
func (in *Instrument) Explain(r Result) []Reason {
	reasons := append(in.explainSPD(r), in.explainMean(r)...)
	reasons = append(reasons, in.explainCount(r)...)
	return append(reasons, in.explainIndex(r)...)
}

func (in *Instrument) points(p Points) decimal.Rounded { return p.Round(in.pack.Rounding.Places) }

func (in *Instrument) explainSPD(r Result) []Reason {
	b := in.bases
	spd := Reason{
		Figure: FigureSPD, Rule: RuleSum, Basis: b.spd, Value: r.SPD.Points.Ratio(),
		Key: "scoring.spd", Args: map[string]any{"Rows": len(in.region.points), "Points": in.points(r.SPD.Points)},
	}
	if !b.region.RowsKnown {
		spd.Key, spd.Args = "scoring.spd_unknown", nil
	}
	return []Reason{spd, {
		Figure: FigureSPDMax, Rule: RuleStated, Basis: b.region.Max.Basis, Value: r.SPD.Max.Ratio(),
		Key: "scoring.spd_max", Args: map[string]any{"Points": in.points(r.SPD.Max)},
	}}
}

func (in *Instrument) explainMean(r Result) []Reason {
	divisor := Reason{
		Figure: FigureDivisor, Rule: RuleDivisor, Basis: in.bases.divisor, Value: decimal.FromInt(r.Divisor).Ratio(),
		Key: "scoring.divisor", Args: map[string]any{"N": r.Count.N, "Minimum": in.pack.Divisor.Value},
	}
	if r.Count.N < r.Divisor {
		divisor.Key = "scoring.divisor_minimum"
	}
	var sum Points
	for _, m := range r.Maturity {
		sum += m
	}
	return []Reason{divisor, {
		Figure: FigureMean, Rule: RuleMean, Basis: in.bases.mean, Value: r.Mean,
		Key: "scoring.mean", Args: map[string]any{"Sum": in.points(sum), "Divisor": r.Divisor, "Mean": r.Mean.Round(in.pack.Rounding.MeanPlaces)},
	}}
}

func (in *Instrument) explainCount(r Result) []Reason {
	c, b := r.Count, in.bases
	required := Reason{Figure: FigureRequired, Rule: RuleStated, Basis: b.gate, Key: "scoring.required_none"}
	count := Reason{
		Figure: FigureCount, Rule: RuleCount, Basis: b.count, Value: c.Points.Ratio(),
		Key: "scoring.count", Args: map[string]any{
			"Cap": in.pack.Count.Cap.Value, "Counted": min(c.N, in.pack.Count.Cap.Value),
			"Weight": in.pack.Count.Weight.Value.Exact(), "Points": in.points(c.Points),
		},
	}
	if c.Required != nil {
		required.Key, required.Args = "scoring.required", map[string]any{"Required": *c.Required}
		required.Value = decimal.FromInt(*c.Required).Ratio()
		count.Rule = RuleGated
	}
	if !c.Satisfied {
		count.Key, count.Args = "scoring.count_closed", map[string]any{"Covered": c.Covered, "Required": *c.Required}
	}
	return []Reason{
		{
			Figure: FigureN, Rule: RuleN, Basis: b.none, Value: decimal.FromInt(c.N).Ratio(),
			Key: "scoring.n", Args: map[string]any{"N": c.N},
		},
		{
			Figure: FigureCovered, Rule: RuleCovered, Basis: b.covered, Value: decimal.FromInt(c.Covered).Ratio(),
			Key: "scoring.covered", Args: map[string]any{"Covered": c.Covered},
		},
		required, count,
	}
}

func (in *Instrument) explainIndex(r Result) []Reason {
	b, places := in.bases, in.pack.Rounding.Places
	total, index := r.Total.Round(places), r.Index
	return []Reason{
		{
			Figure: FigureTotal, Rule: RuleTotal, Basis: b.total, Value: r.Total,
			Key: "scoring.total", Args: map[string]any{
				"SPD": in.points(r.SPD.Points), "Mean": r.Mean.Round(in.pack.Rounding.MeanPlaces),
				"Number": in.points(r.Count.Points), "Total": total,
			},
		},
		{
			Figure: FigureMax, Rule: RuleStated, Basis: b.max, Value: r.Max.Ratio(),
			Key: "scoring.max", Args: map[string]any{"Max": in.points(r.Max)},
		},
		{
			Figure: FigureIndex, Rule: RuleIndex, Basis: b.index, Value: r.Exact,
			Key: "scoring.index", Args: map[string]any{"Total": total, "Max": in.points(r.Max), "Index": index},
		},
		{
			Figure: FigurePredicate, Rule: RulePredicate, Basis: b.predicate, Value: index.Value.Ratio(),
			Key: "scoring.predicate", Args: map[string]any{"Index": index, "Predicate": r.Predicate},
		},
	}
}
