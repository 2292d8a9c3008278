// Package text cleans what people type before it is stored.
package text

import (
	"slices"
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

// Line sets the words of s one space apart.
func Line(s string) string { return strings.Join(strings.Fields(s), " ") }

// Paragraphs leaves the space around s out, and ends its lines as Unix does.
func Paragraphs(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// Distinct drops from a list what is empty or there already; it is nil where
// nothing remains.
func Distinct(list []string) (distinct []string) {
	for _, s := range list {
		if s != "" && !slices.Contains(distinct, s) {
			distinct = append(distinct, s)
		}
	}
	return distinct
}
