package archtest

import (
	"regexp"
	"strings"
	"testing"
)

// dates are ways from a moment to a date, or to a zone, that pass the region by.
var dates = regexp.MustCompile(`\bday\.Of\(|\btime\.Local\b|\.Local\(\)|\btime\.FixedZone\(|\btime\.LoadLocation\(|\.Format\((time\.DateOnly|"2006-01-02")\)`)

// Which day it is depends on the region: package zone alone makes a date of a
// moment, and knows zones.
func TestDatesFollowTheRegion(t *testing.T) {
	check := func(name, text string) {
		if strings.HasPrefix(name, "internal/base/zone/") || strings.HasPrefix(name, "internal/base/day/") {
			return
		}
		for _, found := range dates.FindAllString(text, -1) {
			t.Errorf("%s has %s; use zone.Day, zone.Today or zone.At", name, found)
		}
	}
	source(t, "internal", ".go", check)
	source(t, "internal", ".templ", check)
	source(t, "web", ".templ", check)
}
