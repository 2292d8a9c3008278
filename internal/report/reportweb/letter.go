package reportweb

import (
	"strconv"

	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/pdf"
	"siida.id/internal/report"
)

// letter generates a report as PDF: letterhead, figures, tables and signature, and as
// annexes the innovations and the reason for every figure.
func letter(p printContext) ([]byte, error) {
	doc := pdf.New(pdf.Options{Title: p.title(), Watermark: p.mark(), Day: p.day(), Foot: p.foot})
	p.head(doc)
	doc.Boxes(p.boxes())
	for _, note := range p.notes() {
		doc.Note(note)
	}
	for _, t := range []table{p.figures(), p.parts(), p.affairs(), p.agencies()} {
		p.render(doc, t)
	}
	if p.Letterhead.Ready() {
		doc.Sign(p.signature())
	}
	for i, t := range []table{p.counted(), p.omitted(), p.reasons()} {
		doc.Next()
		t.title = p.t("report.annex_of", i18n.Args{"Number": strconv.Itoa(i + 1), "Title": t.title})
		p.render(doc, t)
	}
	return doc.Bytes()
}

func (p printContext) foot(page, pages int) pdf.FootLine {
	return pdf.FootLine{
		Left:  p.numberText() + " · " + p.t("report.foot", i18n.Args{"Region": p.Region, "Year": p.Period.ID}),
		Right: p.t("report.page", i18n.Args{"Page": strconv.Itoa(page), "Pages": strconv.Itoa(pages)}),
		Below: p.checked(),
	}
}

// head adds what comes before the figures.
func (p printContext) head(doc *pdf.Document) {
	if l := p.Letterhead; l.Ready() {
		doc.Head(pdf.Head{Logo: p.Logo, Over: l.Government, Name: l.Agency, Below: []string{l.Address, l.Contact}})
	}
	doc.Title(p.t("report.heading"))
	doc.Title(p.Region)
	doc.Centred(p.t("report.period", i18n.Args{"Year": p.Period.ID}))
	doc.Centred(p.numberText())
}

// boxes returns the two main figures.
func (p printContext) boxes() []pdf.Box {
	national := pdf.Box{Name: p.t("index.national"), Figure: "–", Below: p.t("index.national_none")}
	if m := p.Published(); m != nil {
		printed := m.Figure.Round(p.Result.Index.Places)
		national.Figure, national.Below = i18n.Decimal(p.ctx, printed), ""
		if band, known := p.Period.Pack.Predicate(printed.Value); known {
			national.Below = band.Label
		}
	}
	return []pdf.Box{
		{Name: p.t("index.claimed"), Figure: i18n.Decimal(p.ctx, p.Result.Index), Below: p.Result.Predicate},
		national,
	}
}

// render adds a table, without the columns that only the workbook has.
func (p printContext) render(doc *pdf.Document, t table) {
	doc.Section(t.title)
	if len(t.rows) == 0 {
		doc.Text(t.none)
		return
	}
	var columns []pdf.Column
	for _, c := range t.columns {
		if c.share > 0 {
			columns = append(columns, pdf.Column{Name: c.name, Share: c.share, Number: c.number})
		}
	}
	rows := make([][]string, len(t.rows))
	for i, row := range t.rows {
		for j, value := range row {
			if t.columns[j].share > 0 {
				rows[i] = append(rows[i], p.written(value))
			}
		}
	}
	doc.Table(columns, rows)
}

func (p printContext) signature() pdf.Signature {
	s := p.Signature()
	made := pdf.Signature{
		PlaceAndDay: p.t("report.place_and_day", i18n.Args{"Place": p.Letterhead.Place, "Day": i18n.Day(p.ctx, p.Today)}),
		Position:    s.Position + ",", Name: s.Name,
	}
	if !p.Draft() {
		made.Seal = pdf.Seal{Link: p.Site + checkPath(p.Code), Words: []string{p.checked()}}
	}
	if s.Rank != "" {
		made.Below = append(made.Below, s.Rank)
	}
	if s.NIP != "" {
		made.Below = append(made.Below, p.t("report.nip_of", i18n.Args{"NIP": report.GroupedNIP(s.NIP)}))
	}
	return made
}

// source returns the source of the national figure.
func (p printContext) source(m *index.Snapshot) string {
	return p.t("index.national_source_said", i18n.Args{"Source": m.Source, "Day": i18n.Day(p.ctx, m.Day)})
}
