package index

import (
	"context"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
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

// SinceClose counts what counts, or does not count, or belongs to another agency since a
// period was closed, for callers who have asked for permission. It does not count changed
// profiles.
func (s *Service) SinceClose(ctx context.Context, p period.Pinned) (since period.Since, err error) {
	before, _, err := s.facts(ctx, p)
	if err != nil {
		return since, err
	}
	now, err := s.Store.Facts(ctx, p.ID)
	if err != nil {
		return since, err
	}
	rule := p.Pack.Eligibility
	stored := make(map[string]InnovationFacts, len(before.Innovations))
	for _, h := range before.Innovations {
		stored[h.ID] = h
	}
	today := zone.Today(ctx, s.Now())
	for _, h := range now.Innovations {
		was, known := stored[h.ID]
		counted, counts := known && was.profile("").Eligible(rule, before.On).Counts, h.profile("").Eligible(rule, today).Counts
		switch {
		case counts && !counted:
			since.Gained++
		case counted && !counts:
			since.Lost++
		}
		if known && was.AgencyID != h.AgencyID {
			since.Moved++
		}
	}
	return since, nil
}
