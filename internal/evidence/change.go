package evidence

import (
	"context"

	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
)

// change runs every change of an innovation's data in a period. In a transaction it
// takes a shared lock on the period, locks the innovation and reads both again; fn
// decides, writes, refreshes the summary if answers or their evidence have changed,
// and appends to the audit log last. Since fn may have waited for the log, the window
// is checked again at the end: what would be committed after the window has closed is
// refused.
func (s *Service) change(ctx context.Context, innovationID, periodID string, fn func(ctx context.Context, i innovation.Access, p period.Pinned) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := signedIn(ctx); err != nil {
			return err
		}
		p, err := s.Periods.LockShared(ctx, periodID)
		if err != nil {
			return err
		}
		i, err := s.Innovations.Lock(ctx, innovationID)
		if err != nil {
			return err
		}
		if err := fn(ctx, i, p); err != nil {
			return err
		}
		return s.Periods.WritableIn(ctx, p.Period, i.Data())
	})
}

// changeAnswer is change for one indicator, for those who may change its answer,
// while the period accepts answers.
func (s *Service) changeAnswer(ctx context.Context, innovationID, periodID, code string, fn func(ctx context.Context, t target) error) error {
	return s.change(ctx, innovationID, periodID, func(ctx context.Context, i innovation.Access, p period.Pinned) error {
		place, err := question.At(p, instrument.PerInnovation, code)
		if err != nil {
			return err
		}
		t := target{place, i}
		if err := s.checkChange(ctx, t); err != nil {
			return err
		}
		return fn(ctx, t)
	})
}

// target is the indicator and the innovation of an answer to change.
type target struct {
	question.Place
	Innovation innovation.Access
}

// target returns the target of an address to those who may read it, in one statement.
func (s *Service) target(ctx context.Context, innovationID, periodID, code string) (t target, err error) {
	if err := signedIn(ctx); err != nil {
		return target{}, err
	}
	i, p, err := s.Store.Target(ctx, innovationID, periodID)
	if err != nil {
		return target{}, err
	}
	if err := innovation.CheckRead(ctx, i.AgencyID); err != nil {
		return target{}, err
	}
	if p.ID == "" {
		return target{}, fault.New(fault.NotFound, "period.none_open")
	}
	pinned, err := s.Periods.Pin(p)
	if err != nil {
		return target{}, err
	}
	place, err := question.At(pinned, instrument.PerInnovation, code)
	return target{place, i}, err
}

// checkChange returns the fault if the actor may not change an answer now.
func (s *Service) checkChange(ctx context.Context, t target) error {
	if err := innovation.CheckChange(ctx, t.Innovation); err != nil {
		return err
	}
	return s.Periods.WritableIn(ctx, t.Period.Period, t.Innovation.Data())
}
