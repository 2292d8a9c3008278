package address_test

import (
	"testing"

	"siida.id/internal/base/address"
)

func TestShown(t *testing.T) {
	for text, want := range map[string]bool{
		"https://contoh.go.id/laman": true, "http://contoh.go.id": true, "": false, "contoh.go.id": false,
		"javascript:alert(1)": false, "https://": false, "https://nama:sandi@contoh.go.id": false, "ftp://contoh.go.id": false,
		"https://contoh.go.id/a b": false, "https://contoh.go.id\\jahat": false, "\x7fhttps://contoh.go.id": false,
	} {
		if got := address.Shown(text); got != want {
			t.Errorf("Shown(%q) = %v", text, got)
		}
	}
}
