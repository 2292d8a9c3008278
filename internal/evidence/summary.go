package evidence

import "maps"

// AnswerSummary summarises the answers of an innovation in a period. It is stored, so
// that lists and the index need not read all answers of a region: the numbers in
// columns by which lists filter, the options as JSON.
type AnswerSummary struct {
	Answered int            `json:"-"`                  // indicators with an option
	Finished int            `json:"-"`                  // indicators whose answers are finished
	Proven   map[string]int `json:"proven,omitempty"`   // the options with evidence, by indicator code
	Unproven map[string]int `json:"unproven,omitempty"` // the options without
}

// Summarise summarises the claims of an innovation in a period.
func Summarise(claims []Claim) AnswerSummary {
	s := AnswerSummary{Proven: map[string]int{}, Unproven: map[string]int{}}
	for _, c := range claims {
		if c.State().Finished() {
			s.Finished++
		}
		switch {
		case c.Level == 0:
			continue
		case c.Documents > 0:
			s.Proven[c.Code] = c.Level
		default:
			s.Unproven[c.Code] = c.Level
		}
		s.Answered++
	}
	return s
}

// Equal reports whether s and other are equal.
func (s AnswerSummary) Equal(other AnswerSummary) bool {
	return s.Answered == other.Answered && s.Finished == other.Finished &&
		maps.Equal(s.Proven, other.Proven) && maps.Equal(s.Unproven, other.Unproven)
}

// Mismatch is a stored summary that differs from the answers of an innovation in a
// period. The program never causes one; siida check looks for them.
type Mismatch struct{ InnovationID, PeriodID string }
