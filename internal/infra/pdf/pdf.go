// Package pdf lays out letters on A4: a letterhead, lines, tables that go on
// over pages with their heads, who signs, and page numbers. The same words of the
// same day make the same bytes.
package pdf

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

const (
	margin = 20.0 // millimetres, left, right and below
	line   = 5.0
	tiny   = 8.0 // points
	small  = 9.0
	normal = 10.5
	large  = 13.0
)

// Options are what all pages of a document have.
type Options struct {
	Title     string
	Watermark string    // such as CONTOH, on every page unless it is empty
	Day       time.Time // that the document is of
	Foot      Foot
}

// Foot makes what stands below a page.
type Foot func(page, pages int) FootLine

// FootLine is a line below a page, with a second one where Below has words.
type FootLine struct{ Left, Right, Below string }

// Document is a PDF being written.
type Document struct {
	doc     *fpdf.Fpdf
	options Options
}

// New begins a document.
func New(o Options) *Document {
	doc := fpdf.New("P", "mm", "A4", "")
	p := &Document{doc, o}
	doc.SetCreationDate(o.Day.UTC())
	doc.SetModificationDate(o.Day.UTC())
	doc.SetCatalogSort(true)
	doc.SetTitle(o.Title, true)
	doc.SetCreator("SI-IDA", true)
	doc.SetLang("id")
	doc.SetMargins(margin, margin, margin)
	doc.SetAutoPageBreak(true, margin-1) // what is laid out line by line stops at the margin itself
	doc.AddPage()
	return p
}

func (p *Document) font(style string, size float64) { p.doc.SetFont("Helvetica", style, size) }

func (p *Document) grey() { p.doc.SetTextColor(90, 90, 90) }

func (p *Document) black() { p.doc.SetTextColor(0, 0, 0) }

// width returns the width between the margins.
func (p *Document) width() float64 {
	wide, _ := p.doc.GetPageSize()
	return wide - 2*margin
}

// freeHeight returns the free height below, in millimetres.
func (p *Document) freeHeight() float64 {
	_, high := p.doc.GetPageSize()
	return high - margin - p.doc.GetY()
}

// ensureSpace begins a new page unless height is free on this one.
func (p *Document) ensureSpace(high float64) {
	if p.freeHeight() < high {
		p.doc.AddPage()
	}
}

// Title is the largest line, in the middle.
func (p *Document) Title(text string) {
	p.font("B", large)
	p.doc.MultiCell(0, line+1.5, p.words(text), "", "C", false)
}

// Section begins a part. It does not stand alone at the foot of a page.
func (p *Document) Section(text string) {
	p.ensureSpace(2 * margin)
	p.doc.Ln(line)
	p.font("B", normal+0.5)
	p.doc.MultiCell(0, line+1, p.words(text), "", "L", false)
	p.doc.Ln(0.8)
}

// Text is a paragraph.
func (p *Document) Text(text string) {
	p.font("", normal)
	p.doc.MultiCell(0, line, p.words(text), "", "L", false)
	p.doc.Ln(0.6)
}

// Note is a paragraph of lesser weight.
func (p *Document) Note(text string) {
	p.font("", small)
	p.grey()
	p.doc.MultiCell(0, line-0.6, p.words(text), "", "L", false)
	p.black()
	p.doc.Ln(0.6)
}

// Centred is a line in the middle.
func (p *Document) Centred(text string) {
	p.font("", normal)
	p.doc.MultiCell(0, line, p.words(text), "", "C", false)
}

// Next begins a new page.
func (p *Document) Next() { p.doc.AddPage() }

// Bytes ends the document. Only now is it known how many pages there are, so
// that what surrounds each is drawn last.
func (p *Document) Bytes() ([]byte, error) {
	pages := p.doc.PageCount()
	p.doc.SetAutoPageBreak(false, 0)
	for page := 1; page <= pages; page++ {
		p.doc.SetPage(page)
		p.decorate(page, pages)
	}
	var out bytes.Buffer
	if err := p.doc.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return out.Bytes(), nil
}

// decorate draws mark and foot of a page. A page's stream knows nothing of the
// fonts and colours of another, so that each is set anew.
func (p *Document) decorate(page, pages int) {
	p.doc.SetFont("Helvetica", "", 1)
	if p.options.Watermark != "" {
		p.font("B", large)
		p.doc.SetTextColor(160, 0, 0)
		p.doc.SetXY(margin, 8)
		p.doc.CellFormat(0, line, p.words(p.options.Watermark), "", 1, "R", false, 0, "")
	}
	foot := p.options.Foot(page, pages)
	_, high := p.doc.GetPageSize()
	p.font("", tiny)
	p.grey()
	p.doc.SetDrawColor(170, 170, 170)
	p.doc.SetLineWidth(0.2)
	p.doc.Line(margin, high-15, margin+p.width(), high-15)
	p.doc.SetXY(margin, high-14)
	p.doc.CellFormat(p.width()-32, line, p.truncate(foot.Left, p.width()-32), "", 0, "L", false, 0, "")
	p.doc.CellFormat(32, line, p.words(foot.Right), "", 0, "R", false, 0, "")
	p.doc.SetXY(margin, high-14+line-1)
	p.doc.CellFormat(p.width(), line, p.truncate(foot.Below, p.width()), "", 0, "L", false, 0, "")
	p.black()
}

// truncate cuts a text to a width and marks it with an ellipsis.
func (p *Document) truncate(text string, wide float64) string {
	words := p.words(text)
	for cut := len(words) - 1; p.doc.GetStringWidth(words) > wide-2 && cut > 0; cut-- {
		words = words[:cut] + "\x85" // an ellipsis
	}
	return words
}
