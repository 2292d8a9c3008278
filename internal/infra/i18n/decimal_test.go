package i18n_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/base/decimal"
	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

func TestDecimal(t *testing.T) {
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ number, id, en string }{
		{"1234.05", "1.234,05", "1,234.05"},
		{"0.38", "0,38", "0.38"},
		{"7", "7", "7"},
	} {
		r := decimal.Must(tt.number).Exact()
		if got := i18n.Decimal(c.With(t.Context(), "id"), r); got != tt.id {
			t.Errorf("%s in Indonesian is %s, want %s", tt.number, got, tt.id)
		}
		if got := i18n.Decimal(c.With(t.Context(), "en"), r); got != tt.en {
			t.Errorf("%s in English is %s, want %s", tt.number, got, tt.en)
		}
	}
	args := map[string]any{"SPD": decimal.FromInt(40).Round(2), "Mean": decimal.Must("53.3333").Exact(), "Number": decimal.Must("3.04").Round(2), "Total": decimal.Must("96.37").Exact()}
	want := "SPD 40,00 + rata-rata 53,3333 + skor jumlah 3,04 = 96,37."
	if got := i18n.Format(c.With(t.Context(), "id"), "scoring.total", args); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What is printed is read as the same number in both languages, or, if it could be two,
// as none (B15).
func TestCaseB15PrintedNumbersAreRead(t *testing.T) {
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		places := rapid.IntRange(0, decimal.Places).Draw(rt, "places")
		n := decimal.Decimal(rapid.Int64Range(0, 1e14).Draw(rt, "n")).Round(places)
		for _, lang := range []string{"id", "en"} {
			printed := i18n.Decimal(c.With(t.Context(), lang), n)
			got, err := decimal.ParseTyped(printed)
			twofold := errors.Is(err, decimal.ErrAmbiguous) && (places == 0 || places == 3)
			if !twofold && (err != nil || got != n.Value) {
				rt.Errorf("%s: %s is printed as %s and read as %s, %v", lang, n, printed, got, err)
			}
		}
	})
}
