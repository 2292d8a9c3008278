package evidence

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Completeness is how far the answers of one innovation in one period have
// come. Pages show it, and whoever lets an innovation go on asks it: the two
// cannot disagree, for both are counted by the same statement.
type Completeness struct {
	Answered int // indicators with an option
	Proven   int // of those, with evidence
	Finished int // indicators that a person has called finished
	Total    int // indicators that the pack asks
}

// Complete reports whether nothing is left to do.
func (c Completeness) Complete() bool { return c.Total > 0 && c.Finished == c.Total }

// Progress is the completeness of one innovation as it is stored, without the Total.
type Progress struct {
	InnovationID string
	Completeness
	Heads Heads // who is asked to endorse it
}

// Scope says whose innovations are counted.
type Scope = innovation.Scope

// AgencyTotals is how far the innovations of one agency have come, without those that are
// withdrawn or archived.
type AgencyTotals struct {
	AgencyID    string
	Innovations int
	Finished    int // with every answer finished
	Untouched   int // without any answer
}

// TotalsOf is CompletenessOf added up for each agency that has an innovation, by
// the agency's id. It takes one statement.
func (s *Service) TotalsOf(ctx context.Context, p period.Pinned) ([]AgencyTotals, error) {
	if err := signedIn(ctx); err != nil {
		return nil, err
	}
	return s.Store.AgencyTotals(ctx, p.ID, innovation.ScopeOf(actor.From(ctx)), len(p.Pack.Rows(instrument.PerInnovation)))
}

// CompletenessOf tells of every innovation that the actor may open how far it
// has come in a period. It takes one statement.
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
