package reportweb

import (
	"siida.id/internal/base/day"
	"siida.id/internal/infra/sheet"
	"siida.id/internal/instrument"
)

// workbook is a report as sheets that people compute with.
func workbook(p paper) ([]byte, error) {
	list := []sheet.Sheet{p.summary(), p.counted(), p.indicators(), p.left(), p.annex()}
	if p.sample {
		for i := range list {
			list[i].Head = append(list[i].Head, sheet.Column{Name: p.mark(), Width: 10})
		}
	}
	return sheet.Book(list, p.At)
}

func (p paper) summary() sheet.Sheet {
	s := sheet.Sheet{Name: p.t("report.summary"), Head: []sheet.Column{
		{Name: p.t("index.figure"), Width: 40},
		{Name: p.t("report.claimed"), Width: 18},
		{Name: p.t("report.verified"), Width: 18},
		{Name: p.t("report.sure"), Width: 40},
	}}
	for _, l := range p.lines() {
		s.Rows = append(s.Rows, []any{l.name, l.claimed, l.verified, l.sure})
	}
	s.Rows = append(s.Rows, []any{p.title()}, []any{p.t("report.day"), day.Of(p.At)})
	for _, note := range p.notes() {
		s.Rows = append(s.Rows, []any{note})
	}
	return s
}

func (p paper) counted() sheet.Sheet {
	s := sheet.Sheet{Name: p.t("report.sheet_innovations"), Head: []sheet.Column{
		{Name: p.t("report.row"), Width: 6},
		{Name: p.t("report.innovation"), Width: 50},
		{Name: p.t("report.agency"), Width: 40},
		{Name: p.t("report.affair"), Width: 30},
		{Name: p.t("report.applied"), Width: 14},
		{Name: p.t("index.maturity"), Width: 14},
	}}
	for i, e := range p.Counted {
		s.Rows = append(s.Rows, []any{i + 1, e.Name, e.AgencyName, e.Affair, e.AppliedOn, p.points(e.Maturity.Ratio())})
	}
	return s
}

func (p paper) indicators() sheet.Sheet {
	s := sheet.Sheet{Name: p.t("index.indicator"), Head: []sheet.Column{
		{Name: p.t("report.innovation"), Width: 50},
		{Name: p.t("report.agency"), Width: 40},
		{Name: p.t("report.code"), Width: 10},
		{Name: p.t("index.indicator"), Width: 50},
		{Name: p.t("index.option"), Width: 10},
		{Name: p.t("index.points"), Width: 10},
	}}
	rows := p.Period.Pack.Rows(instrument.PerInnovation)
	for _, e := range p.Counted {
		reasons := p.ReasonsOf(e)
		for i, row := range rows {
			s.Rows = append(s.Rows, []any{e.Name, e.AgencyName, row.Code, row.Name, e.Levels.Proven[row.Code], p.points(reasons[i].Value)})
		}
	}
	return s
}

func (p paper) left() sheet.Sheet {
	s := sheet.Sheet{Name: p.t("report.sheet_left"), Head: []sheet.Column{
		{Name: p.t("report.row"), Width: 6},
		{Name: p.t("report.innovation"), Width: 50},
		{Name: p.t("report.agency"), Width: 40},
		{Name: p.t("report.why"), Width: 60},
	}}
	for i, o := range p.Left {
		s.Rows = append(s.Rows, []any{i + 1, o.Name, o.AgencyName, p.verdict(o)})
	}
	return s
}

func (p paper) annex() sheet.Sheet {
	s := sheet.Sheet{Name: p.t("report.sheet_reasons"), Head: []sheet.Column{
		{Name: p.t("index.figure"), Width: 36},
		{Name: p.t("report.why"), Width: 60},
		{Name: p.t("report.rule"), Width: 40},
		{Name: p.t("report.source"), Width: 24},
		{Name: p.t("report.sure"), Width: 30},
	}}
	for _, r := range p.Reasons {
		w := p.why(r)
		s.Rows = append(s.Rows, []any{w[0], w[1], w[2], w[3], w[4]})
	}
	return s
}
