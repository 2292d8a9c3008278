// Package sheet writes Excel workbooks: numbers as numbers, days as days, and
// words as words, whatever sign they begin with.
package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
)

// Sheet is one sheet of a workbook. Its head stays in sight and is printed on
// every page.
type Sheet struct {
	Name string
	Head []Column
	// Rows hold string, int, decimal.Rounded or day.Day; nil is an empty cell.
	Rows [][]any
}

// Column is a head and how wide it is, in characters.
type Column struct {
	Name  string
	Width float64
}

const paperA4 = 9 // Excel's number for it

// Book writes sheets as a workbook.
func Book(sheets []Sheet, at time.Time) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if failed := f.Close(); err == nil {
			err = failed
		}
	}()
	moment := at.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "SI-IDA", Created: moment, Modified: moment}); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	w := &writer{file: f, styles: map[string]int{}}
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
	file   *excelize.File
	styles map[string]int // by the number format; "head" is that of the heads
}

func (w *writer) write(s Sheet) error {
	stream, err := w.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	head := make([]any, len(s.Head))
	style, err := w.style("head")
	if err != nil {
		return err
	}
	for i, c := range s.Head {
		if err := stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
		head[i] = excelize.Cell{Value: c.Name, StyleID: style}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := stream.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := make([]any, len(row))
		for j, value := range row {
			if cells[j], err = w.cell(value); err != nil {
				return err
			}
		}
		if err := stream.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return w.paper(s)
}

// paper sets a sheet up for A4, as wide as one page.
func (w *writer) paper(s Sheet) error {
	size, lying, wide, long, fit := paperA4, "landscape", 1, 0, true
	if err := w.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lying, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return err
	}
	if err := w.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return w.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + s.Name + "'!$1:$1", Scope: s.Name,
	})
}

// cell gives a value its type. A number is written from its text: Excel keeps
// as many digits as a figure of ours has, and the shortest way to write the
// float is that text again.
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
		number, err := strconv.ParseFloat(v.String(), 64)
		if err != nil {
			return nil, err
		}
		format := "#,##0"
		if v.Places > 0 {
			format += "." + strings.Repeat("0", v.Places)
		}
		style, err := w.style(format)
		return excelize.Cell{Value: number, StyleID: style}, err
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

func (w *writer) style(name string) (int, error) {
	if id, known := w.styles[name]; known {
		return id, nil
	}
	s := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
	switch name {
	case "head":
		s.Font = &excelize.Font{Bold: true}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4EAF2"}}
	case "text":
		s.NumFmt = 49 // text, so that it stays one when somebody edits it
	default:
		s.CustomNumFmt = &name
		s.Alignment.WrapText = false
	}
	id, err := w.file.NewStyle(s)
	w.styles[name] = id
	return id, err
}
