package instrument

import (
	"fmt"
	"slices"
	"time"

	"siida.id/internal/base/decimal"
)

// The index is printed with two decimals, from 0.00 to 100.00.
const (
	hundredth  = 100 // in a Decimal
	hundredths = 100 * 100
)

// predicates checks that each hundredth of the index is in exactly one band.
func (c *checker) predicates() {
	var bands [hundredths + 1]int
	seen := map[string]bool{}
	for _, b := range c.pack.Predicates.Bands {
		c.named("predicates", b.Label)
		c.that(!seen[b.Label], "predicates", "a label twice", "%s", b.Label)
		seen[b.Label] = true
		switch {
		case b.From%hundredth != 0 || b.To%hundredth != 0:
			c.fault("predicates", "more than two decimals", "%s: %s to %s", b.Label, b.From, b.To)
		case b.From > b.To || b.To > decimal.FromInt(100):
			c.fault("predicates", "out of bounds", "%s: %s to %s", b.Label, b.From, b.To)
		default:
			for at := b.From / hundredth; at <= b.To/hundredth; at++ {
				bands[at]++
			}
		}
	}
	c.runs(bands[:], "hole", func(times int) bool { return times == 0 })
	c.runs(bands[:], "overlap", func(times int) bool { return times > 1 })
}

// runs adds a fault for each run of hundredths for which wrong returns true.
func (c *checker) runs(bands []int, rule string, wrong func(int) bool) {
	for at := 0; at < len(bands); at++ {
		if !wrong(bands[at]) {
			continue
		}
		first := at
		for at+1 < len(bands) && wrong(bands[at+1]) {
			at++
		}
		from, to := (decimal.Decimal(first) * hundredth).Round(2), (decimal.Decimal(at) * hundredth).Round(2)
		c.fault("predicates", rule, "%s", fmt.Sprintf("%s to %s", from, to))
	}
}

func (c *checker) eligibility() {
	e := c.pack.Eligibility
	from, to := c.date("eligibility.applied_from", e.AppliedFrom.Value), c.date("eligibility.applied_to", e.AppliedTo.Value)
	c.that(from == "" || to == "" || from <= to, "eligibility", "window out of order", "%s to %s", from, to)
	for _, s := range e.Counting.Value {
		c.that(slices.Contains(e.Stages.Value, s), "eligibility.counting_stages", "unknown stage", "%q", s)
	}
}

func (c *checker) date(subject string, date *string) string {
	if date == nil {
		return ""
	}
	_, err := time.Parse(time.DateOnly, *date)
	c.that(err == nil, subject, "not a date", "%q", *date)
	return *date
}
