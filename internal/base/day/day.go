// Package day is a date without an hour and a zone, as letters and forms carry it.
package day

import (
	"strings"
	"time"
)

// Day is written "2025-03-14", so that days sort as text; the zero Day is none.
type Day string

// layouts are the spellings that people and browsers use; none has two readings.
var layouts = []string{time.DateOnly, "2-1-2006", "2/1/2006", "2.1.2006"}

// Parse reads a day as a person writes it, day first, or as a browser sends it.
// Nothing but white space is the zero Day.
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

// Of is the day of t in t's own zone. Package zone alone calls it: which day it is
// depends on the region.
func Of(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// Within reports whether d is from first to last, both included.
func (d Day) Within(first, last Day) bool { return d != "" && first <= d && d <= last }

// Date gives the parts; a Day that is none has the year 0.
func (d Day) Date() (year int, month time.Month, dayOfMonth int) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0, 0, 0
	}
	return t.Date()
}

// AddDays is the day n days later; a Day that is none stays so.
func (d Day) AddDays(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Of(t.AddDate(0, 0, n))
}
