package otp_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"siida.id/internal/infra/otp"
	"siida.id/internal/infra/seal"
)

// The secret and the codes of RFC 6238, appendix B, with six digits.
const known = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func TestStep(t *testing.T) {
	f := factors(t)
	for _, tt := range []struct {
		code string
		at   int64
		step int64
		ok   bool
	}{
		{"287082", 59, 1, true},
		{"081804", 1111111109, 37037036, true},
		{"005924", 1234567890, 41152263, true},
		{"287082", 89, 1, true},
		{"287082", 29, 1, true}, // a clock that differs by one step
		{"287082", 90, 0, false},
		{"287083", 59, 0, false},
		{"", 59, 0, false},
		{"28708", 59, 0, false},
		{"x\x00", 59, 0, false},
	} {
		step, ok, err := f.Step(known, "rina", tt.code, time.Unix(tt.at, 0))
		if step != tt.step || ok != tt.ok || err != nil {
			t.Errorf("%q at %d = %d, %v, %v; want %d, %v", tt.code, tt.at, step, ok, err, tt.step, tt.ok)
		}
	}
	if _, _, err := f.Step("1", "rina", "287082", time.Unix(59, 0)); err == nil {
		t.Error("a broken secret has codes")
	}
}

func TestCaseS13SecretsAreSealed(t *testing.T) {
	f := factors(t)
	one, err := f.Secret("rina")
	other, _ := f.Secret("rina")
	if err != nil || one == other {
		t.Errorf("%q, %q, %v", one, other, err)
	}
	typed, link, err := f.Reveal(one, "rina", "rina.w")
	if err != nil || len(typed) != 32 || strings.Contains(one, typed) || !strings.HasPrefix(link, "otpauth://totp/SI-IDA:rina.w?") || !strings.Contains(link, "secret="+typed) {
		t.Errorf("%s, %s, %v", typed, link, err)
	}
	if _, _, err := f.Reveal("1", "rina", "rina.w"); err == nil {
		t.Error("a broken secret has a link")
	}
	at := time.Unix(59, 0)
	_, right, err := f.Step(known, "rina", "287082", at)
	sealed, changed, sealErr := f.Seal(known, "rina")
	if !right || !changed || errors.Join(err, sealErr) != nil || strings.Contains(sealed, known) {
		t.Errorf("one in clear: %v, %v, %q, %v, %v", right, changed, sealed, err, sealErr)
	}
	if _, right, err := f.Step(sealed, "rina", "287082", at); !right || err != nil {
		t.Errorf("the same sealed: %v, %v", right, err)
	}
	if again, changed, err := f.Seal(sealed, "rina"); again != sealed || changed || err != nil {
		t.Errorf("sealed twice: %q, %v, %v", again, changed, err)
	}
	for name, try := range map[string]func() error{
		"another person": func() error { _, _, err := f.Step(sealed, "wati", "287082", at); return err },
		"another key":    func() error { _, _, err := factors(t).Step(sealed, "rina", "287082", at); return err },
		"to be revealed": func() error { _, _, err := factors(t).Reveal(sealed, "rina", "rina.w"); return err },
	} {
		if err := try(); !errors.Is(err, errSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errSealed = errors.New("sealed")

// factors returns Factors with a key of their own.
func factors(t *testing.T) *otp.Factors {
	t.Helper()
	box, err := seal.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &otp.Factors{Issuer: "SI-IDA", Random: rand.Reader, Box: box, Sealed: errSealed}
}
