package evidence

import (
	"context"
	"fmt"
	"strconv"
	"strings"

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

// Claimed is an option that an innovation claims.
type Claimed struct {
	Code   string // of the indicator
	Level  int
	Proven bool // at least one document proves it
}

// ParseClaimed reads claims as a store keeps them: "SID-16=2! SID-17=1", where "!"
// marks what is proven. It returns an error for anything else.
func ParseClaimed(text string) (list []Claimed, err error) {
	for word := range strings.FieldsSeq(text) {
		var c Claimed
		word, c.Proven = strings.CutSuffix(word, "!")
		code, level, found := strings.Cut(word, "=")
		c.Code = code
		if c.Level, err = strconv.Atoi(level); err != nil || !found {
			return nil, fmt.Errorf("claims %q: not CODE=LEVEL", text)
		}
		list = append(list, c)
	}
	return list, nil
}

// Astray is where what is kept of an innovation's answers in a period is not what
// they say. The program never makes one; siida check looks for it.
type Astray struct{ InnovationID, PeriodID string }

// Scope says whose innovations are counted.
type Scope = innovation.Scope

// Sum is how far the innovations of one agency have come, without those that are
// withdrawn or archived.
type Sum struct {
	AgencyID    string
	Innovations int
	Finished    int // with every answer finished
	Untouched   int // without any answer
}

// SumsOf is CompletenessOf added up for each agency that has an innovation, by
// the agency's id. It takes one statement.
func (s *Service) SumsOf(ctx context.Context, p period.Pinned) ([]Sum, error) {
	if err := signedIn(ctx); err != nil {
		return nil, err
	}
	return s.Store.Sums(ctx, p.ID, innovation.ScopeOf(actor.From(ctx)), len(p.Pack.Rows(instrument.PerInnovation)))
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
