package decimal

import (
	"errors"
	"strings"
	"unicode"
)

// ErrAmbiguous is the error of ParseTyped for a number that has two readings.
var ErrAmbiguous = errors.New("a decimal mark or a thousands mark")

// ParseTyped reads a number as people write it and the program prints it in either
// language: with a comma or a point before the decimals, and the other, or spaces,
// between thousands. "1.234" may be either and is ErrAmbiguous; "0.234", "1.2345" and
// "1.234,00" are not. No number here is negative.
func ParseTyped(s string) (Decimal, error) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, strings.TrimSpace(s))
	last := strings.LastIndexAny(s, ".,")
	whole, fraction := s, ""
	if last >= 0 {
		whole, fraction = s[:last], s[last+1:]
	}
	mark := "" // between thousands
	switch at := strings.IndexAny(whole, "., "); {
	case at >= 0:
		mark = whole[at : at+1]
	case last >= 0 && len(fraction) == 3 && len(whole) <= 3 && whole != "" && whole != "0":
		return 0, ErrAmbiguous
	}
	if last >= 0 && mark == s[last:last+1] { // 1.234.567 has no decimals
		whole, fraction, last = s, "", -1
	}
	if mark != "" {
		groups := strings.Split(whole, mark)
		for i, g := range groups {
			if i > 0 && len(g) != 3 || i == 0 && (len(g) == 0 || len(g) > 3 || g[0] == '0') {
				return 0, ErrSyntax
			}
		}
		whole = strings.Join(groups, "")
	}
	if last < 0 {
		return Parse(whole)
	}
	return Parse(whole + "." + fraction)
}
