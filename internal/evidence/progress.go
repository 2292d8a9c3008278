package evidence

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Completeness is the number of answers of an innovation in a period that are
// finished. Pages and gates use the same statement for it, so they agree.
type Completeness struct {
	Answered int // indicators with an option
	Proven   int // those of them with evidence
	Finished int // indicators whose answers are finished: proven, or marked
	Total    int // indicators of the pack
}

// Complete reports whether every indicator is finished.
func (c Completeness) Complete() bool { return c.Total > 0 && c.Finished == c.Total }

// Progress is the stored completeness of an innovation, without the Total.
type Progress struct {
	InnovationID string
	Completeness
	Heads Heads // who are asked to endorse it
}

// Scope selects the innovations to count.
type Scope = innovation.Scope

// AgencyTotals adds up the completeness of an agency's innovations, except withdrawn
// and archived ones.
type AgencyTotals struct {
	AgencyID    string
	Innovations int
	Finished    int // with every answer finished
	Untouched   int // without any answer
}

// TotalsOf returns the totals of each agency with an innovation in the actor's scope,
// by the agency's id, in one statement.
func (s *Service) TotalsOf(ctx context.Context, p period.Pinned) ([]AgencyTotals, error) {
	if err := signedIn(ctx); err != nil {
		return nil, err
	}
	return s.Store.AgencyTotals(ctx, p.ID, innovation.ScopeOf(actor.From(ctx)), len(p.Pack.Rows(instrument.PerInnovation)))
}

// CompletenessOf returns the completeness of every innovation that the actor may read
// in a period, in one statement.
func (s *Service) CompletenessOf(ctx context.Context, p period.Pinned) (map[string]Completeness, error) {
	if err := signedIn(ctx); err != nil {
		return nil, err
	}
	list, err := s.Store.Progress(ctx, p.ID, innovation.ScopeOf(actor.From(ctx)))
	if err != nil {
		return nil, err
	}
	all, total := map[string]Completeness{}, len(p.Pack.Rows(instrument.PerInnovation))
	for _, one := range list {
		one.Total = total
		all[one.InnovationID] = one.Completeness
	}
	return all, nil
}
