package question_test

import (
	"testing"

	"siida.id/internal/question"
)

func TestCaseB9StateOf(t *testing.T) {
	for _, tt := range []struct {
		level, evidence int
		marked          bool
		want            question.State
		finished        bool
	}{
		{0, 0, false, question.Empty, false},
		{0, 0, true, question.Marked, true},
		{0, 2, false, question.Begun, false},
		{0, 2, true, question.Marked, true},
		{3, 0, false, question.Begun, false},
		{3, 0, true, question.Marked, true},
		{1, 1, false, question.Proven, true},
		{1, 1, true, question.Proven, true},
	} {
		got := question.StateOf(tt.level, tt.evidence, tt.marked)
		if got != tt.want || got.Finished() != tt.finished {
			t.Errorf("option %d, evidence %d, marked %v: %s, finished %v", tt.level, tt.evidence, tt.marked, got, got.Finished())
		}
	}
}
