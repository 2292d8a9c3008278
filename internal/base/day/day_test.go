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
		"29/2/2025": {"", false}, "3/14/2025": {"", false}, "0001-01-01": {"", false}, "14 Maret 2025": {"2025-03-14", true},
		"2025-13-01": {"", false}, "25-3-14": {"", false},
	} {
		if got, ok := day.Parse(text); got != want.day || ok != want.ok {
			t.Errorf("Parse(%q) = %q, %v; want %q, %v", text, got, ok, want.day, want.ok)
		}
	}
}

func TestCaseB15DaysAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]day.Day{
		"1 November 2026": "2026-11-01", "1 Nov 2026": "2026-11-01", "1 nov. 2026": "2026-11-01", "01-11-2026": "2026-11-01", "1/11/2026": "2026-11-01",
		"1 - 11 - 2026": "2026-11-01", "1-Nov-2026": "2026-11-01", "2026-11-01": "2026-11-01", "2026/11/1": "2026-11-01", "1 Nopember 2026": "2026-11-01",
		"Minggu, 1 November 2026": "2026-11-01", "Jum'at, 6 November 2026": "2026-11-06", "17 AGUSTUS 2026": "2026-08-17", "17 Agt 2026": "2026-08-17",
		"17 August 2026": "2026-08-17", "August 17, 2026": "2026-08-17", "17 Agu 2026": "2026-08-17", "5 Mei 2026": "2026-05-05", "5 May 2026": "2026-05-05",
		"31 Des 2026": "2026-12-31", "31 Dec 2026": "2026-12-31", "1\u00a0Sept\u00a02026": "2026-09-01", "31-12-2100": "2100-12-31",
		"31 November 2026": "", "29 Februari 2025": "", "1 Ju 2026": "", "1 Junius 2026": "", "1 November": "", "November 2026": "", "1-11-26": "", "11-2026": "",
		"1-11-9999": "", "9999-11-01": "", "1-1-2101": "", "31-12-1944": "", "1-11-2026-1": "", "1 11 2026 x": "", "-": "", "hari ini": "", "1-0-2026": "",
		"0-1-2026": "", "+1-1-2026": "", "001-1-2026": "", "٣-1-2026": "",
	} {
		if got, ok := day.Parse(text); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v, want %q", text, got, ok, want)
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
