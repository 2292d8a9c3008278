package evidence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/evidence"
)

func TestParseClaimed(t *testing.T) {
	for text, want := range map[string][]evidence.Claimed{
		"":                   nil,
		"SID-16=2! SID-33=1": {{Code: "SID-16", Level: 2, Proven: true}, {Code: "SID-33", Level: 1}},
	} {
		got, err := evidence.ParseClaimed(text)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
	for _, text := range []string{"SID-16", "SID-16=", "SID-16=x!"} {
		if got, err := evidence.ParseClaimed(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}
