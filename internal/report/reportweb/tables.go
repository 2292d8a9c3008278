package reportweb

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sheet"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// column is a column of a table in PDF and workbook.
type column struct {
	name   string
	share  float64 // of the width in the PDF; zero for a column of the workbook only
	width  float64 // in the workbook, in characters
	number bool
}

// table has values that the PDF formats and the workbook stores.
type table struct {
	title   string
	sheet   string // its name in the workbook
	columns []column
	rows    [][]any
	none    string // the text of the PDF if there are no rows
}

// figures returns the summary: the figures of the index.
func (p printContext) figures() table {
	t := table{title: p.t("report.figures"), sheet: p.t("report.summary"), columns: []column{
		{p.t("index.figure"), 6, 40, false},
		{p.t("report.claimed"), 4, 18, true},
		{p.t("report.sure"), 6, 44, false},
	}}
	for _, l := range p.lines() {
		t.rows = append(t.rows, []any{l.name, l.claimed, l.sure})
	}
	return t
}

// parts returns the contributions of aspects and variables to the total, with their
// maxima.
func (p printContext) parts() table {
	t := table{title: p.t("report.parts"), sheet: p.t("report.sheet_parts"), columns: []column{
		{p.t("report.part"), 10, 60, false},
		{p.t("index.points"), 3, 14, true},
		{p.t("report.most"), 3, 14, true},
		{p.t("report.share"), 3, 14, true},
	}}
	row := func(name string, points decimal.Ratio, most scoring.Points) {
		t.rows = append(t.rows, []any{name, p.points(points), p.points(most.Ratio()), percent(points, most)})
	}
	r, pack := p.Result, p.Period.Pack
	for _, scope := range []instrument.Scope{instrument.PerRegion, instrument.PerInnovation} {
		aspect := pack.Aspect(scope)
		points, most := r.SPD.Points.Ratio(), r.SPD.Max
		if scope == instrument.PerInnovation {
			points, most = r.Mean, aspect.Max.Value
		}
		row(aspect.Code+" "+aspect.Name, points, most)
		for _, part := range p.Parts {
			if part.Aspect == aspect {
				row("   "+part.Variable.Name, part.Points, part.Max)
			}
		}
	}
	row(p.t("index.count"), r.Count.Points.Ratio(), pack.Count.Max.Value)
	row(p.t("index.total"), r.Total, r.Max)
	return t
}

func percent(points decimal.Ratio, most scoring.Points) any {
	if most == 0 {
		return nil
	}
	return sheet.Percent(points.PercentOf(most).Round(2))
}

// affairs returns the basic services with the innovations that cover them.
func (p printContext) affairs() table {
	t := table{title: p.t("report.affairs"), sheet: p.t("report.sheet_affairs"), none: p.t("report.affairs_none"), columns: []column{
		{p.t("report.row"), 1, 6, true},
		{p.t("report.affair"), 11, 60, false},
		{p.t("index.n"), 3, 16, true},
		{p.t("report.covered"), 4, 16, false},
	}}
	for i, a := range p.Affairs {
		covered := p.t("report.covered_yes")
		if a.Innovations == 0 {
			covered = p.t("report.covered_no")
		}
		t.rows = append(t.rows, []any{i + 1, a.Name, a.Innovations, covered})
	}
	return t
}

// agencies returns the agencies with their contributions, the largest first, then
// those without a report.
func (p printContext) agencies() table {
	t := table{title: p.t("index.agencies"), sheet: p.t("report.sheet_agencies"), none: p.t("report.agencies_none"), columns: []column{
		{p.t("report.row"), 1.2, 6, true},
		{p.t("report.agency"), 9, 60, false},
		{p.t("index.reports"), 2.6, 18, true},
		{p.t("index.highest"), 2.6, 14, true},
		{p.t("index.maturities"), 3, 20, true},
		{p.t("report.gain"), 3, 18, true},
	}}
	zero := decimal.Decimal(0).Ratio()
	for i, a := range p.Agencies {
		t.rows = append(t.rows, []any{
			i + 1, a.Name, a.Reports, p.points(a.Highest.Ratio()), p.points(a.Total.Ratio()), a.Gain.Round(2),
		})
	}
	for i, a := range p.Silent {
		t.rows = append(t.rows, []any{len(p.Agencies) + i + 1, a.Name, 0, p.points(zero), p.points(zero), zero.Round(2)})
	}
	return t
}

// counted returns the innovations that count.
func (p printContext) counted() table {
	t := table{title: p.t("index.innovations"), sheet: p.t("report.sheet_innovations"), none: p.t("index.innovations_none"), columns: []column{
		{p.t("report.row"), 1.2, 6, true},
		{p.t("report.innovation"), 8, 50, false},
		{p.t("report.agency"), 7, 40, false},
		{p.t("report.affair"), 0, 30, false},
		{p.t("report.applied"), 3.6, 14, false},
		{p.t("index.maturity"), 3, 14, true},
	}}
	for i, e := range p.Counted {
		t.rows = append(t.rows, []any{i + 1, e.Name, e.AgencyName, e.Affair, e.AppliedOn, p.points(e.Maturity.Ratio())})
	}
	return t
}

// omitted returns the innovations that do not count, and why.
func (p printContext) omitted() table {
	t := table{title: p.t("index.left"), sheet: p.t("report.sheet_left"), none: p.t("index.left_none"), columns: []column{
		{p.t("report.row"), 1.2, 6, true},
		{p.t("report.innovation"), 5, 50, false},
		{p.t("report.agency"), 5, 40, false},
		{p.t("report.why"), 8, 60, false},
	}}
	for i, o := range p.Omitted {
		t.rows = append(t.rows, []any{i + 1, o.Name, o.AgencyName, i18n.Format(p.ctx, o.Verdict.Key, o.Verdict.Args(p.Period.ID))})
	}
	return t
}

// indicators has a row for every possible answer; it is only in the workbook.
func (p printContext) indicators() table {
	t := table{sheet: p.t("index.indicator"), columns: []column{
		{p.t("report.innovation"), 0, 50, false},
		{p.t("report.agency"), 0, 40, false},
		{p.t("report.code"), 0, 10, false},
		{p.t("index.indicator"), 0, 50, false},
		{p.t("index.option"), 0, 10, true},
		{p.t("index.points"), 0, 10, true},
	}}
	rows := p.Period.Pack.Rows(instrument.PerInnovation)
	for _, e := range p.Counted {
		reasons := p.ReasonsOf(e)
		for i, row := range rows {
			t.rows = append(t.rows, []any{e.Name, e.AgencyName, row.Code, row.Name, e.Levels.Proven.Of(row.Code), p.points(reasons[i].Value)})
		}
	}
	return t
}

// reasons returns the reason for every figure.
func (p printContext) reasons() table {
	t := table{title: p.t("report.annex"), sheet: p.t("report.sheet_reasons"), columns: []column{
		{p.t("index.figure"), 4, 36, false},
		{p.t("report.why"), 7, 60, false},
		{p.t("report.rule"), 5, 40, false},
		{p.t("report.source"), 3, 24, false},
		{p.t("report.sure"), 4, 30, false},
	}}
	for _, r := range p.Reasons {
		t.rows = append(t.rows, p.why(p.figure(r.Figure), r))
	}
	for _, part := range p.Parts {
		t.rows = append(t.rows, p.why(part.Variable.Name, part.Reason))
	}
	return t
}
