// Package day is a date without time and zone, as in letters and forms.
package day

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Day is written "2025-03-14", so days sort as text; the zero Day is no date.
type Day string

// The years that a typed day may have: no letter here is older than the republic.
const (
	FirstYear = 1945
	LastYear  = 2100
)

// months are the names of the months as letters have them, in both languages, in lower
// case. An abbreviation has at least three letters of a name.
var months = map[string]time.Month{
	"januari": 1, "february": 2, "februari": 2, "pebruari": 2, "maret": 3, "march": 3, "mrt": 3, "april": 4, "mei": 5, "may": 5, "juni": 6, "june": 6,
	"juli": 7, "july": 7, "agustus": 8, "august": 8, "agt": 8, "ags": 8, "september": 9, "oktober": 10, "october": 10, "november": 11, "nopember": 11,
	"desember": 12, "december": 12, "january": 1,
}

// weekdays may stand before a day; which one is not checked.
var weekdays = []string{
	"senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
}

// Parse reads a day as people write it, as the program prints it in either language, or
// as a browser sends it: "1-11-2026", "1/11/2026", "1.11.2026", "1 November 2026",
// "1 Nov 2026", "Minggu, 1 November 2026", "November 1, 2026", "2026-11-01". A day in
// digits comes before its month, unless the year is first. Blank text is the zero Day.
func Parse(text string) (d Day, ok bool) {
	parts := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-/.,–", r) })
	if len(parts) == 4 && isWeekday(parts[0]) {
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return "", strings.TrimSpace(text) == ""
	}
	if len(parts) != 3 {
		return "", false
	}
	year, month, number := parts[2], parts[1], parts[0]
	switch {
	case len(parts[0]) == 4:
		year, number = parts[0], parts[2]
	case monthOf(parts[0]) != 0:
		month, number = parts[0], parts[1]
	}
	m := int(monthOf(month))
	if m == 0 {
		m = digits(month, 2)
	}
	n, y := digits(number, 2), digits(year, 4)
	if len(year) != 4 || y < FirstYear || y > LastYear || n < 1 || m < 1 {
		return "", false
	}
	t := time.Date(y, time.Month(m), n, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != n {
		return "", false // 30 February
	}
	return Of(t), true
}

func isWeekday(word string) bool { return slices.Contains(weekdays, word) }

// monthOf returns the month of a name or an abbreviation, and 0 for anything else.
func monthOf(word string) time.Month {
	for name, m := range months {
		if word == name || len(word) >= 3 && strings.HasPrefix(name, word) {
			return m
		}
	}
	return 0
}

// digits returns the number of at most max digits in s, and -1 for anything else.
func digits(s string, max int) int {
	if len(s) == 0 || len(s) > max || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	n, _ := strconv.Atoi(s) // digits
	return n
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

// DaysUntil returns how many days later than d another day is, negative for an earlier
// one; zero if either is zero.
func (d Day) DaysUntil(other Day) int {
	from, errFrom := time.Parse(time.DateOnly, string(d))
	until, errUntil := time.Parse(time.DateOnly, string(other))
	if errFrom != nil || errUntil != nil {
		return 0
	}
	return int(until.Sub(from).Hours() / 24)
}

// AddDays returns the day n days later; the zero Day stays zero.
func (d Day) AddDays(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Of(t.AddDate(0, 0, n))
}
