package i18n_test

import (
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

// Numbers of any length are formatted by the language's rules.
func TestNumber(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"id", "en"} {
		ctx := catalog.With(t.Context(), lang)
		for _, n := range []int64{0, 7, 42, 999, 1000, 1001, 968574, -1, -999, -1000} {
			if got, want := i18n.Number(ctx, n), message.NewPrinter(language.Make(lang)).Sprint(n); got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
	if got := i18n.Number(catalog.With(t.Context(), "id"), 1250); got != "1.250" {
		t.Errorf("%q", got)
	}
}
