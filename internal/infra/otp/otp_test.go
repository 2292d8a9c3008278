package otp_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"siida.id/internal/infra/otp"
)

// The secret and the codes of RFC 6238, appendix B, with six digits.
const known = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func TestStep(t *testing.T) {
	f := &otp.Factors{Issuer: "SI-IDA", Random: rand.Reader}
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
		step, ok, err := f.Step(known, tt.code, time.Unix(tt.at, 0))
		if step != tt.step || ok != tt.ok || err != nil {
			t.Errorf("%q at %d = %d, %v, %v; want %d, %v", tt.code, tt.at, step, ok, err, tt.step, tt.ok)
		}
	}
	if _, _, err := f.Step("1", "287082", time.Unix(59, 0)); err == nil {
		t.Error("a broken secret has codes")
	}
}

func TestSecret(t *testing.T) {
	f := &otp.Factors{Issuer: "SI-IDA", Random: rand.Reader}
	one, err := f.Secret()
	other, _ := f.Secret()
	if err != nil || len(one) != 32 || one == other {
		t.Errorf("%q, %q, %v", one, other, err)
	}
	link, err := f.Link(one, "rina")
	if err != nil || !strings.HasPrefix(link, "otpauth://totp/SI-IDA:rina?") || !strings.Contains(link, "secret="+one) {
		t.Errorf("%s, %v", link, err)
	}
	if _, err := f.Link("1", "rina"); err == nil {
		t.Error("a broken secret has a link")
	}
}
