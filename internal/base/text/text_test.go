package text_test

import (
	"testing"

	"siida.id/internal/base/text"
)

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
