package indexweb

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/page"
	"siida.id/internal/base/zone"
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
	if band, found := p.next(); found {
		s.Note = i18n.T(ctx, "index.further", i18n.Args{"Points": i18n.Decimal(ctx, (band.From - p.Result.Index.Value).Round(2)), "Predicate": band.Label})
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

// standing says where the region stands, with what the figure would be if every answer
// had its evidence.
func (p overviewPage) standing(ctx context.Context) ui.Standing {
	s := p.reportPage.standing(ctx)
	if own := p.own(); len(own) > 0 && p.Day == "" {
		if week, found := index.LastUpTo(own, own[len(own)-1].Day.AddDays(-7)); found {
			s.Moved = moved(ctx, p.Change(week), i18n.T(ctx, "index.since", i18n.Args{"Day": i18n.Day(ctx, week.Day)}))
		}
	}
	if p.Period.State == period.Open && p.IfProven.Index != p.Result.Index {
		s.Line = i18n.T(ctx, "index.if_proven", i18n.Args{"Index": i18n.Decimal(ctx, p.IfProven.Index)})
	}
	if m := p.Published(); m != nil {
		s.Line = i18n.T(ctx, "index.national_said", i18n.Args{"Index": i18n.Decimal(ctx, m.Figure.Round(2)), "Day": i18n.Day(ctx, m.Day), "Source": m.Source})
	}
	return s
}

// gauge is the scale with the mark of the year before.
func (p overviewPage) gauge(ctx context.Context) ui.Gauge {
	g := p.reportPage.gauge(ctx)
	if m, found := index.MarkOf(p.before); found {
		g.Last = &ui.Mark{Text: i18n.T(ctx, "index.year_mark", i18n.Args{"Year": m.PeriodID, "Index": i18n.Decimal(ctx, m.Figure.Round(2))}), At: position(m.Figure), Known: true}
		g.Said += ". " + g.Last.Text
	}
	return g
}

// moved is a change of the index.
func moved(ctx context.Context, by decimal.Decimal, since string) *ui.Moved {
	sign := cmp.Compare(by, 0)
	if sign < 0 {
		by = -by
	}
	return &ui.Moved{Sign: sign, Text: i18n.Decimal(ctx, by.Round(2)), Since: since}
}

// own returns the snapshots of the region's own figures, the oldest first.
func (p reportPage) own() []index.Snapshot { return ownOf(p.Snapshots) }

func ownOf(list []index.Snapshot) []index.Snapshot {
	return slices.DeleteFunc(slices.Clone(list), func(m index.Snapshot) bool { return m.Kind == index.National })
}

// drawn returns the years up to the page's, for the chart.
func (p overviewPage) drawn(ctx context.Context) (list []ui.Year) {
	for _, y := range p.years {
		if y.Year > p.Period.Year {
			continue
		}
		figure, known := y.Mark.Figure, y.Known
		if y.ID == p.Period.ID && y.Mark.Kind != index.National {
			figure, known = p.Result.Index.Value, true
		}
		drawn := ui.Year{Label: y.ID, Value: position(figure), Known: known, Running: y.State == period.Open}
		if known {
			drawn.Text = i18n.Decimal(ctx, figure.Round(2))
		}
		for _, b := range slices.Backward(y.Pack.Predicates.Bands) {
			if b.From != b.To {
				drawn.Bands = append(drawn.Bands, ui.Band{Name: b.Label, From: position(b.From), To: position(b.To)})
				drawn.Limits = append(drawn.Limits, i18n.Decimal(ctx, b.From.Round(2)))
			}
		}
		list = append(list, drawn)
	}
	return list
}

// yearsSaid says what the chart of the years shows.
func (p overviewPage) yearsSaid(ctx context.Context) string {
	var list []string
	for _, y := range p.drawn(ctx) {
		if y.Known {
			list = append(list, y.Label+" "+y.Text)
		}
	}
	return i18n.T(ctx, "index.years_said", i18n.Args{"Figures": strings.Join(list, "; ")})
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

// courseOf is the year by day beside the year before, from the first day of either to the
// last.
func (p overviewPage) courseOf(ctx context.Context) ui.Course {
	now, before := p.own(), ownOf(p.before)
	if len(now) == 0 {
		return ui.Course{}
	}
	first, last := inYear(now[0]), inYear(now[len(now)-1])
	for _, m := range before {
		first, last = min(first, inYear(m)), max(last, inYear(m))
	}
	if !p.Period.Closes.IsZero() {
		last = max(last, inYear(index.Snapshot{PeriodID: p.Period.ID, Day: zone.Day(ctx, p.Period.Closes)}))
	}
	points := func(list []index.Snapshot) (points []ui.Point) {
		for _, m := range list {
			points = append(points, ui.Point{X: (inYear(m) - first) / max(last-first, 1), Y: position(m.Figure)})
		}
		return points
	}
	newest := now[len(now)-1]
	c := ui.Course{
		Said: i18n.T(ctx, "index.history_said", i18n.Args{
			"First": i18n.Decimal(ctx, now[0].Figure.Round(2)), "From": i18n.Day(ctx, now[0].Day), "Last": i18n.Decimal(ctx, newest.Figure.Round(2)), "Until": i18n.Day(ctx, newest.Day),
		}),
		Now: points(now), Before: points(before), Text: i18n.Decimal(ctx, newest.Figure.Round(2)), Bands: p.bands(),
		From: i18n.ShortDay(ctx, dayOfYear(p.Period.Year, first)), Until: i18n.ShortDay(ctx, dayOfYear(p.Period.Year, last)),
	}
	if m, found := index.MarkOf(before); found {
		c.BeforeText = i18n.T(ctx, "index.year_mark", i18n.Args{"Year": m.PeriodID, "Index": i18n.Decimal(ctx, m.Figure.Round(2))})
	}
	return c
}

// inYear returns the number of a snapshot's day, counted from the first day of its
// period's year: later than 366 in the year after.
func inYear(m index.Snapshot) float64 {
	year, _ := strconv.Atoi(m.PeriodID)
	return float64(day.Day(fmt.Sprintf("%04d-01-01", year)).DaysUntil(m.Day) + 1)
}

func dayOfYear(year int, n float64) day.Day {
	return day.Day(fmt.Sprintf("%04d-01-01", year)).AddDays(int(n) - 1)
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

// next returns the band above that of the index, if any.
func (p reportPage) next() (instrument.Band, bool) {
	bands := p.Period.Pack.Predicates.Bands
	i := slices.IndexFunc(bands, func(b instrument.Band) bool { return b.Label == p.Result.Predicate })
	if i < 1 {
		return instrument.Band{}, false
	}
	return bands[i-1], true
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
