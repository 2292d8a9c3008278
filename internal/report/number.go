package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
)

// Pattern is the pattern of a region's letter numbers, such as 000.9.2/{nomor}/{kode
// OPD}/{tahun}.
type Pattern string

// The words in braces.
const (
	wordNumber = "nomor"
	wordCode   = "kode OPD"
	wordMonth  = "bulan" // in Roman numerals
	wordYear   = "tahun"
)

// PatternWords returns the words that a pattern may have in braces.
func PatternWords() []string { return []string{wordNumber, wordCode, wordMonth, wordYear} }

var roman = [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// Number has the parts of a letter's number.
type Number struct {
	N    int // the place in the year's register
	Code string
	Day  day.Day
}

// Write formats a number. An unknown word is unchanged.
func (p Pattern) Write(n Number) string {
	year, month, _ := n.Day.Date()
	return p.each(func(word string) string {
		switch {
		case strings.EqualFold(word, wordNumber):
			return strconv.Itoa(n.N)
		case strings.EqualFold(word, wordCode):
			return n.Code
		case strings.EqualFold(word, wordMonth) && month > 0:
			return roman[month-1]
		case strings.EqualFold(word, wordYear):
			return strconv.Itoa(year)
		}
		return "{" + word + "}"
	})
}

// each replaces every word in braces.
func (p Pattern) each(fn func(word string) string) string {
	var out strings.Builder
	for rest := string(p); ; {
		before, after, opened := strings.Cut(rest, "{")
		word, more, closed := strings.Cut(after, "}")
		if !opened || !closed {
			out.WriteString(rest)
			return out.String()
		}
		out.WriteString(before + fn(strings.TrimSpace(word)))
		rest = more
	}
}

// check adds a mistake if the numbers of two letters could be equal.
func (p Pattern) check(check *fault.Check, field fault.FieldName, code string) {
	counts := map[string]int{}
	var strange []string
	left := p.each(func(word string) string {
		for _, known := range PatternWords() {
			if strings.EqualFold(word, known) {
				counts[known]++
				return ""
			}
		}
		strange = append(strange, "{"+word+"}")
		return ""
	})
	check.That(p != "", field, "report.pattern_missing")
	check.That(utf8.RuneCountInString(string(p)) <= longestLine, field, "report.line_long", fault.Args{"Most": longestLine})
	check.That(!strings.ContainsAny(left, "{}"), field, "report.pattern_brace")
	check.That(len(strange) == 0, field, "report.pattern_word", fault.Args{"Words": strings.Join(strange, ", ")})
	check.That(p == "" || counts[wordNumber] == 1, field, "report.pattern_number")
	check.That(p == "" || counts[wordYear] > 0, field, "report.pattern_year")
	check.That(counts[wordCode] == 0 || code != "", "code", "report.code_missing")
}
