// Package pdf writes letters as PDF on A4: letterheads, lines, tables that continue
// on further pages with their header, signatures and page numbers. The same content
// with the same day gives the same bytes.
package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

const (
	margin = 20.0 // millimetres, at the left, right and bottom
	line   = 5.0
	tiny   = 8.0 // points
	small  = 9.0
	normal = 10.5
	large  = 13.0
)

// Options apply to all pages of a document.
type Options struct {
	Title     string
	Watermark string    // such as CONTOH, on every page; empty for none
	Day       time.Time // of the document
	Foot      Foot
}

// Foot returns the footer of a page.
type Foot func(page, pages int) FootLine

// FootLine is a line of a footer; Below is a second line, if not empty.
type FootLine struct{ Left, Right, Below string }

// Document is a PDF being written.
type Document struct {
	doc     *fpdf.Fpdf
	options Options
}

// New returns an empty document.
func New(o Options) *Document {
	doc := fpdf.New("P", "mm", "A4", "")
	p := &Document{doc, o}
	p.addFonts()
	doc.SetCreationDate(o.Day.UTC())
	doc.SetModificationDate(o.Day.UTC())
	doc.SetCatalogSort(true)
	doc.SetTitle(o.Title, true)
	doc.SetCreator("SI-IDA", true)
	doc.SetLang("id")
	doc.SetMargins(margin, margin, margin)
	doc.SetAutoPageBreak(true, margin-1) // lines that are drawn one by one stop at the margin itself
	doc.AddPage()
	return p
}

func (p *Document) font(style string, size float64) { p.doc.SetFont(family, style, size) }

func (p *Document) grey() { p.doc.SetTextColor(90, 90, 90) }

func (p *Document) black() { p.doc.SetTextColor(0, 0, 0) }

// width returns the width between the margins.
func (p *Document) width() float64 {
	wide, _ := p.doc.GetPageSize()
	return wide - 2*margin
}

// freeHeight returns the height left on the page, in millimetres.
func (p *Document) freeHeight() float64 {
	_, high := p.doc.GetPageSize()
	return high - margin - p.doc.GetY()
}

// ensureSpace begins a new page unless that height is left on this one.
func (p *Document) ensureSpace(high float64) {
	if p.freeHeight() < high {
		p.doc.AddPage()
	}
}

// Title adds a centred line in the largest font.
func (p *Document) Title(text string) {
	p.font("B", large)
	p.write(0, line+1.5, text, "C")
}

// Section adds a heading, which is never the last line of a page.
func (p *Document) Section(text string) {
	p.ensureSpace(2 * margin)
	p.doc.Ln(line)
	p.font("B", normal+0.5)
	p.write(0, line+1, text, "L")
	p.doc.Ln(0.8)
}

// Text adds a paragraph.
func (p *Document) Text(text string) {
	p.font("", normal)
	p.write(0, line, text, "L")
	p.doc.Ln(0.6)
}

// Note adds a paragraph in small grey letters.
func (p *Document) Note(text string) {
	p.font("", small)
	p.grey()
	p.write(0, line-0.6, text, "L")
	p.black()
	p.doc.Ln(0.6)
}

// Centred adds a centred line.
func (p *Document) Centred(text string) {
	p.font("", normal)
	p.write(0, line, text, "C")
}

// Next begins a new page.
func (p *Document) Next() { p.doc.AddPage() }

// Bytes completes the document. Watermarks and footers are drawn now, since they need
// the number of pages.
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

// decorate draws watermark and footer of a page. Each page's stream has its own
// state, so font and colour must be set.
func (p *Document) decorate(page, pages int) {
	p.font("", 1)
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

// truncate shortens a text to a line of that width, with an ellipsis.
func (p *Document) truncate(text string, wide float64) string {
	runes := []rune(strings.ReplaceAll(p.words(text), "\n", " "))
	line := string(runes)
	for cut := len(runes) - 1; p.doc.GetStringWidth(line) > wide-2 && cut > 0; cut-- {
		line = string(runes[:cut]) + "…"
	}
	return line
}
