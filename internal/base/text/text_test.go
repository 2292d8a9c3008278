package text_test

import (
	"testing"

	"siida.id/internal/base/text"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "  Sari \t\n Dewi ": "Sari Dewi", "a\x00b": "ab", "a\u202eb": "ab", "\xff": "", "Ängström – 第1": "Ängström – 第1",
	} {
		if got := text.Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		in   string
		max  int
		want string
	}{{"", 1, ""}, {"äöü", 3, "äöü"}, {"äöü", 2, "äö"}} {
		if got := text.Shorten(tt.in, tt.max); got != tt.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", tt.in, tt.max, got, tt.want)
		}
	}
}
