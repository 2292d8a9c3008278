package evidence

import "maps"

// AnswerSummary is what the answers of one innovation in one period add up to. It
// is stored, so that lists and the index need not read all answers of a region: its
// numbers in columns that lists filter by, its options as JSON.
type AnswerSummary struct {
	Answered int            `json:"-"`                  // indicators with an option
	Finished int            `json:"-"`                  // indicators that a person has called finished
	Proven   map[string]int `json:"proven,omitempty"`   // the options with evidence, by the indicator's code
	Unproven map[string]int `json:"unproven,omitempty"` // and those without
}

// Summarise adds up the claims of one innovation in one period.
func Summarise(claims []Claim) AnswerSummary {
	s := AnswerSummary{Proven: map[string]int{}, Unproven: map[string]int{}}
	for _, c := range claims {
		if c.Finished {
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

// Equal reports whether s and other say the same.
func (s AnswerSummary) Equal(other AnswerSummary) bool {
	return s.Answered == other.Answered && s.Finished == other.Finished &&
		maps.Equal(s.Proven, other.Proven) && maps.Equal(s.Unproven, other.Unproven)
}

// Mismatch is where the stored summary of an innovation's answers in a period is
// not what they add up to. The program never makes one; siida check looks for it.
type Mismatch struct{ InnovationID, PeriodID string }
