// Package text cleans what people type before it is stored.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable leaves out of s what cannot be seen, such as a mark that turns the
// direction of writing, and sets the words one space apart.
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

// Shorten cuts s after max characters.
func Shorten(s string, max int) string {
	if runes := []rune(s); len(runes) > max {
		return string(runes[:max])
	}
	return s
}
