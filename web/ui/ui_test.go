package ui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/filetype"
	"siida.id/internal/infra/i18n"
	"siida.id/locales"
	"siida.id/web/ui"
)

// Each mistake stands at the input of its field; one whose field has none is said all
// the same, and the page says that there is something to mend.
func TestMistakesOf(t *testing.T) {
	catalog, err := i18n.Load(fstest.MapFS{"id/x.json": {Data: []byte(`{"x.a": "Salah."}`)}, "en/x.json": {Data: []byte(`{"x.a": "Wrong."}`)}})
	if err != nil {
		t.Fatal(err)
	}
	inputs := ui.Inputs{
		"name": "nama", "into.name": "nama-tujuan", "into.*.name": "tujuan#-nama",
		"units.*": "unit-*", "answers.*.value": "nilai-*",
	}
	for field, want := range map[fault.FieldName]string{
		"name":                "nama",
		"into.name":           "nama-tujuan",
		"into.0.name":         "tujuan1-nama",
		"into.11.name":        "tujuan12-nama",
		"units.x7":            "unit-x7",
		"units.7":             "unit-7",
		"answers.SID-1.value": "nilai-SID-1",
		"nama":                "", // the name of an input is no field
		"":                    "",
		"into.x.name":         "", // no number
		"into":                "",
		"into.0":              "",
		"into.0.name.more":    "",
		"units.a.b":           "",
	} {
		var check fault.Check
		check.That(false, field, "x.a")
		got := ui.MistakesOf(catalog.With(t.Context(), "en"), check.Err(), inputs)
		if len(got) != 1 || got[0].Field != want || got[0].Text != "Wrong." || !got.Mendable() {
			t.Errorf("%q stands at %+v, want %q", field, got, want)
		}
		var page strings.Builder
		if err := ui.Errors(got).Render(catalog.With(t.Context(), "en"), &page); err != nil || !strings.Contains(page.String(), "Wrong.") {
			t.Errorf("%q: the page says %s, %v", field, page.String(), err)
		}
	}
	if got := ui.MistakesOf(t.Context(), errors.New("disk"), inputs); got != nil {
		t.Errorf("%+v of what nobody can mend", got)
	}
}

// The script accepts the file names that the server accepts: a format has the same
// spellings on both sides.
func TestCaseA7SpellingsOfFormats(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	heads := map[string]string{"pdf": "%PDF-1.7", "jpg": "\xff\xd8\xff\xe0\x00\x10JFIF", "png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}
	for format, head := range heads {
		var page strings.Builder
		if err := ui.File(ui.Upload{Name: "berkas", Formats: []string{format}, Max: 1 << 20}).Render(catalog.With(t.Context(), "id"), &page); err != nil {
			t.Fatal(err)
		}
		_, accept, _ := strings.Cut(page.String(), ` accept="`)
		accept, _, _ = strings.Cut(accept, `"`)
		for _, ext := range []string{".pdf", ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".mp4", ".exe"} {
			_, of, ok := filetype.Detect("x"+ext, []byte(head))
			if got := slices.Contains(strings.Split(accept, ","), ext); got != (ok && of == format) {
				t.Errorf("%s as %s: the input accepts %v, the server %v %q", ext, format, got, ok, of)
			}
		}
		for _, want := range []string{`data-max="1048576"`, "1\u00a0MB", "{name} bukan " + strings.ToUpper(format) + ". Kirim berkas", "Berkas kosong", "Pilih satu berkas saja"} {
			if !strings.Contains(page.String(), want) {
				t.Errorf("the input lacks %q: %s", want, page.String())
			}
		}
	}
}
