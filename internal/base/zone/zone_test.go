package zone_test

import (
	"testing"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/zone"
)

// Day and year change at the region's midnight, whatever the machine's zone.
func TestToday(t *testing.T) {
	for _, tt := range []struct {
		zone, now string
		want      day.Day
	}{
		{"Asia/Jakarta", "2026-12-31T16:59:59.999Z", "2026-12-31"},
		{"Asia/Jakarta", "2026-12-31T17:00:00Z", "2027-01-01"},
		{"Asia/Jakarta", "2027-01-01T06:59:00+07:00", "2027-01-01"},
		{"Asia/Makassar", "2026-12-31T15:59:59Z", "2026-12-31"},
		{"Asia/Makassar", "2026-12-31T16:00:00Z", "2027-01-01"},
		{"Asia/Jayapura", "2026-12-31T14:59:59Z", "2026-12-31"},
		{"Asia/Jayapura", "2026-12-31T15:00:00Z", "2027-01-01"},
		{"Asia/Jayapura", "2026-02-28T23:59:00+09:00", "2026-02-28"},
		{"Asia/Jayapura", "2026-03-01T00:00:00+09:00", "2026-03-01"},
		{"Nowhere/None", "2026-12-31T17:00:00Z", "2027-01-01"},
		{"", "2026-12-31T16:59:00Z", "2026-12-31"},
		{"Local", "2026-12-31T16:59:00Z", "2026-12-31"},
	} {
		now, err := time.Parse(time.RFC3339Nano, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := zone.Today(zone.With(t.Context(), tt.zone), now); got != tt.want {
			t.Errorf("%s at %s: %s, want %s", tt.zone, tt.now, got, tt.want)
		}
	}
}

func TestMoments(t *testing.T) {
	for name, want := range map[string]struct{ start, at, word, text string }{
		"Asia/Jakarta":   {"2026-08-30T17:00:00Z", "2026-08-31T16:59:00Z", "WIB", "2026-08-31 23.59 WIB"},
		"Asia/Makassar":  {"2026-08-30T16:00:00Z", "2026-08-31T15:59:00Z", "WITA", "2026-08-31 23.59 WITA"},
		"Asia/Jayapura":  {"2026-08-30T15:00:00Z", "2026-08-31T14:59:00Z", "WIT", "2026-08-31 23.59 WIT"},
		"Asia/Pontianak": {"2026-08-30T17:00:00Z", "2026-08-31T16:59:00Z", "WIB", "2026-08-31 23.59 WIB"},
	} {
		ctx := zone.With(t.Context(), name)
		start, at := zone.Start(ctx, "2026-08-31"), zone.At(ctx, "2026-08-31", 23, 59)
		if start.Format(time.RFC3339) != want.start || at.Format(time.RFC3339) != want.at {
			t.Errorf("%s: begins %s, is at %s, want %+v", name, start, at, want)
		}
		if got := zone.Name(ctx, at); got != want.word {
			t.Errorf("%s is called %s, want %s", name, got, want.word)
		}
		if got := zone.Format(ctx, at); got != want.text {
			t.Errorf("%s: %s, want %s", name, got, want.text)
		}
	}
	if got := zone.Format(t.Context(), time.Time{}); got != "" {
		t.Errorf("no moment is %q", got)
	}
}

// A day stays the same day when a region gets another zone; other times keep
// their moment.
func TestMoved(t *testing.T) {
	for _, tt := range []struct{ moment, from, to, want string }{
		{"2026-08-30T17:00:00Z", "Asia/Jakarta", "Asia/Makassar", "2026-08-30T16:00:00Z"},
		{"2026-12-31T15:00:00Z", "Asia/Jayapura", "Asia/Jakarta", "2026-12-31T17:00:00Z"},
		{"2026-08-30T17:00:00Z", "Asia/Jakarta", "Asia/Pontianak", "2026-08-30T17:00:00Z"},
		{"2026-08-30T17:00:00.001Z", "Asia/Jakarta", "Asia/Makassar", "2026-08-30T17:00:00.001Z"},
		{"2026-08-30T16:59:00Z", "Asia/Jakarta", "Asia/Makassar", "2026-08-30T16:59:00Z"},
		{"0001-01-01T00:00:00Z", "UTC", "Asia/Makassar", "0001-01-01T00:00:00Z"},
	} {
		moment, err := time.Parse(time.RFC3339Nano, tt.moment)
		if err != nil {
			t.Fatal(err)
		}
		got := zone.Moved(moment, tt.from, tt.to)
		if got.Format(time.RFC3339Nano) != tt.want {
			t.Errorf("%s from %s to %s: %s, want %s", tt.moment, tt.from, tt.to, got, tt.want)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"WIB": "Asia/Jakarta", "wita": "Asia/Makassar", " WIT ": "Asia/Jayapura", "Asia/Makassar": "Asia/Makassar",
		"Asia/Pontianak": "Asia/Pontianak", "UTC": "UTC", "": "", "Local": "", "WAKTU": "", "Asia/": "", "../etc/passwd": "", "+07": "",
	} {
		if name, ok := zone.Parse(text); ok != (want != "") || ok && name != want {
			t.Errorf("%q is %q, %v, want %q", text, name, ok, want)
		}
	}
}

func TestOfRegion(t *testing.T) {
	for code, want := range map[string]string{
		"18.01": "Asia/Jakarta", "61": "Asia/Jakarta", "62.01": "Asia/Jakarta", "51.71": "Asia/Makassar", "63": "Asia/Makassar", "73.71": "Asia/Makassar",
		"81.01": "Asia/Jayapura", "97": "Asia/Jayapura", "99.01": "Asia/Jakarta", "": "Asia/Jakarta", "x": "Asia/Jakarta",
	} {
		if got := zone.OfRegion(code); got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
}
