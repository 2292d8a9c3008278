package period

import (
	"context"
	"time"
)

// Ends knows until when a period takes answers, for every agency.
type Ends struct {
	period Period
	given  []Extension
	now    time.Time
}

// Ends reads what extensions there are; a period without an end needs none.
func (s *Service) Ends(ctx context.Context, p Period) (e Ends, err error) {
	e = Ends{period: p, now: s.Now()}
	if !p.Closes.IsZero() {
		e.given, err = s.Store.Extensions(ctx, p.ID)
	}
	return e, err
}

// Of is when an agency's time is over, the zero moment for never, and whether
// it may write now.
func (e Ends) Of(agencyID string) (end time.Time, open bool) {
	return e.period.End(e.given, agencyID), e.period.Accepts(e.given, agencyID, e.now) == nil
}
