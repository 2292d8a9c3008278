package lettercode_test

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/base/lettercode"
)

func TestWhatIsTypedIsTheCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 40).Draw(t, "length")
		made, err := lettercode.New(rand.Reader, length)
		if err != nil || len(made) != length || strings.Trim(made, lettercode.Letters) != "" {
			t.Fatalf("%q, %v", made, err)
		}
		between := rapid.SampledFrom([]string{" ", "-", "", " - "}).Draw(t, "between")
		if got := lettercode.Typed(strings.ToLower(lettercode.Grouped(made, between))); got != made {
			t.Fatalf("%q typed in groups is %q", made, got)
		}
	})
}

func TestGroups(t *testing.T) {
	for in, want := range map[string]string{"": "", "BCDF": "BCDF", "BCDFG": "BCDF-G", "BCDFGHJKMNPR": "BCDF-GHJK-MNPR"} {
		if got := lettercode.Grouped(in, "-"); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestNoChanceNoCode(t *testing.T) {
	if made, err := lettercode.New(bytes.NewReader([]byte{1, 2}), 3); err == nil {
		t.Errorf("made %q of too little", made)
	}
}
