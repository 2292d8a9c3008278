package indexweb

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/zone"
	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/period"
	"siida.id/web/ui"
)

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
