package reportweb

import (
	"context"
	"strings"

	"siida.id/internal/base/decimal"
	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/internal/report"
	"siida.id/internal/scoring"
)

// paper is a report with what its words need.
type paper struct {
	ctx    context.Context //nolint:containedctx // lives as long as the request whose words it speaks
	region string
	sample bool
	report.Report
}

func (p paper) t(id string, args ...i18n.Args) string { return i18n.T(p.ctx, id, args...) }

// mark is the word on every page of a made-up region.
func (p paper) mark() string {
	if p.sample {
		return p.t("report.sample")
	}
	return ""
}

// title names region and year.
func (p paper) title() string {
	return p.t("report.index_title", i18n.Args{"Region": p.region, "Year": p.Period.ID})
}

// state says of what moment the figures are.
func (p paper) state() string {
	zone := p.Period.Zone.Location()
	if !p.KeptAt.IsZero() {
		return p.t("index.closed", i18n.Args{"Moment": i18n.Moment(p.ctx, p.KeptAt, zone)})
	}
	return p.t("report.at", i18n.Args{"Moment": i18n.Moment(p.ctx, p.At, zone)})
}

// line is one figure of the summary, as claimed and as verified; a text where
// it is no number.
type line struct {
	name              string
	claimed, verified any // decimal.Rounded, int or string
	sure              string
}

// lines are the figures that the index is made of.
func (p paper) lines() []line {
	sure := map[scoring.Figure]string{}
	for _, r := range p.Reasons {
		sure[r.Figure] = p.sure(r.Basis)
	}
	c, v, round := p.Result, p.Verified, p.Period.Pack.Rounding
	of := func(f scoring.Figure, claimed, verified any) line {
		return line{p.figure(f), claimed, verified, sure[f]}
	}
	return []line{
		of(scoring.FigureSPD, c.SPD.Points.Round(round.Places), v.SPD.Points.Round(round.Places)),
		of(scoring.FigureMean, c.Mean.Round(round.MeanPlaces), v.Mean.Round(round.MeanPlaces)),
		of(scoring.FigureN, c.Count.N, v.Count.N),
		of(scoring.FigureCovered, c.Count.Covered, v.Count.Covered),
		of(scoring.FigureCount, c.Count.Points.Round(round.Places), v.Count.Points.Round(round.Places)),
		of(scoring.FigureTotal, c.Total.Round(round.Places), v.Total.Round(round.Places)),
		of(scoring.FigureMax, c.Max.Round(round.Places), v.Max.Round(round.Places)),
		of(scoring.FigureIndex, c.Index, v.Index),
		of(scoring.FigurePredicate, c.Predicate, v.Predicate),
	}
}

// written is a value as a page prints it.
func (p paper) written(value any) string {
	switch v := value.(type) {
	case decimal.Rounded:
		return i18n.Decimal(p.ctx, v)
	case int:
		return i18n.Number(p.ctx, int64(v))
	case string:
		return v
	}
	return ""
}

func (p paper) sure(basis instrument.Basis) string { return p.t(index.CertaintyKey(basis.Certainty)) }

func (p paper) figure(f scoring.Figure) string { return p.t(index.FigureKey(f)) }

// why is a reason as a row: figure, inputs, rule, sources and certainty.
func (p paper) why(r scoring.Reason) []string {
	return []string{p.figure(r.Figure), i18n.Say(p.ctx, r.Key, r.Args), string(r.Rule), strings.Join(r.Sources, ", "), p.sure(r.Basis)}
}

func (p paper) verdict(o index.Omission) string {
	return p.t(o.Verdict.Key, i18n.Args{
		"Year": p.Period.ID, "Day": i18n.Day(p.ctx, o.Verdict.Day), "From": i18n.Day(p.ctx, o.Verdict.From), "To": i18n.Day(p.ctx, o.Verdict.To),
	})
}

func (p paper) points(value decimal.Ratio) decimal.Rounded {
	return value.Round(p.Period.Pack.Rounding.Places)
}

// notes are what a reader must know before the figures.
func (p paper) notes() (list []string) {
	list = append(list, p.state(), p.t("report.unissued"))
	if p.Period.Pack.Status.Estimate() {
		list = append(list, p.t("index.estimate")+". "+p.Period.Pack.Note)
	}
	if p.Undecided > 0 {
		list = append(list, p.t("index.undecided", i18n.Args{"Count": p.Undecided}))
	}
	if p.Others > 0 {
		list = append(list, p.t("index.others", i18n.Args{"Count": p.Others}))
	}
	return list
}
