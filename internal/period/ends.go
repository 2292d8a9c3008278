package period

import (
	"context"
	"time"
)

// Ends returns until when data may be written in a period.
type Ends struct {
	period     Period
	extensions []Extension
	now        time.Time
}

// Ends reads the extensions of p; a period without an end needs none.
func (s *Service) Ends(ctx context.Context, p Period) (e Ends, err error) {
	e = Ends{period: p, now: s.Now()}
	if !p.Closes.IsZero() {
		e.extensions, err = s.Store.Extensions(ctx, p.ID)
	}
	return e, err
}

// Of returns the end of the time for data, the zero moment if there is none, and whether
// they may be written now.
func (e Ends) Of(d Data) (end time.Time, open bool) {
	return e.period.End(e.extensions, d), e.period.Accepts(e.extensions, d, e.now) == nil
}
