package pdf

import "math"

// Column is a column of a table. Its width is Share divided by the sum of all shares.
type Column struct {
	Name   string
	Share  float64
	Number bool // right-aligned
}

// Table adds rows under a header, which is repeated on each page. A row is moved to
// the next page as a whole, unless it is higher than a page.
func (p *Document) Table(columns []Column, rows [][]string) {
	t := table{Document: p, columns: columns, head: make([]string, len(columns)), widths: make([]float64, len(columns))}
	var shares float64
	for _, c := range columns {
		shares += c.Share
	}
	for i, c := range columns {
		t.widths[i], t.head[i] = p.width()*c.Share/shares, c.Name
	}
	p.doc.SetLineWidth(0.2)
	p.doc.SetDrawColor(170, 170, 170)
	p.doc.SetFillColor(232, 237, 244)
	t.heads()
	for _, row := range rows {
		t.row(row)
	}
	p.doc.Ln(1)
}

type table struct {
	*Document
	columns []Column
	widths  []float64
	head    []string
	below   int // lines on a page below the header
}

// lines returns the number of lines that fit on the rest of the page.
func (t *table) lines() int { return max(int(math.Floor(t.freeHeight()/line+1e-6)), 0) }

func (t *table) heads() {
	t.font("B", small)
	cells, highest := t.cells(t.head)
	if t.lines() < highest+1 {
		t.doc.AddPage()
	}
	t.draw(cells, 0, highest, true)
	_, high := t.doc.GetPageSize()
	t.below = int(math.Floor((high-2*margin)/line+1e-6)) - highest
}

func (t *table) row(row []string) {
	t.font("", small)
	cells, highest := t.cells(row)
	if here := t.lines(); highest > here && (highest <= t.below || here < 2) {
		t.nextPage()
	}
	for from := 0; from < highest; {
		n := min(highest-from, max(t.lines(), 1))
		t.draw(cells, from, from+n, false)
		if from += n; from < highest {
			t.nextPage()
		}
	}
}

// nextPage continues on a new page.
func (t *table) nextPage() {
	t.doc.AddPage()
	t.heads()
	t.font("", small)
}

// cells breaks each cell into lines; highest is the largest number of lines.
func (t *table) cells(row []string) (list [][]string, highest int) {
	for i, text := range row {
		lines := t.wrap(text, t.widths[i])
		list, highest = append(list, lines), max(highest, len(lines))
	}
	return list, max(highest, 1)
}

// draw draws lines of a row.
func (t *table) draw(cells [][]string, from, to int, head bool) {
	x, y, high := margin, t.doc.GetY(), float64(to-from)*line
	for i, lines := range cells {
		style, align := "D", "L"
		if head {
			style = "FD"
		}
		t.doc.Rect(x, y, t.widths[i], high, style)
		if t.columns[i].Number {
			align = "R"
		}
		for n := from; n < min(to, len(lines)); n++ {
			t.doc.SetXY(x, y+float64(n-from)*line)
			t.doc.CellFormat(t.widths[i], line, lines[n], "", 0, align, false, 0, "")
		}
		x += t.widths[i]
	}
	t.doc.SetXY(margin, y+high)
}
