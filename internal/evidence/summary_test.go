package evidence_test

import (
	"encoding/json"
	"testing"

	"siida.id/internal/evidence"
)

func TestSummarise(t *testing.T) {
	claim := func(code string, level, documents int, marked bool) evidence.Claim {
		return evidence.Claim{Answer: evidence.Answer{Code: code, Level: level, Marked: marked}, Documents: documents}
	}
	for name, tt := range map[string]struct {
		claims []evidence.Claim
		want   evidence.AnswerSummary
		detail string
	}{
		"no answer": {nil, evidence.AnswerSummary{}, `{}`},
		"proven and not": {
			[]evidence.Claim{claim("SID-33", 1, 0, false), claim("SID-16", 2, 3, true)},
			evidence.AnswerSummary{Answered: 2, Finished: 1, Proven: map[string]int{"SID-16": 2}, Unproven: map[string]int{"SID-33": 1}},
			`{"proven":{"SID-16":2},"unproven":{"SID-33":1}}`,
		},
		"evidence without an option, and finished without one": {
			[]evidence.Claim{claim("SID-16", 0, 1, false), claim("SID-17", 0, 0, true)},
			evidence.AnswerSummary{Finished: 1},
			`{}`,
		},
	} {
		got := evidence.Summarise(tt.claims)
		if !got.Equal(tt.want) {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
		if detail, err := json.Marshal(got); err != nil || string(detail) != tt.detail {
			t.Errorf("%s: %s, %v; want %s", name, detail, err, tt.detail)
		}
	}
	one := evidence.AnswerSummary{Answered: 1, Proven: map[string]int{"SID-16": 2}}
	for name, other := range map[string]evidence.AnswerSummary{
		"fewer answers":    {Proven: map[string]int{"SID-16": 2}},
		"more finished":    {Answered: 1, Finished: 1, Proven: map[string]int{"SID-16": 2}},
		"another level":    {Answered: 1, Proven: map[string]int{"SID-16": 1}},
		"without evidence": {Answered: 1, Unproven: map[string]int{"SID-16": 2}},
	} {
		if one.Equal(other) {
			t.Errorf("%s: equal", name)
		}
	}
}
