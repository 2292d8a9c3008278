// Package pdf lays out letters on A4: a head, lines, tables that go on over
// pages with their heads, and page numbers. The same words at the same moment
// make the same bytes.
package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

const (
	margin = 20.0 // millimetres
	line   = 5.0
	small  = 9.0 // points
	normal = 10.5
	large  = 13.0
)

// Paper is a document that is being written.
type Paper struct {
	doc  *fpdf.Fpdf
	code *encoding.Encoder
}

// Foot makes the line below a page.
type Foot func(page int) string

// New begins a document. Mark, such as CONTOH, stands on every page unless it is empty.
func New(title, mark string, at time.Time, foot Foot) *Paper {
	doc := fpdf.New("P", "mm", "A4", "")
	p := &Paper{doc: doc, code: encoding.ReplaceUnsupported(charmap.Windows1252.NewEncoder())}
	doc.SetCreationDate(at.UTC())
	doc.SetModificationDate(at.UTC())
	doc.SetCatalogSort(true)
	doc.SetTitle(title, true)
	doc.SetCreator("SI-IDA", true)
	doc.SetMargins(margin, margin, margin)
	doc.SetAutoPageBreak(true, margin)
	doc.SetHeaderFunc(func() {
		if mark == "" {
			return
		}
		p.font("B", large)
		doc.SetTextColor(160, 0, 0)
		doc.SetXY(margin, 8)
		doc.CellFormat(0, line, p.words(mark), "", 1, "R", false, 0, "")
		doc.SetTextColor(0, 0, 0)
		doc.SetXY(margin, margin)
	})
	doc.SetFooterFunc(func() {
		doc.SetY(-15)
		p.font("", small)
		doc.CellFormat(0, line, p.words(foot(doc.PageNo())), "T", 0, "R", false, 0, "")
	})
	doc.AddPage()
	return p
}

// words writes a text for the fonts that every reader has. They know the
// letters of western Europe; a sign that they lack becomes a question mark.
func (p *Paper) words(text string) string {
	written, err := p.code.String(nearest.Replace(text))
	if err != nil {
		return "?"
	}
	return strings.ReplaceAll(written, "\x1a", "?")
}

// nearest are signs of our own texts that the fonts lack.
var nearest = strings.NewReplacer("≥", ">=", "≤", "<=", "−", "-", "\u00a0", " ", "→", "->", "≠", "<>", "‑", "-", "\u202f", " ")

func (p *Paper) font(style string, size float64) { p.doc.SetFont("Helvetica", style, size) }

// Title is the largest line, in the middle.
func (p *Paper) Title(text string) {
	p.font("B", large)
	p.doc.MultiCell(0, line+1.5, p.words(text), "", "C", false)
}

// Section begins a part.
func (p *Paper) Section(text string) {
	if _, high := p.doc.GetPageSize(); p.doc.GetY() > high-3*margin {
		p.doc.AddPage()
	}
	p.doc.Ln(line)
	p.font("B", normal)
	p.doc.MultiCell(0, line+1, p.words(text), "", "L", false)
}

// Text is a paragraph.
func (p *Paper) Text(text string) {
	p.font("", normal)
	p.doc.MultiCell(0, line, p.words(text), "", "L", false)
}

// Middle is a line in the middle.
func (p *Paper) Middle(text string) {
	p.font("", normal)
	p.doc.MultiCell(0, line, p.words(text), "", "C", false)
}

// Next begins a new page.
func (p *Paper) Next() { p.doc.AddPage() }

// Column is a head of a table; Share is its part of the width, out of the
// shares of all.
type Column struct {
	Name   string
	Share  float64
	Number bool // figures, which stand to the right
}

// Table writes rows under heads, which come again on each page.
func (p *Paper) Table(columns []Column, rows [][]string) {
	page, _ := p.doc.GetPageSize()
	var shares float64
	for _, c := range columns {
		shares += c.Share
	}
	widths, head := make([]float64, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		widths[i], head[i] = (page-2*margin)*c.Share/shares, c.Name
	}
	p.row(columns, widths, head, "B")
	for _, row := range rows {
		if p.full(widths, row) {
			p.doc.AddPage()
			p.row(columns, widths, head, "B")
		}
		p.row(columns, widths, row, "")
	}
}

// cells breaks each cell into lines and says how many the longest has.
func (p *Paper) cells(widths []float64, row []string) (list [][][]byte, most int) {
	for i, text := range row {
		lines := p.doc.SplitLines([]byte(p.words(text)), widths[i])
		list, most = append(list, lines), max(most, len(lines))
	}
	return list, most
}

func (p *Paper) full(widths []float64, row []string) bool {
	p.font("", small)
	_, most := p.cells(widths, row)
	_, high := p.doc.GetPageSize()
	return p.doc.GetY()+float64(most)*line > high-margin
}

func (p *Paper) row(columns []Column, widths []float64, row []string, style string) {
	p.font(style, small)
	cells, most := p.cells(widths, row)
	x, y := margin, p.doc.GetY()
	for i, lines := range cells {
		p.doc.Rect(x, y, widths[i], float64(most)*line, "D")
		align := "L"
		if columns[i].Number {
			align = "R"
		}
		for n, text := range lines {
			p.doc.SetXY(x, y+float64(n)*line)
			p.doc.CellFormat(widths[i], line, string(text), "", 0, align, false, 0, "")
		}
		x += widths[i]
	}
	p.doc.SetXY(margin, y+float64(most)*line)
}

// Bytes ends the document.
func (p *Paper) Bytes() ([]byte, error) {
	var out bytes.Buffer
	if err := p.doc.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return out.Bytes(), nil
}
