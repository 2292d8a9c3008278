package reportweb

import (
	"context"
	"strings"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sheet"
	"siida.id/internal/instrument"
	"siida.id/internal/report"
	"siida.id/internal/scoring"
)

// printContext is a report with what is needed to format it.
type printContext struct {
	ctx context.Context //nolint:containedctx // lives as long as the request
	Place
	report.Report
}

// Place describes the region of a report.
type Place struct {
	Region string // its name
	Sample bool   // it is made up
}

func (p printContext) t(id string, args ...i18n.Args) string { return i18n.T(p.ctx, id, args...) }

// mark returns the watermark of every page: that the region is made up, or that this
// is a draft.
func (p printContext) mark() string {
	var words []string
	if p.Sample {
		words = append(words, p.t("report.sample"))
	}
	if p.Draft() {
		words = append(words, p.t("report.draft"))
	}
	return strings.Join(words, " · ")
}

// numberText returns the number, or a text for none.
func (p printContext) numberText() string {
	if p.Draft() {
		return p.t("report.unissued")
	}
	return p.t("report.number_of", i18n.Args{"Number": p.Number})
}

// checked returns a text with the address at which anybody can check an issued
// report; empty for a draft.
func (p printContext) checked() string {
	if p.Draft() {
		return ""
	}
	_, host, _ := strings.Cut(p.Site, "://")
	return p.t("report.check_at", i18n.Args{"Address": host + checkPath(p.Code)})
}

// day returns the moment of a file: the same all day, so that the same figures give
// the same bytes.
func (p printContext) day() time.Time {
	y, m, d := p.Today.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// title returns a title with region and year.
func (p printContext) title() string {
	return p.t("report.index_title", i18n.Args{"Region": p.Region, "Year": p.Period.ID})
}

// state returns a text with the day of the figures.
func (p printContext) state() string {
	if !p.SnapshotAt.IsZero() {
		return p.t("index.closed", i18n.Args{"Moment": i18n.Moment(p.ctx, p.SnapshotAt)})
	}
	return p.t("report.at", i18n.Args{"Day": i18n.Day(p.ctx, p.Today)})
}

// line is a figure of the summary, claimed and verified; as text if it is no number.
type line struct {
	name    string
	claimed any // decimal.Rounded, int or string
	sure    string
}

// lines returns the figures of the index.
func (p printContext) lines() []line {
	sure := map[scoring.Figure]string{}
	for _, r := range p.Reasons {
		sure[r.Figure] = p.sure(r.Basis)
	}
	c, round := p.Result, p.Period.Pack.Rounding
	of := func(f scoring.Figure, claimed any) line {
		return line{p.figure(f), claimed, sure[f]}
	}
	return []line{
		of(scoring.FigureSPD, c.SPD.Points.Round(round.Places)),
		of(scoring.FigureMean, c.Mean.Round(round.MeanPlaces)),
		of(scoring.FigureN, c.Count.N),
		of(scoring.FigureCovered, c.Count.Covered),
		of(scoring.FigureCount, c.Count.Points.Round(round.Places)),
		of(scoring.FigureTotal, c.Total.Round(round.Places)),
		of(scoring.FigureMax, c.Max.Round(round.Places)),
		of(scoring.FigureIndex, c.Index),
		of(scoring.FigurePredicate, c.Predicate),
	}
}

// written formats a value.
func (p printContext) written(value any) string {
	switch v := value.(type) {
	case decimal.Rounded:
		return i18n.Decimal(p.ctx, v)
	case sheet.Percent:
		return i18n.Decimal(p.ctx, decimal.Rounded(v)) + "%"
	case int:
		return i18n.Number(p.ctx, int64(v))
	case day.Day:
		return i18n.Day(p.ctx, v)
	case string:
		return v
	}
	return ""
}

func (p printContext) sure(basis instrument.Basis) string {
	return p.t(index.CertaintyKey(basis.Certainty))
}

func (p printContext) figure(f scoring.Figure) string { return p.t(index.FigureKey(f)) }

// why returns a reason as a row: figure, inputs, rule, sources and certainty.
func (p printContext) why(figure string, r scoring.Reason) []any {
	return []any{figure, i18n.Format(p.ctx, r.Key, r.Args), string(r.Rule), strings.Join(r.Sources, ", "), p.sure(r.Basis)}
}

func (p printContext) points(value decimal.Ratio) decimal.Rounded {
	return value.Round(p.Period.Pack.Rounding.Places)
}

// notes returns what a reader must know before the figures.
func (p printContext) notes() (list []string) {
	list = append(list, p.state())
	if m := p.Published(); m != nil {
		list = append(list, p.source(m))
	}
	if p.Period.Pack.Status.Estimate() {
		list = append(list, p.t("index.estimate")+". "+p.Period.Pack.Note)
	}
	if p.Others > 0 {
		list = append(list, p.t("index.others", i18n.Args{"Count": p.Others}))
	}
	return list
}

// figureOf formats a figure of the register in the language of ctx.
func figureOf(ctx context.Context, printed string) string {
	value, err := decimal.Parse(printed)
	if err != nil {
		return printed
	}
	_, fraction, _ := strings.Cut(printed, ".")
	return i18n.Decimal(ctx, decimal.Rounded{Value: value, Places: len(fraction)})
}
