// Package sheet writes Excel workbooks: numbers as numbers, days as days, and text as
// text, even if it looks like a formula.
package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
)

// Sheet is a sheet of a workbook. Its header is frozen, and repeated on every printed
// page.
type Sheet struct {
	Name string
	Top  []string // lines above the header, the first one large
	Head []Column
	// Values in Rows are string, int, decimal.Rounded, Percent or day.Day; nil is an
	// empty cell.
	Rows [][]any
}

// Percent is a percentage; Excel stores 62.5 % as 0.625.
type Percent decimal.Rounded

// Options apply to all sheets of a workbook.
type Options struct {
	Day  time.Time // of the workbook
	Foot string    // of each printed page, beside its number
	Page string    // format of the page number, with {page} and {pages}
}

// Column is a column with its width in characters.
type Column struct {
	Name  string
	Width float64
}

const paperA4 = 9 // Excel's number for A4

// Book writes sheets as a workbook. The same sheets with the same day give the same
// bytes.
func Book(sheets []Sheet, o Options) (_ []byte, err error) {
	f := excelize.NewFile()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newSorted(w) })
	defer func() {
		if failed := f.Close(); err == nil {
			err = failed
		}
	}()
	moment := o.Day.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "SI-IDA", Created: moment, Modified: moment}); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	w := &writer{file: f, options: o, styles: map[string]int{}}
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err == nil {
			err = w.write(s)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return out.Bytes(), nil
}

type writer struct {
	file    *excelize.File
	options Options
	styles  map[string]int // by number format; "head", "title" and others are styles of their own
}

func (w *writer) write(s Sheet) error {
	if err := w.pageSetup(s); err != nil { // before the stream, which writes these settings first
		return err
	}
	stream, err := w.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := w.head(stream, s); err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := make([]any, len(row))
		for j, value := range row {
			if cells[j], err = w.cell(value); err != nil {
				return err
			}
		}
		if err := stream.SetRow(at(len(s.Top)+2+i), cells); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// at returns the first cell of a row.
func at(row int) string { return "A" + strconv.Itoa(row) }

// head writes the rows above the data, and freezes them.
func (w *writer) head(stream *excelize.StreamWriter, s Sheet) error {
	style, err := w.style("head")
	if err != nil {
		return err
	}
	head := make([]any, len(s.Head))
	for i, c := range s.Head {
		if err := stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
		head[i] = excelize.Cell{Value: c.Name, StyleID: style}
	}
	row := len(s.Top) + 1
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: at(row + 1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, text := range s.Top {
		name := "line"
		if i == 0 {
			name = "title"
		}
		if style, err = w.style(name); err != nil {
			return err
		}
		if err := stream.SetRow(at(i+1), []any{excelize.Cell{Value: text, StyleID: style}}); err != nil {
			return err
		}
	}
	return stream.SetRow(at(row), head)
}

// pageSetup sets a sheet to A4, as wide as one page.
func (w *writer) pageSetup(s Sheet) error {
	size, lying, wide, long, fit := paperA4, "landscape", 1, 0, true
	if err := w.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lying, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return err
	}
	if err := w.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	sign := strings.NewReplacer("&", "&&") // & begins a code in Excel
	page := strings.NewReplacer("{page}", "&P", "{pages}", "&N").Replace(sign.Replace(w.options.Page))
	foot := cut(sign.Replace(w.options.Foot), maxFooter)
	if err := w.file.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&L" + foot + "&R" + page}); err != nil {
		return err
	}
	row := strconv.Itoa(len(s.Top) + 1)
	return w.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + s.Name + "'!$" + row + ":$" + row, Scope: s.Name,
	})
}

// maxFooter is the maximum length of a footer in characters: Excel accepts 255
// including codes.
const maxFooter = 180

// cut shortens a text, but never between the two characters of a doubled ampersand.
func cut(text string, max int) string {
	letters := []rune(text)
	if len(letters) <= max {
		return text
	}
	short := strings.TrimRight(string(letters[:max]), "&")
	return short + "…"
}

// cell returns a value with its type. Numbers are parsed from text: a float has
// enough digits for all figures, and its shortest form is that text again.
func (w *writer) cell(value any) (any, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		style, err := w.style("text")
		return excelize.Cell{Value: v, StyleID: style}, err
	case int:
		style, err := w.style("#,##0")
		return excelize.Cell{Value: v, StyleID: style}, err
	case decimal.Rounded:
		return w.number(v.String(), "#,##0", "", v.Places)
	case Percent:
		return w.number(decimal.Rounded(v).String()+"e-2", "0", "%", v.Places)
	case day.Day:
		t, err := time.Parse(time.DateOnly, string(v))
		if v == "" {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		style, err := w.style("dd/mm/yyyy")
		return excelize.Cell{Value: t, StyleID: style}, err
	}
	return nil, fmt.Errorf("a cell of %T", value)
}

// number returns a figure as Excel stores it, shown with that number of places.
func (w *writer) number(text, format, unit string, places int) (any, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, err
	}
	if places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	style, err := w.style(format + unit)
	return excelize.Cell{Value: value, StyleID: style}, err
}

func (w *writer) style(name string) (int, error) {
	if id, known := w.styles[name]; known {
		return id, nil
	}
	s := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
	switch name {
	case "head":
		s.Font = &excelize.Font{Bold: true}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4EAF2"}}
	case "title":
		s.Font, s.Alignment.WrapText = &excelize.Font{Bold: true, Size: 14}, false
	case "line":
		s.Alignment.WrapText = false
	case "text":
		s.NumFmt = 49 // the text format, so that editing does not change its type
	default:
		s.CustomNumFmt = &name
		s.Alignment.WrapText = false
	}
	id, err := w.file.NewStyle(s)
	w.styles[name] = id
	return id, err
}
