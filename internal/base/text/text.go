// Package text cleans what people type before it is stored.
package text

import "slices"

// Shorten truncates s to max characters.
func Shorten(s string, max int) string {
	if runes := []rune(s); len(runes) > max {
		return string(runes[:max])
	}
	return s
}

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
