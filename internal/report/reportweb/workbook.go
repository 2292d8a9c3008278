package reportweb

import (
	"strings"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sheet"
)

// workbook generates a report as sheets for computing.
func workbook(p printContext) ([]byte, error) {
	list := []sheet.Sheet{p.summary()}
	for _, t := range []table{p.parts(), p.affairs(), p.agencies(), p.counted(), p.indicators(), p.omitted(), p.reasons()} {
		list = append(list, p.sheetOf(t, p.marked(p.title()), p.numberText()))
	}
	foot := p.numberText() + " · " + p.title()
	return sheet.Book(list, sheet.Options{
		Day: p.day(), Foot: p.marked(foot), Page: p.t("report.page", i18n.Args{"Page": "{page}", "Pages": "{pages}"}),
	})
}

// marked adds the mark of a sample or a draft before a text.
func (p printContext) marked(text string) string {
	return strings.TrimPrefix(p.mark()+" · "+text, " · ")
}

func (p printContext) sheetOf(t table, top ...string) sheet.Sheet {
	s := sheet.Sheet{Name: t.sheet, Top: top, Rows: t.rows}
	for _, c := range t.columns {
		s.Head = append(s.Head, sheet.Column{Name: c.name, Width: c.width})
	}
	return s
}

// summary is the sheet that also has letterhead and signature.
func (p printContext) summary() sheet.Sheet {
	top := []string{p.marked(p.title()), p.numberText()}
	if l := p.Letterhead; l.Ready() {
		top = append([]string{l.Government, l.Agency, l.Address, l.Contact}, top...)
	}
	s := p.sheetOf(p.figures(), top...)
	if m := p.Published(); m != nil {
		s.Rows = append(s.Rows, []any{p.t("index.national"), m.Figure.Round(p.Result.Index.Places), nil, p.source(m)})
	}
	s.Rows = append(s.Rows, []any{}, []any{p.t("report.day"), p.Today}, []any{p.t("report.figures_on"), p.FiguresOn})
	if !p.Draft() {
		s.Rows = append(s.Rows, []any{p.checked()})
	}
	for _, note := range p.notes() {
		s.Rows = append(s.Rows, []any{note})
	}
	if p.Letterhead.Ready() {
		made := p.signature()
		s.Rows = append(s.Rows, []any{}, []any{made.PlaceAndDay}, []any{made.Position}, []any{}, []any{made.Name})
		for _, text := range made.Below {
			s.Rows = append(s.Rows, []any{text})
		}
	}
	return s
}
