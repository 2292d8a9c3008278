// Package text cleans what people type before it is stored.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable removes invisible characters from s, such as those that change the
// writing direction, and collapses white space.
func Printable(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// Shorten truncates s to max characters.
func Shorten(s string, max int) string {
	if runes := []rune(s); len(runes) > max {
		return string(runes[:max])
	}
	return s
}
