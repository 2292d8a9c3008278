package i18n_test

import (
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

func TestListOfFormats(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	for list, want := range map[string][2]string{
		"":                 {"", ""},
		"pdf":              {"PDF", "PDF"},
		"jpg jpeg":         {"JPG", "JPG"},
		"pdf png":          {"PDF atau PNG", "PDF or PNG"},
		"pdf jpg jpeg png": {"PDF, JPG, atau PNG", "PDF, JPG or PNG"},
		"jpeg jpg png":     {"JPG atau PNG", "JPG or PNG"},
	} {
		for n, lang := range []string{"id", "en"} {
			ctx := catalog.With(t.Context(), lang)
			if got := i18n.Formats(ctx, strings.Fields(list)); got != want[n] {
				t.Errorf("%s in %s: %q, want %q", list, lang, got, want[n])
			}
		}
	}
	err = fault.New(fault.Invalid, "file.type").With(fault.Args{"Name": "x.exe", "Formats": fault.Formats{"pdf", "png"}})
	if got := i18n.Fault(catalog.With(t.Context(), "id"), err); !strings.Contains(got, "PDF atau PNG") {
		t.Errorf("in a fault: %s", got)
	}
}
