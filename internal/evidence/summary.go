package evidence

import (
	"context"
	"maps"
	"slices"

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

// refresh refreshes the summary of an innovation in a period, with its points, and returns
// the one before and the new one.
func (s *Service) refresh(ctx context.Context, innovationID string, p period.Pinned) (before, after AnswerSummary, err error) {
	all, err := s.Store.Summaries(ctx, innovationID)
	if err != nil {
		return before, after, err
	}
	before = all[p.ID]
	if err := s.Store.RefreshSummary(ctx, innovationID, p.ID); err != nil {
		return before, after, err
	}
	if all, err = s.Store.Summaries(ctx, innovationID); err != nil {
		return before, after, err
	}
	after = all[p.ID]
	return before, after, s.Store.SavePoints(ctx, InPeriod{innovationID, p.ID}, maturity(s.Scorer.Of(p.Pack), after.Proven))
}

// refreshWith is refresh for an act of one entry in the audit log, to whose details it adds
// the maturity.
func (s *Service) refreshWith(ctx context.Context, innovationID string, p period.Pinned, details audit.Details) error {
	before, after, err := s.refresh(ctx, innovationID, p)
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

// StoredPoints are the points of a stored summary.
type StoredPoints struct {
	InPeriod
	AnswerSummary
	Points scoring.Points
}

// Mismatches returns the stored summaries of the actor's region that differ from their
// answers, or whose points are not those of the period's pack. The points of a period whose
// pack is missing cannot be checked.
func (s *Service) Mismatches(ctx context.Context) ([]Mismatch, error) {
	list, err := s.Store.Mismatches(ctx)
	if err != nil {
		return nil, err
	}
	packs, err := s.pinned(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := s.Store.Points(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range stored {
		m := Mismatch(one.InPeriod)
		if p, known := packs[one.PeriodID]; known && maturity(s.Scorer.Of(p.Pack), one.Proven) != one.Points && !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list, nil
}

// pinned returns the periods whose packs are there, by id.
func (s *Service) pinned(ctx context.Context) (map[string]period.Pinned, error) {
	all, err := s.Periods.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	packs := map[string]period.Pinned{}
	for _, one := range all {
		if p, err := s.Periods.Pin(one); err == nil {
			packs[p.ID] = p
		}
	}
	return packs, nil
}

// RefreshOldSummaries refreshes the summaries of the actor's region that an earlier
// version has stored. It is idempotent, and called at the start.
func (s *Service) RefreshOldSummaries(ctx context.Context) error {
	list, err := s.Store.Unsummarised(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	packs, err := s.pinned(ctx)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, in := range list {
			if _, err := s.Innovations.Store.LockAccess(ctx, in.InnovationID); err != nil {
				return err
			}
			if p, known := packs[in.PeriodID]; known {
				_, _, err = s.refresh(ctx, in.InnovationID, p)
			} else {
				err = s.Store.RefreshSummary(ctx, in.InnovationID, in.PeriodID)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
