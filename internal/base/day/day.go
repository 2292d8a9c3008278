// Package day is a date without time and zone, as in letters and forms.
package day

import (
	"strings"
	"time"
)

// Day is written "2025-03-14", so days sort as text; the zero Day is no date.
type Day string

// layouts are the spellings that people and browsers use; none is ambiguous.
var layouts = []string{time.DateOnly, "2-1-2006", "2/1/2006", "2.1.2006"}

// Parse reads a day as a person writes it, day first, or as a browser sends it.
// Blank text is the zero Day.
func Parse(text string) (d Day, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", true
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1945 && t.Year() <= 9999 {
			return Of(t), true
		}
	}
	return "", false
}

// Of returns the day of t in t's zone. Only package zone calls it: which day it is
// depends on the region.
func Of(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// Within reports whether d is between first and last, inclusive.
func (d Day) Within(first, last Day) bool { return d != "" && first <= d && d <= last }

// Date returns the parts; the year of the zero Day is 0.
func (d Day) Date() (year int, month time.Month, dayOfMonth int) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0, 0, 0
	}
	return t.Date()
}

// AddDays returns the day n days later; the zero Day stays zero.
func (d Day) AddDays(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Of(t.AddDate(0, 0, n))
}
