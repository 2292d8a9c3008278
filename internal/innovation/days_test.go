package innovation_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/base/day"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
)

// The days of EligibleOn count what Eligible counts.
func TestEligibleDaysAreTheRule(t *testing.T) {
	days := []day.Day{"", "2022-01-01", "2022-12-31", "2023-01-01", "2024-06-01", "2024-12-31", "2025-01-01"}
	some := rapid.SampledFrom(days)
	bound := rapid.Map(some, func(d day.Day) *string {
		if d == "" {
			return nil
		}
		return new(string(d))
	})
	stages := []string{string(innovation.Initiative), string(innovation.Trial), string(innovation.Application)}
	rapid.Check(t, func(t *rapid.T) {
		rule := instrument.Eligibility{}
		rule.AppliedFrom.Value, rule.AppliedTo.Value = bound.Draw(t, "from"), bound.Draw(t, "to")
		rule.Developed.Value = rapid.SampledFrom([]*bool{nil, new(false), new(true)}).Draw(t, "developed")
		rule.Counting.Value = slices.DeleteFunc(slices.Clone(stages), func(string) bool { return rapid.IntRange(0, 3).Draw(t, "without") == 0 })
		i := innovation.Innovation{
			State: rapid.SampledFrom(innovation.States()).Draw(t, "state"), TriedOn: some.Draw(t, "tried"),
			AppliedOn: some.Draw(t, "applied"), DevelopedOn: some.Draw(t, "developed on"),
		}
		on := some.Draw(t, "on")
		if got, want := innovation.EligibleOn(rule, on).Count(i), i.Eligible(rule, on).Counts; got != want {
			t.Errorf("%+v on %s: %v, want %v", i, on, got, want)
		}
	})
}
