package evidence

import (
	"context"
	"maps"

	"siida.id/internal/audit"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

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

// maturity returns the points of an innovation whose options with evidence are proven, by
// indicator code.
func maturity(in *scoring.Instrument, proven map[string]int) scoring.Points {
	levels := in.InnovationLevels(func(code string) int { return proven[code] })
	return in.Score(scoring.Answers{Innovations: []scoring.Innovation{{Levels: levels}}}).Maturity[0]
}

// addMaturity adds to the details of an act what the maturity was before it, and is after.
func addMaturity(details audit.Details, before, after scoring.Points) {
	details[audit.KeyMaturityBefore], details[audit.KeyMaturity] = before.String(), after.String()
}

// refresh refreshes the summary of an innovation in a period, and returns the one before
// and the new one.
func (s *Service) refresh(ctx context.Context, innovationID, periodID string) (before, after AnswerSummary, err error) {
	all, err := s.Store.Summaries(ctx, innovationID)
	if err != nil {
		return before, after, err
	}
	before = all[periodID]
	if err := s.Store.RefreshSummary(ctx, innovationID, periodID); err != nil {
		return before, after, err
	}
	all, err = s.Store.Summaries(ctx, innovationID)
	return before, all[periodID], err
}

// refreshWith is refresh for an act of one entry in the audit log, to whose details it adds
// the maturity.
func (s *Service) refreshWith(ctx context.Context, innovationID string, p period.Pinned, details audit.Details) error {
	before, after, err := s.refresh(ctx, innovationID, p.ID)
	if err != nil {
		return err
	}
	in := s.Scorer.Of(p.Pack)
	addMaturity(details, maturity(in, before.Proven), maturity(in, after.Proven))
	return nil
}

// Mismatch is a stored summary that differs from the answers of an innovation in a
// period. The program never causes one; siida check looks for them.
type Mismatch struct{ InnovationID, PeriodID string }

// RefreshOldSummaries refreshes the summaries of the actor's region that an earlier
// version has stored. It is idempotent, and called at the start.
func (s *Service) RefreshOldSummaries(ctx context.Context) error {
	list, err := s.Store.Unsummarised(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, in := range list {
			if _, err := s.Innovations.Store.LockAccess(ctx, in.InnovationID); err != nil {
				return err
			}
			if err := s.Store.RefreshSummary(ctx, in.InnovationID, in.PeriodID); err != nil {
				return err
			}
		}
		return nil
	})
}
