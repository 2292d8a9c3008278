package notifyweb

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/zone"
	"siida.id/internal/board"
	"siida.id/internal/evidence"
	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/innovation"
	"siida.id/internal/notify"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/regional"
	"siida.id/web/ui"
)

type homePage struct {
	ui.Frame
	notify.Home
	Today day.Day
}

// Limits of what the home page shows.
const (
	maxTodos = 3
	maxSteps = 3
	maxLines = 10
	maxBest  = 5
	maxLate  = 9
)

// leads reports whether the reader is BRIDA or an admin.
func leads(ctx context.Context) bool { return period.MayOpen(actor.From(ctx)) }

// closes returns the end of the window as text, for people without a task.
func (p homePage) closes(ctx context.Context) string {
	if p.Next.Due.IsZero() || p.Period == nil {
		return ""
	}
	args := i18n.Args{"Year": p.Period.ID, "Moment": i18n.Moment(ctx, p.Next.Due)}
	if p.Over(p.Next.Due) {
		return i18n.T(ctx, "notify.closes_over", args)
	}
	return i18n.T(ctx, "notify.closes", args)
}

// over says that the time of the actor is over, or has not begun, whatever else there is
// to do; empty if neither is so.
func (p homePage) over(ctx context.Context) string {
	switch {
	case p.Next.Key == "notify.nothing_over", p.Next.Key == "notify.nothing_early":
		return said(ctx, p.Next)
	case p.Period != nil && p.Over(p.Next.Due):
		return p.closes(ctx)
	}
	return ""
}

func said(ctx context.Context, t notify.Todo) string {
	return map[string]string{
		"notify.add_agency":       i18n.T(ctx, "notify.add_agency"),
		"notify.open_period":      i18n.T(ctx, "notify.open_period"),
		"notify.set_window":       i18n.T(ctx, "notify.set_window", t.Args),
		"notify.endorse":          i18n.T(ctx, "notify.endorse", t.Args),
		"notify.endorse_again":    i18n.T(ctx, "notify.endorse_again", t.Args),
		"notify.answer_transfer":  i18n.T(ctx, "notify.answer_transfer", t.Args),
		"notify.answer_data":      i18n.T(ctx, "notify.answer_data", t.Args),
		"notify.check_data":       i18n.T(ctx, "notify.check_data", t.Args),
		"notify.request_moved":    i18n.T(ctx, "notify.request_moved", t.Args),
		"notify.request_released": i18n.T(ctx, "notify.request_released", t.Args),
		"notify.request_lapsed":   i18n.T(ctx, "notify.request_lapsed", t.Args),
		"notify.transfer_lapsed":  i18n.T(ctx, "notify.transfer_lapsed", t.Args),
		"notify.register":         i18n.T(ctx, "notify.register"),
		"notify.deadline":         i18n.T(ctx, "notify.deadline", t.Args),
		"notify.opens":            i18n.T(ctx, "notify.opens", t.Args),
		"notify.window_closes":    i18n.T(ctx, "notify.window_closes", t.Args),
		"notify.extension":        i18n.T(ctx, "notify.extension", t.Args),
		"notify.extension_all":    i18n.T(ctx, "notify.extension_all"),

		"notify.nothing_yet":       i18n.T(ctx, "notify.nothing_yet"),
		"notify.nothing_appointed": i18n.T(ctx, "notify.nothing_appointed"),
		"notify.nothing_closed":    i18n.Format(ctx, "notify.nothing_closed", t.Args),
		"notify.nothing_early":     i18n.Format(ctx, "notify.nothing_early", t.Args),
		"notify.nothing_over":      i18n.Format(ctx, "notify.nothing_over", t.Args),
		"notify.nothing_head":      i18n.T(ctx, "notify.nothing_head"),
		"notify.nothing_region":    i18n.T(ctx, "notify.nothing_region"),
		"notify.nothing_own":       i18n.T(ctx, "notify.nothing_own"),
		"notify.nothing_next":      i18n.T(ctx, "notify.nothing_next"),
	}[t.Key]
}

// todoLines returns rows of things to do and days to know, at most max of them. The first
// has the main button of the page, if one is given.
func (p homePage) todoLines(ctx context.Context, list []notify.Todo, max int, button string) (lines []ui.Line) {
	for i, t := range list[:min(max, len(list))] {
		l := ui.Line{Text: said(ctx, t), Part: t.Foreign, Href: t.Href}
		if !t.Due.IsZero() {
			l = l.On(ctx, p.Today, zone.Day(ctx, t.Due))
			l.Why = i18n.T(ctx, "notify.due", i18n.Args{"Moment": i18n.Moment(ctx, t.Due)})
		}
		if i == 0 {
			l.Button = button
		}
		lines = append(lines, l)
	}
	return lines
}

