package period

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
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

// Running returns the extensions that give somebody more time than the window does, and
// whose end has not passed.
func (e Ends) Running() (list []Extension) {
	for _, x := range e.extensions {
		if x.Counts() && x.Until.After(e.period.Closes) && e.now.Before(x.Until) {
			list = append(list, x)
		}
	}
	return list
}

// Deadlines returns the deadlines of a period to anybody signed in, the earliest first.
func (s *Service) Deadlines(ctx context.Context, id string) ([]Deadline, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.Deadlines(ctx, id)
}
