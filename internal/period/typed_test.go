package period_test

import (
	"testing"
	"time"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/zone"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/period"
	"siida.id/locales"
)

// Moments are read as people write them (B15): 24.00 is the end of a day, and the zone may
// stand behind the hour if it is the region's.
func TestCaseB15MomentsAsPeopleWriteThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		if _, err := w.Open(brida, "iid-2026"); err != nil {
			t.Fatal(err)
		}
		version := int64(0)
		set := func(day, hour string) (time.Time, string) {
			t.Helper()
			got := mistakes(w.SetWindow(brida, "2026", period.WindowEntry{Closes: period.When{Day: day, Hour: hour}, Version: version}))
			c, err := w.Calendar(brida, "2026")
			if err != nil {
				t.Fatal(err)
			}
			version = c.Version
			return c.Closes, got
		}
		for _, typed := range [][2]string{
			{"31 Agustus 2026", "23.59"},
			{"31 Aug 2026", "23:59"},
			{"31-08-2026", "23.59 WIB"},
			{"2026-08-31", "pukul 23.59 wib"},
			{"31/8/2026", " 23.59\u200b "},
			{"31 Agustus 2026 pukul 23.59 WIB", ""},
			{"31 August 2026 at 23:59 WIB", ""},
		} {
			at, got := set(typed[0], typed[1])
			if want := time.Date(2026, 8, 31, 16, 59, 0, 0, time.UTC); got != "" || !at.Equal(want) {
				t.Errorf("%q: %s, %q, want %s", typed, at, got, want)
			}
		}
		if at, got := set("31-8-2026", "24.00"); got != "" || !at.Equal(zone.Start(brida, "2026-09-01")) {
			t.Errorf("24.00 = %s, %q", at, got)
		}
		for _, hour := range []string{"24.01", "25.00", "23.60", "23.59 WITA", "23", "23.59 UTC", "-1.00", "23.5"} {
			if _, got := set("31-8-2026", hour); got != "closes.hour=period.hour_unread" {
				t.Errorf("%q: %q", hour, got)
			}
		}
		// What the program prints is read as the same moment, in both languages.
		words, err := i18n.Load(locales.Files)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"id", "en"} {
			for month := time.January; month <= time.December; month++ {
				want := time.Date(2027, month, 28, 17, 5, 0, 0, time.UTC)
				if at, got := set(i18n.Moment(words.With(brida, lang), want), ""); got != "" || !at.Equal(want) {
					t.Errorf("%s: %s = %s, %q", lang, want, at, got)
				}
				form := period.FormatMoment(brida, want)
				if at, got := set(form.Day, form.Hour); got != "" || !at.Equal(want) {
					t.Errorf("%+v = %s, %q", form, at, got)
				}
				day := zone.Day(brida, want)
				if at, got := set(i18n.Day(words.With(brida, lang), day), "0.00"); got != "" || !at.Equal(zone.Start(brida, day)) {
					t.Errorf("%s: %s = %s, %q", lang, day, at, got)
				}
			}
		}
	})
}
