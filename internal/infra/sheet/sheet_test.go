package sheet_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/infra/sheet"
)

// A figure has its digits, a day is a day, and text is never evaluated.
func TestBookKeepsTypes(t *testing.T) {
	for _, c := range []struct {
		name       string
		value      any
		raw, shown string
		kind       excelize.CellType
	}{
		{"a figure", decimal.Rounded{Value: decimal.Must("62.06"), Places: 2}, "62.06", "62.06", excelize.CellTypeUnset},
		{"one that floats are bad at", decimal.Rounded{Value: decimal.Must("1234.1"), Places: 4}, "1234.1", "1,234.1000", excelize.CellTypeUnset},
		{"a number", 1200, "1200", "1,200", excelize.CellTypeUnset},
		{"a part of a hundred", sheet.Percent{Value: decimal.Must("62.5"), Places: 2}, "0.625", "62.50%", excelize.CellTypeUnset},
		{"one that floats are bad at", sheet.Percent{Value: decimal.Must("0.07"), Places: 2}, "0.0007", "0.07%", excelize.CellTypeUnset},
		{"a day", day.Day("2026-03-02"), "46083", "02/03/2026", excelize.CellTypeUnset},
		{"no day", day.Day(""), "", "", excelize.CellTypeUnset},
		{"a formula that somebody typed", "=1+1", "=1+1", "=1+1", excelize.CellTypeInlineString},
		{"a call", "@SUM(A1)", "@SUM(A1)", "@SUM(A1)", excelize.CellTypeInlineString},
		{"plus", "+62 812", "+62 812", "+62 812", excelize.CellTypeInlineString},
		{"minus", "-1", "-1", "-1", excelize.CellTypeInlineString},
		{"signs", "Pe’er – \"é\" <b>&", "Pe’er – \"é\" <b>&", "Pe’er – \"é\" <b>&", excelize.CellTypeInlineString},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := sheet.Book([]sheet.Sheet{{
				Name: "Satu", Head: []sheet.Column{{Name: "Nilai", Width: 20}}, Rows: [][]any{{c.value}},
			}}, sheet.Options{Day: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenReader(bytes.NewReader(book))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = f.Close() }()
			raw, err := f.GetCellValue("Satu", "A2", excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			shown, err := f.GetCellValue("Satu", "A2")
			if err != nil {
				t.Fatal(err)
			}
			kind, err := f.GetCellType("Satu", "A2")
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula("Satu", "A2")
			if err != nil || raw != c.raw || shown != c.shown || kind != c.kind || formula != "" {
				t.Errorf("raw %q, shown %q, type %v, formula %q, %v; want %q, %q, %v", raw, shown, kind, formula, err, c.raw, c.shown, c.kind)
			}
		})
	}
}

func TestUnknownType(t *testing.T) {
	_, err := sheet.Book([]sheet.Sheet{{Name: "Satu", Head: []sheet.Column{{Name: "Nilai", Width: 9}}, Rows: [][]any{{1.5}}}}, sheet.Options{})
	if err == nil {
		t.Error("a float was taken")
	}
}

// The same sheets with the same day give the same bytes.
func TestReproducible(t *testing.T) {
	made := func() []byte {
		var sheets []sheet.Sheet
		for _, name := range []string{"Satu", "Dua", "Tiga", "Empat", "Lima"} {
			sheets = append(sheets, sheet.Sheet{Name: name, Top: []string{"Judul", "Nomor"}, Head: []sheet.Column{{Name: "Nilai", Width: 9}}, Rows: [][]any{{1}}})
		}
		book, err := sheet.Book(sheets, sheet.Options{Day: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Foot: "Suku & Adat", Page: "{page} dari {pages}"})
		if err != nil {
			t.Fatal(err)
		}
		return book
	}
	first := made()
	for range 20 {
		if !bytes.Equal(first, made()) {
			t.Fatal("the same sheets made other bytes")
		}
	}
}

// Header and footer may contain any characters.
func TestBookHasHeadAndFoot(t *testing.T) {
	for _, c := range []struct{ foot, want string }{
		{"Suku & Adat", "&LSuku && Adat&R&P dari &N"},
		{strings.Repeat("&", 300), "&L" + "…" + "&R&P dari &N"},
		{strings.Repeat("huruf ", 60), "&L" + strings.Repeat("huruf ", 30) + "…&R&P dari &N"},
	} {
		book, err := sheet.Book([]sheet.Sheet{{Name: "Satu", Top: []string{"Judul", "=1+1"}, Head: []sheet.Column{{Name: "Nilai", Width: 9}}, Rows: [][]any{{1}}}},
			sheet.Options{Foot: c.foot, Page: "{page} dari {pages}"})
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(book))
		if err != nil {
			t.Fatal(err)
		}
		layout, err := f.GetPageLayout("Satu")
		if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
			t.Errorf("it prints on other paper than A4, one page wide: %+v, %v", layout, err)
		}
		if props, err := f.GetSheetProps("Satu"); err != nil || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("it does not fit the page: %+v, %v", props, err)
		}
		foot, err := f.GetHeaderFooter("Satu")
		if err != nil || foot.OddFooter != c.want {
			t.Errorf("foot %q, %v, want %q", foot.OddFooter, err, c.want)
		}
		for cell, want := range map[string]string{"A1": "Judul", "A2": "=1+1", "A3": "Nilai", "A4": "1"} {
			if got, err := f.GetCellValue("Satu", cell); err != nil || got != want {
				t.Errorf("%s is %q, %v, want %q", cell, got, err, want)
			}
		}
		if formula, err := f.GetCellFormula("Satu", "A2"); err != nil || formula != "" {
			t.Errorf("a line above is computed: %q, %v", formula, err)
		}
		_ = f.Close()
	}
}
