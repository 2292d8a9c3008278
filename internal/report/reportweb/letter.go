package reportweb

import (
	"strconv"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/pdf"
)

// letter is a report on paper: figures, innovations, those left out, and as an
// annex the reason of every figure.
func letter(p paper) ([]byte, error) {
	doc := pdf.New(p.title(), p.mark(), p.At, func(page int) string {
		return p.t("report.page", i18n.Args{"Page": strconv.Itoa(page), "Title": p.title()})
	})
	doc.Title(p.t("index.title"))
	doc.Title(p.region)
	doc.Middle(p.t("report.period", i18n.Args{"Year": p.Period.ID}))
	doc.Section(p.t("report.summary"))
	for _, note := range p.notes() {
		doc.Text(note)
	}
	var rows [][]string
	for _, l := range p.lines() {
		rows = append(rows, []string{l.name, p.written(l.claimed), p.written(l.verified), l.sure})
	}
	doc.Table([]pdf.Column{
		{Name: p.t("index.figure"), Share: 6},
		{Name: p.t("report.claimed"), Share: 4, Number: true},
		{Name: p.t("report.verified"), Share: 4, Number: true},
		{Name: p.t("report.sure"), Share: 5},
	}, rows)
	p.innovations(doc)
	p.reasons(doc)
	return doc.Bytes()
}

func (p paper) innovations(doc *pdf.Paper) {
	doc.Section(p.t("index.innovations"))
	if len(p.Counted) == 0 {
		doc.Text(p.t("index.innovations_none"))
	} else {
		var rows [][]string
		for i, e := range p.Counted {
			rows = append(rows, []string{strconv.Itoa(i + 1), e.Name, e.AgencyName, p.written(p.points(e.Maturity.Ratio()))})
		}
		doc.Table([]pdf.Column{
			{Name: p.t("report.row"), Share: 1, Number: true},
			{Name: p.t("report.innovation"), Share: 8},
			{Name: p.t("report.agency"), Share: 7},
			{Name: p.t("index.maturity"), Share: 3, Number: true},
		}, rows)
	}
	if len(p.Left) == 0 {
		return
	}
	doc.Section(p.t("index.left"))
	var rows [][]string
	for i, o := range p.Left {
		rows = append(rows, []string{strconv.Itoa(i + 1), o.Name, o.AgencyName, p.verdict(o)})
	}
	doc.Table([]pdf.Column{
		{Name: p.t("report.row"), Share: 1, Number: true},
		{Name: p.t("report.innovation"), Share: 5},
		{Name: p.t("report.agency"), Share: 5},
		{Name: p.t("report.why"), Share: 8},
	}, rows)
}

func (p paper) reasons(doc *pdf.Paper) {
	doc.Next()
	doc.Section(p.t("report.annex"))
	var rows [][]string
	for _, r := range p.Reasons {
		rows = append(rows, p.why(r))
	}
	doc.Table([]pdf.Column{
		{Name: p.t("index.figure"), Share: 4},
		{Name: p.t("report.why"), Share: 7},
		{Name: p.t("report.rule"), Share: 5},
		{Name: p.t("report.source"), Share: 3},
		{Name: p.t("report.sure"), Share: 4},
	}, rows)
}
