package indexweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/page"
	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/regional"
	"siida.id/internal/scoring"
	"siida.id/web/ui"
)

type reportPage struct {
	ui.Frame
	index.Report
}

func (p reportPage) at(rest string) string { return "/indeks/" + p.Period.ID + rest }

// home returns the address of the overview of the page's day.
func (p reportPage) home() string { return p.on("") }

// on adds the page's day to an address without a query.
func (p reportPage) on(rest string) string {
	if p.Day != "" {
		rest += "?hari=" + string(p.Day)
	}
	return p.at(rest)
}

// dated adds the page's day to an address with a query.
func (p reportPage) dated(rest string) string {
	if p.Day != "" {
		rest += "&hari=" + string(p.Day)
	}
	return p.at(rest)
}

// pages returns the links to the pages of a list, from an address without a
// page number.
func pages[T any](shown page.Part[T], address string) ui.Pages {
	sign := "?"
	if strings.Contains(address, "?") {
		sign = "&"
	}
	return ui.Pages{Number: shown.Number, Last: shown.Last, Href: func(n int) string {
		return address + sign + "halaman=" + strconv.Itoa(n)
	}}
}

// bands returns the predicates from the lowest up, for the scale.
func (p reportPage) bands() (list []ui.Band) {
	bands := p.Period.Pack.Predicates.Bands
	for i := range bands {
		b := bands[len(bands)-1-i]
		if b.From == b.To {
			continue
		}
		list = append(list, ui.Band{Name: b.Label, From: position(b.From), To: position(b.To), Here: b.Label == p.Result.Predicate})
	}
	return list
}

// standing says where the region stands.
func (p reportPage) standing(ctx context.Context) ui.Standing {
	s := ui.Standing{
		Title: p.of(ctx), Number: i18n.Decimal(ctx, p.Result.Index), Predicate: p.Result.Predicate, Grand: true,
	}
	if band, lacks, found := p.Distance(); found {
		s.Note = i18n.T(ctx, "index.further", i18n.Args{"Points": i18n.Decimal(ctx, lacks.Round(2)), "Predicate": band.Label})
		s.Foreign = []string{band.Label}
	}
	return s
}

// of names the index: of an open period it may still change.
func (p reportPage) of(ctx context.Context) string {
	args := i18n.Args{"Year": p.Period.ID}
	if p.Period.State == period.Open && p.Day == "" {
		return i18n.T(ctx, "index.of_open", args)
	}
	return i18n.T(ctx, "index.of", args)
}

// variableID is the place of a variable's details on the page.
func variableID(v scoring.Part) string { return "var-" + v.Variable.Code }

// gauge is the scale of the index, with the bands of its pack.
func (p reportPage) gauge(ctx context.Context) ui.Gauge {
	return ui.Gauge{
		Said:  i18n.T(ctx, "index.scale", i18n.Args{"Index": i18n.Decimal(ctx, p.Result.Index)}) + ". " + p.limits(ctx),
		Value: position(p.Result.Index.Value), Bands: p.bands(),
	}
}

// stepLines returns steps as rows, each with its gain.
func (p reportPage) stepLines(ctx context.Context, list []index.Step) (lines []ui.Line) {
	for _, s := range list {
		lines = append(lines, ui.Line{Text: step(ctx, s), Part: named(s), Href: p.leads(ctx, s), Why: about(ctx, s), Worth: gain(ctx, s.Gain), Unit: i18n.T(ctx, "index.index_points")})
	}
	return lines
}

// three returns the parts of the index with what each adds to it.
func (p reportPage) three(ctx context.Context) []ui.Share {
	share := func(name, href string, value decimal.Ratio, of decimal.Decimal) ui.Share {
		return ui.Share{
			Name: name, Href: href, Part: part(value, of),
			Of:    i18n.T(ctx, "index.points_of", i18n.Args{"Points": p.points(ctx, value), "Max": p.complete(ctx, of)}),
			Total: i18n.Decimal(ctx, value.PercentOf(p.Result.Max).Round(2)),
		}
	}
	r := p.Result
	return []ui.Share{
		share(i18n.T(ctx, "index.step_region"), "#angka-"+string(scoring.FigureSPD), r.SPD.Points.Ratio(), r.SPD.Max),
		share(i18n.T(ctx, "index.mean_of", i18n.Args{"Count": r.Count.N}), "#angka-"+string(scoring.FigureMean), r.Mean, p.MaxMaturity()),
		share(i18n.T(ctx, "index.count_of", i18n.Args{"Count": r.Count.N, "Weight": p.complete(ctx, p.Period.Pack.Count.Weight.Value)}), "#angka-"+string(scoring.FigureCount),
			r.Count.Points.Ratio(), p.Period.Pack.Count.Weight.Value.Times(p.Period.Pack.Count.Cap.Value)),
	}
}

// eight returns the variables with their points.
func (p reportPage) eight(ctx context.Context) (list []ui.Share) {
	for _, v := range p.Parts {
		if len(v.Rows) > 0 {
			list = append(list, ui.Share{
				Name: v.Variable.Name, Foreign: true, Href: "#" + variableID(v), Part: part(v.Points, v.Max),
				Of: i18n.T(ctx, "index.points_of", i18n.Args{"Points": p.points(ctx, v.Points), "Max": p.complete(ctx, v.Max)}),
			})
		}
	}
	return list
}

