package question_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/base/day"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// A day is outside the years of some row if and only if it is not between the bounds.
func TestSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := rapid.OneOf(rapid.Just[*int](nil), rapid.Ptr(rapid.IntRange(-4, 1), false))
		rows := rapid.SliceOf(rapid.Custom(func(t *rapid.T) *instrument.Indicator {
			if rapid.Bool().Draw(t, "without years") {
				return &instrument.Indicator{}
			}
			return &instrument.Indicator{Evidence: &instrument.Evidence{Years: &instrument.Years{From: offset.Draw(t, "from"), To: offset.Draw(t, "to")}}}
		})).Draw(t, "rows")
		since, until := question.Sound(rows, 2027)
		on := day.Day(fmt.Sprintf("%d-0%d-1%d", rapid.IntRange(2021, 2030).Draw(t, "year"), rapid.IntRange(1, 9).Draw(t, "month"), rapid.IntRange(0, 9).Draw(t, "day")))
		outside := slices.ContainsFunc(rows, func(row *instrument.Indicator) bool {
			return len(question.Weaknesses(row, 2027, question.Evidence{Kind: instrument.Photo, Day: on})) > 0
		})
		if doubtful := on < since || until != "" && on > until; doubtful != outside {
			t.Fatalf("%s of %s…%s: %v, outside the years of a row: %v", on, since, until, doubtful, outside)
		}
	})
}

func TestCaseB4Weaknesses(t *testing.T) {
	years := func(from, to int) *instrument.Indicator {
		return &instrument.Indicator{Evidence: &instrument.Evidence{Years: &instrument.Years{From: &from, To: &to}}}
	}
	zero := 0
	until := &instrument.Indicator{Evidence: &instrument.Evidence{Years: &instrument.Years{To: &zero}}}
	words := &instrument.Indicator{Evidence: &instrument.Evidence{Years: &instrument.Years{Text: "2 tahun terakhir"}}}
	any, last3 := &instrument.Indicator{}, years(-2, 0)
	letter := func(d day.Day, s file.State) question.Evidence {
		return question.Evidence{Kind: instrument.Document, Number: "7/2025", Day: d, File: file.Record{State: s}}
	}
	for name, tt := range map[string]struct {
		row  *instrument.Indicator
		e    question.Evidence
		want string
	}{
		"a checked letter":          {last3, letter("2027-03-01", file.Checked), "[]"},
		"of the first year":         {last3, letter("2025-01-01", file.Checked), "[]"},
		"of the year before":        {last3, letter("2024-12-31", file.Checked), "[outside year]"},
		"of 2015":                   {last3, letter("2015-05-05", file.Checked), "[outside year]"},
		"of a year to come":         {last3, letter("2028-01-01", file.Checked), "[outside year]"},
		"where any year will do":    {any, letter("2015-05-05", file.Checked), "[]"},
		"where only a last is said": {until, letter("2015-05-05", file.Checked), "[]"},
		"after the last":            {until, letter("2028-05-05", file.Checked), "[outside year]"},
		"where only words are said": {words, letter("2015-05-05", file.Checked), "[]"},
		"not inspected":             {last3, letter("2026-01-01", file.Stored), "[unchecked]"},
		"not inspected, of 2015":    {last3, letter("2015-01-01", file.Stored), "[unchecked outside year]"},
		"cannot be opened":          {last3, letter("2015-01-01", file.Unopenable), "[]"},
		"without day":               {last3, letter("", file.Checked), "[no day]"},
		"without anything":          {last3, question.Evidence{Kind: instrument.Document, File: file.Record{State: file.Stored}}, "[unchecked no number no day]"},
		"a photo without day":       {last3, question.Evidence{Kind: instrument.Photo, File: file.Record{State: file.Checked}}, "[]"},
		"a photo of 2015":           {last3, question.Evidence{Kind: instrument.Photo, Day: "2015-01-01", File: file.Record{State: file.Checked}}, "[outside year]"},
		"a link":                    {last3, question.Evidence{Kind: instrument.Link}, "[]"},
		"a link of 2015":            {last3, question.Evidence{Kind: instrument.Link, Day: "2015-01-01"}, "[outside year]"},
		"a proof of the region":     {last3, question.Evidence{File: file.Record{State: file.Stored}}, "[unchecked]"},
	} {
		if got := fmt.Sprint(question.Weaknesses(tt.row, 2027, tt.e)); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
