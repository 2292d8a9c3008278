package i18n_test

import (
	"testing"
	"time"

	"siida.id/internal/base/zone"
	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

func TestMoment(t *testing.T) {
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 8, 31, 16, 59, 0, 0, time.UTC)
	for _, tt := range []struct {
		lang, want, zone string
	}{
		{"id", "31 Agustus 2026 pukul 23.59 WIB", "Asia/Jakarta"},
		{"en", "31 August 2026 at 23:59 WIB", "Asia/Jakarta"},
		{"id", "1 September 2026 pukul 00.59 WITA", "Asia/Makassar"},
		{"id", "1 September 2026 pukul 01.59 WIT", "Asia/Jayapura"},
	} {
		if got := i18n.Moment(zone.With(c.With(t.Context(), tt.lang), tt.zone), at); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}
