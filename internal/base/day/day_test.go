package day_test

import (
	"testing"

	"siida.id/internal/base/day"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]struct {
		day day.Day
		ok  bool
	}{
		"2025-03-14": {"2025-03-14", true}, " 14/3/2025 ": {"2025-03-14", true}, "14-03-2025": {"2025-03-14", true},
		"14.3.2025": {"2025-03-14", true}, "": {"", true}, "  ": {"", true}, "29/2/2024": {"2024-02-29", true},
		"29/2/2025": {"", false}, "3/14/2025": {"", false}, "0001-01-01": {"", false}, "14 Maret 2025": {"", false},
		"2025-13-01": {"", false}, "25-3-14": {"", false},
	} {
		if got, ok := day.Parse(text); got != want.day || ok != want.ok {
			t.Errorf("Parse(%q) = %q, %v; want %q, %v", text, got, ok, want.day, want.ok)
		}
	}
}

func TestWithin(t *testing.T) {
	for d, want := range map[day.Day]bool{"2024-01-01": true, "2025-12-31": true, "2023-12-31": false, "2026-01-01": false, "": false} {
		if got := d.Within("2024-01-01", "2025-12-31"); got != want {
			t.Errorf("%q within the window: %v, want %v", d, got, want)
		}
	}
}