// position returns a coordinate of a chart; no figure is computed from it.
func position(d decimal.Decimal) float64 {
	place, _ := strconv.ParseFloat(d.String(), 64)
	return place
}

// part returns value / max, for charts only.
func part(value decimal.Ratio, max decimal.Decimal) float64 {
	if max == 0 {
		return 0
	}
	return position(value.Round(4).Value) / position(max)
}

// limits returns the limits of each band of the scale.
func (p reportPage) limits(ctx context.Context) string {
	bands := p.Period.Pack.Predicates.Bands
	texts := make([]string, len(bands))
	for i, b := range bands {
		texts[len(bands)-1-i] = b.Label + " " + limit(ctx, b)
	}
	return strings.Join(texts, "; ")
}

// limit returns the limits of a band.
func limit(ctx context.Context, b instrument.Band) string {
	if b.From == b.To {
		return i18n.Decimal(ctx, b.From.Round(2))
	}
	return i18n.Decimal(ctx, b.From.Round(2)) + "–" + i18n.Decimal(ctx, b.To.Round(2))
}

func figure(ctx context.Context, f scoring.Figure) string { return i18n.T(ctx, index.FigureKey(f)) }

// counts are the integer figures.
var counts = []scoring.Figure{scoring.FigureRequired, scoring.FigureDivisor, scoring.FigureN, scoring.FigureCovered}

// value formats a reason's figure as it is printed.
func (p reportPage) value(ctx context.Context, r scoring.Reason) ui.Value {
	switch f := r.Figure; {
	case f == scoring.FigurePredicate:
		return ui.Value{Text: p.Result.Predicate, Foreign: true}
	case f == scoring.FigureRequired && p.Result.Count.Required == nil:
		return ui.TextValue(i18n.T(ctx, "index.no_gate"))
	case slices.Contains(counts, f):
		return ui.TextValue(i18n.Decimal(ctx, r.Value.Round(0)))
	case f == scoring.FigureMean:
		return ui.TextValue(i18n.Decimal(ctx, r.Value.Round(p.Period.Pack.Rounding.MeanPlaces)))
	}
	return ui.TextValue(p.points(ctx, r.Value))
}

func (p reportPage) points(ctx context.Context, value decimal.Ratio) string {
	return i18n.Decimal(ctx, value.Round(p.Period.Pack.Rounding.Places))
}

func (p reportPage) complete(ctx context.Context, value decimal.Decimal) string {
	return p.points(ctx, value.Ratio())
}

// gain formats a contribution to the index, with its sign.
func gain(ctx context.Context, value decimal.Ratio) string {
	return "+" + i18n.Decimal(ctx, value.Round(2))
}

// sources returns the source codes of the reasons, in order.
func (p reportPage) sources() (codes []string) {
	for _, r := range p.Reasons {
		for _, code := range r.Sources {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// source returns the certainty and sources of a figure; the codes are explained
// below the figures.
func source(ctx context.Context, basis instrument.Basis) string {
	sure := i18n.T(ctx, index.CertaintyKey(basis.Certainty))
	if len(basis.Sources) == 0 {
		return sure
	}
	return i18n.T(ctx, "index.source", i18n.Args{"Source": strings.Join(basis.Sources, ", "), "Sure": sure})
}

// step describes a step.
func step(ctx context.Context, s index.Step) string {
	args := i18n.Args{"From": s.From, "To": s.To, "Needed": s.Needed, "Affairs": named(s), "Indicator": named(s)}
	switch s.Kind {
	case planner.Prove:
		return i18n.T(ctx, "index.step_prove", args)
	case planner.Raise:
		return i18n.T(ctx, "index.step_raise", args)
	case planner.Cover:
		return i18n.T(ctx, "index.step_cover", args)
	}
	return ""
}

// named returns the instrument's text in a step: an indicator by number and
// name, or the affairs to cover.
func named(s index.Step) string {
	if s.Indicator == nil {
		return strings.Join(s.Affairs, "; ")
	}
	return strconv.Itoa(s.Indicator.Number) + " " + s.Indicator.Name
}

// leads returns the page of a step; empty if the actor may not open it.
func (p reportPage) leads(ctx context.Context, s index.Step) string {
	who := actor.From(ctx)
	switch {
	case s.Kind == planner.Cover && !innovation.MayRegister(who), s.Kind != planner.Cover && s.Entry == nil && !regional.MayRead(who):
		return ""
	case s.Kind == planner.Cover:
		return "/inovasi/baru"
	case s.Entry == nil:
		return "/daerah/" + p.Period.ID + "/" + s.Indicator.Code
	}
	return "/inovasi/" + s.Entry.ID + "/" + p.Period.ID + "/" + s.Indicator.Code
}

// about returns the subject of a step.
func about(ctx context.Context, s index.Step) string {
	if s.Entry == nil {
		return i18n.T(ctx, "index.step_region")
	}
	return s.Entry.Name + " · " + s.Entry.AgencyName
}

// spread returns the bins of the maturities for the chart and its table.
func (p reportPage) spread() (list []ui.Pillar) {
	for _, b := range p.Distribution() {
		list = append(list, ui.Pillar{Label: strconv.Itoa(b.From) + "–" + strconv.Itoa(b.To), N: b.Innovations})
	}
	return list
}
