// Package samplefile makes documents for the demo, which say of themselves, in
// the caller's words, that they are samples. The same words make the same bytes.
package samplefile

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// The colours of the pages; see web/css.
var (
	ink   = [3]int{27, 36, 48}
	muted = [3]int{79, 91, 107}
	brand = [3]int{21, 89, 173}
)

// cp1252 returns what translates text to that which the built-in fonts know.
var cp1252 = sync.OnceValue(func() func(string) string {
	return fpdf.New("", "", "", "").UnicodeTranslatorFromDescriptor("cp1252")
})

// PDF makes a document of A4 pages with a title and paragraphs. Mark, a word
// such as "CONTOH", stands on every page: small above it and large across it.
func PDF(mark, title string, lines []string) ([]byte, error) {
	const margin, line = 25, 6 // mm
	doc := fpdf.New(fpdf.OrientationPortrait, fpdf.UnitMillimeter, fpdf.PageSizeA4, "")
	latin := cp1252()
	then := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	doc.SetCreationDate(then)
	doc.SetModificationDate(then)
	doc.SetCatalogSort(true)
	doc.SetCompression(false) // a page has some kB of text, and the demo hundreds of pages
	doc.SetTitle(mark+": "+title, true)
	doc.SetMargins(margin, margin, margin)
	doc.SetAutoPageBreak(true, margin)
	doc.SetHeaderFunc(func() {
		across(doc, latin(mark))
		write(doc, "B", 11, brand)
		doc.MultiCell(0, line, latin(mark), "B", fpdf.AlignLeft, false)
		doc.Ln(line)
		write(doc, "", 11, ink)
	})
	doc.AddPage()
	write(doc, "B", 16, ink)
	doc.MultiCell(0, line+2, latin(title), "", fpdf.AlignLeft, false)
	doc.Ln(line)
	write(doc, "", 11, ink)
	for _, text := range lines {
		doc.MultiCell(0, line, latin(text), "", fpdf.AlignLeft, false)
		doc.Ln(line / 2)
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, fmt.Errorf("sample document %q: %w", title, err)
	}
	return out.Bytes(), nil
}

func write(doc *fpdf.Fpdf, style string, size float64, colour [3]int) {
	doc.SetFont("Helvetica", style, size)
	doc.SetTextColor(colour[0], colour[1], colour[2])
}

// across writes mark from corner to corner, faint enough to read through.
func across(doc *fpdf.Fpdf, mark string) {
	width, height := doc.GetPageSize()
	write(doc, "B", 110, muted)
	doc.SetAlpha(0.12, "Normal")
	doc.TransformBegin()
	doc.TransformRotate(52, width/2, height/2)
	doc.Text((width-doc.GetStringWidth(mark))/2, height/2+13, mark)
	doc.TransformEnd()
	doc.SetAlpha(1, "Normal")
}