// stepLines returns rows of steps. The first has the main button of the page, if the
// reader may do it and one is given.
func (p homePage) stepLines(ctx context.Context, list []notify.Step, button string) (lines []ui.Line) {
	for i, s := range list {
		l := ui.Line{Href: s.Href, Worth: "+" + points(ctx, s.Worth), Unit: i18n.T(ctx, "notify.points")}
		args := i18n.Args{"Innovation": s.InnovationName}
		if s.Indicator != nil {
			l.Part = s.Indicator.Name
			args["Number"], args["Name"] = s.Indicator.Number, s.Indicator.Name
		}
		switch s.Kind {
		case evidence.GapEvidence:
			l.Text, l.Why = i18n.T(ctx, "notify.step_prove", args), i18n.T(ctx, "notify.step_prove_why", args)
		case evidence.GapRepair:
			l.Text, l.Why, l.Alert = i18n.T(ctx, "notify.step_repair", args), i18n.T(ctx, "notify.step_repair_why", args), i18n.T(ctx, "notify.step_repair_alert")
		case evidence.GapAnswer:
			l.Text, l.Why, l.Unit = i18n.T(ctx, "notify.step_answer", args), i18n.T(ctx, "notify.step_answer_why", args), i18n.T(ctx, "notify.points_up_to")
		case notify.GapProfile:
			l.Text, l.Why = i18n.T(ctx, "notify.step_profile", args), i18n.T(ctx, "notify.step_profile_why", args)
		}
		if !s.Counts && s.Kind != notify.GapProfile {
			l.Alert = i18n.T(ctx, "notify.step_not_counted")
		}
		if !s.Own {
			l.Why = join([]string{l.Why, i18n.T(ctx, "notify.step_by_operator")})
		}
		if i == 0 && s.Own {
			l.Button = button
		}
		lines = append(lines, l)
	}
	return lines
}

// points formats points without zeros at the end.
func points(ctx context.Context, d decimal.Decimal) string { return i18n.Decimal(ctx, d.Exact()) }

// figure formats points as the pack prints them.
func (p homePage) figure(ctx context.Context, d decimal.Decimal) string {
	return i18n.Decimal(ctx, d.Round(p.Period.Pack.Rounding.Places))
}

// counts says whether and why the period counts an innovation.
func (p homePage) counts(ctx context.Context, l notify.Line) string {
	return i18n.T(ctx, l.Verdict.Key, i18n.Args{
		"Year": p.Period.ID, "Day": i18n.Day(ctx, l.Verdict.Day), "From": i18n.Day(ctx, l.Verdict.From), "To": i18n.Day(ctx, l.Verdict.To),
	})
}

// since says since when figures have changed.
func (p homePage) since(ctx context.Context, on day.Day) string {
	if on.DaysUntil(p.Today) == 7 {
		return i18n.T(ctx, "notify.in_a_week")
	}
	return i18n.T(ctx, "notify.since", i18n.Args{"Day": i18n.ShortDay(ctx, on)})
}

// moved says by how much a figure has changed.
func moved(ctx context.Context, change decimal.Decimal, places int, since string) *ui.Moved {
	m := &ui.Moved{Text: i18n.Decimal(ctx, max(change, -change).Round(places)), Since: since}
	switch {
	case change > 0:
		m.Sign = 1
	case change < 0:
		m.Sign = -1
	}
	return m
}

// groupPage is the address of a group of the board.
func groupPage(g board.Group) string { return "/kemajuan?kelompok=" + string(g) }

// lateLines returns the agencies that are late, with the reason.
func (p homePage) lateLines(ctx context.Context, list []board.Line) (lines []ui.Line) {
	for _, l := range list {
		key, args := l.Message()
		one := ui.Line{Text: l.Name, Why: i18n.Format(ctx, key, args), Href: "/perangkat-daerah/" + l.ID}
		if l.Total > 0 {
			one.Worth, one.Plain = i18n.T(ctx, "ui.some_of", i18n.Args{"Some": l.Finished, "All": l.Total}), true
		}
		lines = append(lines, one)
	}
	return lines
}

// bundleLines returns what adds most to the index.
func (p homePage) bundleLines(ctx context.Context, list []index.Bundle) (lines []ui.Line) {
	for _, b := range list {
		l := ui.Line{Worth: "+" + i18n.Decimal(ctx, b.Gain.Round(2)), Unit: i18n.T(ctx, "notify.index_unit")}
		args := i18n.Args{"Count": b.Innovations, "Agencies": b.Agencies, "Answers": b.Answers, "Points": index.LowMaturity}
		switch b.Kind {
		case index.ProveAll:
			args["Count"] = b.Answers
			l.Text, l.Why, l.Href = i18n.T(ctx, "notify.bundle_prove", args), i18n.T(ctx, "notify.bundle_prove_why", i18n.Args{"Count": b.Agencies}), "/indeks/"+p.Index.Period.ID+"/inovasi"
		case index.LiftLow:
			l.Text, l.Why, l.Href = i18n.T(ctx, "notify.bundle_low", args), i18n.T(ctx, "notify.bundle_low_why", i18n.Args{"Count": b.Agencies, "Points": index.LowMaturity}), "/indeks/"+p.Index.Period.ID+"/peringkat?daftar=inovasi"
		case index.OneOfMany:
			p.step(ctx, &l, b.Step)
		}
		lines = append(lines, l)
	}
	return lines
}

