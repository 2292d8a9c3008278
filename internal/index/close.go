package index

import (
	"context"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// AtClose implements evidence.ClosingFacts, for callers who have asked for permission: it
// returns the part of a profile in the facts of a period that is not open, whether it
// counts by these, and the day of the close.
func (s *Service) AtClose(ctx context.Context, p period.Pinned, innovationID string) (innovation.Innovation, innovation.Verdict, day.Day, error) {
	facts, m, err := s.facts(ctx, p)
	if err != nil {
		return innovation.Innovation{}, innovation.Verdict{}, "", err
	}
	names := facts.names()
	for _, h := range facts.Innovations {
		if h.ID != innovationID {
			continue
		}
		i := h.profile(names[h.AgencyID])
		v := i.Eligible(p.Pack.Eligibility, facts.On)
		v.Cohort = "" // which decree named it is not among the facts
		return i, v, max(m.Day, facts.On), nil
	}
	return innovation.Innovation{}, innovation.Verdict{}, "", fault.New(fault.NotFound, "fault.not_found")
}
