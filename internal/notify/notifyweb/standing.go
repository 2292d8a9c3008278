package notifyweb

import (
	"context"
	"slices"
	"strconv"

	"siida.id/internal/base/decimal"
	"siida.id/internal/board"
	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/web/ui"
)

// ownStanding says where the reader's agencies stand.
func (p homePage) ownStanding(ctx context.Context) ui.Standing {
	o := *p.Own
	args := i18n.Args{"Year": p.Period.ID, "Agency": o.AgencyName}
	s := ui.Standing{Title: i18n.T(ctx, "notify.own_title", args), Number: strconv.Itoa(o.Finished)}
	if o.AgencyName != "" {
		s.Title = i18n.T(ctx, "notify.agency_title", args)
	}
	if o.Innovations == 0 {
		s.Unit = i18n.T(ctx, "notify.own_none")
		return s
	}
	s.Unit = i18n.T(ctx, "notify.own_finished", i18n.Args{"Total": o.Total})
	if o.Counting == 0 {
		s.Line = i18n.T(ctx, "notify.own_not_counted", args)
	}
	s.Stats = []ui.Stat{
		{Number: points(ctx, o.Points), Name: i18n.T(ctx, "notify.own_points", i18n.Args{"Max": points(ctx, o.Max)}), Href: "#inovasi-kami"},
		{Number: "+" + points(ctx, o.Gain), Name: i18n.T(ctx, "notify.own_gain"), Href: "/tugas"},
		{Number: strconv.Itoa(o.Counting), Name: i18n.T(ctx, "notify.own_counting", i18n.Args{"Total": o.Innovations}), Href: "/indeks/" + p.Period.ID + "/inovasi"},
	}
	return s
}

// indexStanding says where the region stands with its index.
func (p homePage) indexStanding(ctx context.Context) ui.Standing {
	o := p.Index
	args := i18n.Args{"Year": o.Period.ID}
	s := ui.Standing{Number: i18n.Decimal(ctx, o.Result.Index), Predicate: o.Result.Predicate, Grand: !leads(ctx)}
	s.Title = i18n.T(ctx, "notify.index_title", args)
	if p.Period == nil {
		s.Title = i18n.T(ctx, "notify.index_closed", args)
	}
	for _, b := range o.Period.Pack.Predicates.Bands {
		s.Foreign = append(s.Foreign, b.Label)
	}
	further := ""
	if band, lacks, found := o.Distance(); found {
		further = i18n.T(ctx, "notify.further", i18n.Args{"Points": i18n.Decimal(ctx, lacks.Round(2)), "Predicate": band.Label})
	}
	line := []string{}
	if s.Grand {
		line = append(line, further)
	} else {
		s.Note = further
	}
	if o.LastYear.Day != "" {
		line = append(line, i18n.T(ctx, "notify.last_year", i18n.Args{"Year": o.LastYear.PeriodID, "Figure": i18n.Decimal(ctx, o.LastYear.Figure.Round(2)), "Predicate": predicate(o.Period.Pack, o.LastYear)}))
	}
	if o.ThisDay.Day != "" {
		line = append(line, i18n.T(ctx, "notify.this_day", i18n.Args{"Figure": i18n.Decimal(ctx, o.ThisDay.Figure.Round(2))}))
	}
	if o.IfProven.Exact.Compare(o.Result.Exact) > 0 {
		line = append(line, i18n.T(ctx, "notify.if_proven", i18n.Args{"Figure": i18n.Decimal(ctx, o.IfProven.Index)}))
	}
	s.Line = join(line)
	change := (*ui.Moved)(nil)
	if o.Week.Day != "" && p.Period != nil {
		change = moved(ctx, o.Change(o.Week), o.Result.Index.Places, p.since(ctx, o.Week.Day))
	}
	if s.Grand {
		s.Moved = change
		return s
	}
	s.Stats = p.regionStats(ctx, change)
	return s
}

// join joins sentences.
func join(sentences []string) (text string) {
	for _, s := range sentences {
		if s == "" {
			continue
		}
		if text != "" {
			text += " "
		}
		text += s
	}
	return text
}

// predicate returns the predicate that a figure had by the bands of a pack.
func predicate(pack *instrument.Pack, m index.Snapshot) string {
	band, _ := pack.Predicate(m.Figure)
	return band.Label
}

// regionStats are the figures beside the index, each with the address of its list.
func (p homePage) regionStats(ctx context.Context, change *ui.Moved) (list []ui.Stat) {
	if change != nil {
		list = append(list, ui.Stat{Moved: &ui.Moved{Sign: change.Sign, Text: change.Text}, Name: change.Since, Href: "/indeks/" + p.Index.Period.ID + "/riwayat"})
	}
	list = append(list, ui.Stat{Number: strconv.Itoa(p.Index.Result.Count.N), Name: i18n.T(ctx, "notify.counted"), Href: "/indeks/" + p.Index.Period.ID + "/inovasi"})
	if p.Period == nil {
		return list
	}
	return append(list,
		ui.Stat{Number: strconv.Itoa(p.Board.Count(board.Late)), Name: i18n.T(ctx, "notify.late"), Href: groupPage(board.Late)},
		ui.Stat{Number: strconv.Itoa(p.Board.Count(board.Done)), Name: i18n.T(ctx, "notify.complete"), Href: groupPage(board.Done)},
	)
}

// gauge is the scale of the index, with last year's mark.
func (p homePage) gauge(ctx context.Context) ui.Gauge {
	o := p.Index
	g := ui.Gauge{
		Said:  i18n.T(ctx, "index.scale", i18n.Args{"Index": i18n.Decimal(ctx, o.Result.Index)}),
		Value: position(o.Result.Index.Value), Bands: bands(o.Period.Pack, o.Result.Predicate),
	}
	if o.LastYear.Day != "" {
		figure := o.LastYear.PeriodID + ": " + i18n.Decimal(ctx, o.LastYear.Figure.Round(2))
		g.Last = &ui.Mark{Text: figure, At: position(o.LastYear.Figure), Known: true}
		g.Said += ". " + figure
	}
	return g
}

// years returns the course of the index over the years; nothing while there is only one.
func (p homePage) years(ctx context.Context) (list []ui.Year, said string) {
	if len(p.Years) < 2 {
		return nil, ""
	}
	for _, y := range p.Years {
		one := ui.Year{Label: y.ID, Known: y.Known, Bands: bands(y.Pack, "")}
		figure := y.Mark.Figure.Round(2)
		if y.ID == p.Index.Period.ID && p.Period != nil {
			one.Known, one.Running, figure = true, true, p.Index.Result.Index
		}
		one.Value, one.Text = position(figure.Value), i18n.Decimal(ctx, figure)
		for _, b := range slices.Backward(y.Pack.Predicates.Bands) {
			if b.From != b.To {
				one.Limits = append(one.Limits, i18n.Decimal(ctx, b.From.Round(2)))
			}
		}
		list = append(list, one)
		if one.Known {
			said += y.ID + ": " + one.Text + ". "
		}
	}
	return list, said
}

// bands returns the predicates of a pack from the lowest up, for drawing.
func bands(pack *instrument.Pack, here string) (list []ui.Band) {
	for _, b := range slices.Backward(pack.Predicates.Bands) {
		if b.From != b.To {
			list = append(list, ui.Band{Name: b.Label, From: position(b.From), To: position(b.To), Here: b.Label == here})
		}
	}
	return list
}

// position returns a coordinate of a chart; no figure is computed from it.
func position(d decimal.Decimal) float64 {
	place, _ := strconv.ParseFloat(d.String(), 64)
	return place
}