// step fills the row of a step of the region's own.
func (p homePage) step(ctx context.Context, l *ui.Line, s index.Step) {
	if s.Kind == planner.Cover {
		l.Text, l.Why = i18n.T(ctx, "notify.step_cover", i18n.Args{"Count": s.Needed}), i18n.T(ctx, "notify.step_cover_why")
		l.Href = "/indeks/" + p.Index.Period.ID + "#urusan"
		return
	}
	args := i18n.Args{"Name": s.Indicator.Name, "Number": s.Indicator.Number}
	l.Part, l.Why = s.Indicator.Name, i18n.T(ctx, "notify.step_region", args)
	if s.Kind == planner.Prove {
		l.Text = i18n.T(ctx, "notify.step_prove", args)
	} else {
		l.Text = i18n.T(ctx, "notify.step_raise", args)
	}
	if regional.MayRead(actor.From(ctx)) {
		l.Href = "/daerah/" + p.Index.Period.ID + "/" + s.Indicator.Code
	}
}

// best returns the innovations that earn most.
func (p homePage) best(ctx context.Context) (lines []ui.Line) {
	ranked := index.RankInnovations(p.Index.Report)
	for _, e := range ranked[:min(maxBest, len(ranked))] {
		lines = append(lines, ui.Line{
			Text: e.Name, Why: e.AgencyName, Href: "/indeks/" + p.Index.Period.ID + "/inovasi/" + e.ID, Worth: i18n.Decimal(ctx, e.Maturity.Round(p.Index.Period.Pack.Rounding.Places)), Plain: true,
		})
	}
	return lines
}

// status returns the state of a line as a word with its colour.
func status(ctx context.Context, l notify.Line) (ui.Role, string) {
	switch {
	case !l.Verdict.Counts:
		return ui.Neutral, i18n.T(ctx, "notify.line_not_counted")
	case l.Missing() == 0:
		return ui.Positive, i18n.T(ctx, "notify.line_complete")
	}
	return ui.Warning, i18n.T(ctx, "notify.line_missing", i18n.Args{"Count": l.Missing()})
}

// all is the link to all of a list that is shown in part; none if it is shown whole.
func (p homePage) all(ctx context.Context, count, shown int, href string) []ui.Link {
	if count <= shown {
		return nil
	}
	return []ui.Link{{Text: i18n.T(ctx, "notify.all", i18n.Args{"Count": count}), Href: href}}
}

// The page has one main button: a head's is the first innovation to be endorsed, those
// who answer have the step that is worth most, and BRIDA the reminder for those that are late, or else
// what waits for it.

func (p homePage) endorseButton(ctx context.Context) string {
	if p.Endorse == 0 {
		return ""
	}
	return i18n.T(ctx, "notify.examine")
}

func (p homePage) stepButton(ctx context.Context) string {
	if p.Endorse > 0 {
		return ""
	}
	return i18n.T(ctx, "notify.begin")
}

func (p homePage) actButton(ctx context.Context) string {
	if p.reminder(ctx) != nil || len(p.Todos) == 0 || p.Todos[0].Day {
		return ""
	}
	return i18n.T(ctx, "notify.begin")
}

// ownLinks are the links at the end of the list of own innovations.
func (p homePage) ownLinks(ctx context.Context) []ui.Link {
	links := p.all(ctx, len(p.Lines), maxLines, "/inovasi")
	if innovation.MayRegister(actor.From(ctx)) {
		links = append(links, ui.Link{Text: i18n.T(ctx, "notify.register_link"), Href: "/inovasi/baru"})
	}
	return links
}

// columns leaves the change of a week out where none is stored.
func (p homePage) columns(list ...ui.Column) []ui.Column {
	if p.Since.Day == "" {
		return list[:len(list)-1]
	}
	return list
}

// boardLink is the link to the board.
func boardLink(ctx context.Context) []ui.Link {
	return []ui.Link{{Text: i18n.T(ctx, "board.title"), Href: "/kemajuan"}}
}

// reminder is BRIDA's main button while agencies are late.
func (p homePage) reminder(ctx context.Context) *ui.Link {
	if p.Board == nil || !leads(ctx) || p.Board.Count(board.Late) == 0 {
		return nil
	}
	return &ui.Link{Text: i18n.T(ctx, "board.remind_late", i18n.Args{"Count": p.Board.Count(board.Late)}), Href: groupPage(board.Late) + "&pengingat=" + string(board.Late) + "#pengingat"}
}
