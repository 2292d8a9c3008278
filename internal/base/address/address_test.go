package address_test

import (
	"slices"
	"strings"
	"testing"

	"siida.id/internal/base/address"
)

func TestCaseB18OneRuleForLinks(t *testing.T) {
	for text, want := range map[string]address.Mistake{
		"https://contoh.go.id/laman": "", "http://contoh.go.id": "", "https://contoh.go.id:8443/a?b=c#d": "", "https://192.0.2.1/": "", "http://[2001:db8::1]:80/": "",
		"https://contoh.go.id/100%": "", "https://contoh.go.id/100%-siap?q=5%%": "", "https://contoh.go.id/a%20b": "", "https://contoh.go.id/%zz%2": "",
		"https://contoh.go.id/layanan-é": "", "https://dinas_a.contoh.go.id": "", "https://web.archive.org/web/https://contoh.go.id": "", "HTTPS://CONTOH.GO.ID": "",
		"https://contoh.go.id/?u=http://a:99999/": "",

		"https://https://contoh.go.id": address.Twice, "http://https://contoh.go.id": address.Twice, "https://http//contoh.go.id": address.Twice,
		"https://HTTPS:contoh.go.id": address.Twice, "https:https://contoh.go.id": address.Twice,
		"https://contoh.go.id:99999": address.Port, "https://contoh.go.id:99999/a": address.Port, "https://contoh.go.id:0": address.Port,
		"https://contoh.go.id:": address.Port, "https://contoh.go.id:8x/": address.Port, "https://contoh.go.id:-1/": address.Port,
		"": address.Unclear, "contoh.go.id": address.Unclear, "javascript:alert(1)": address.Unclear, "https://": address.Unclear, "https:///a": address.Unclear,
		"https://nama:sandi@contoh.go.id": address.Unclear, "ftp://contoh.go.id": address.Unclear, "https://contoh.go.id/a b": address.Unclear,
		"https://contoh.go.id\\jahat": address.Unclear, "\x7fhttps://contoh.go.id": address.Unclear, "https://contoh..id": address.Unclear,
		"https://.": address.Unclear, "https://a%b/": address.Unclear, "https://contoh.go.id/a\u00a0b": address.Unclear, "https://con\u200btoh.go.id": address.Unclear,
		"https://" + strings.Repeat("%", 1000): address.Unclear,
	} {
		if got := address.Check(text); got != want || address.Shown(text) != (want == "") {
			t.Errorf("Check(%.60q) = %q, want %q", text, got, want)
		}
	}
}

func TestIn(t *testing.T) {
	got := address.In(`Lihat https://contoh.go.id/a, (http://b.go.id). "https://c.go.id:99999" dan ftp://d xhttp://e`)
	if want := []string{"https://contoh.go.id/a", "http://b.go.id", "https://c.go.id:99999"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
