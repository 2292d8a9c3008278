package regional

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
)

// changeAnswer runs every change of an answer of the region. In a transaction it
// locks the period exclusively, since the figures of an answer are read and replaced
// together; fn decides, writes, and appends to the audit log last.
func (s *Service) changeAnswer(ctx context.Context, periodID, code string, fn func(ctx context.Context, q Question) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := readable(ctx); err != nil {
			return err
		}
		p, err := s.Periods.Lock(ctx, periodID)
		if err != nil {
			return err
		}
		place, err := question.At(p, instrument.PerRegion, code)
		if err != nil {
			return err
		}
		q := Question{Place: place}
		if err := s.checkChange(ctx, q); err != nil {
			return err
		}
		return fn(ctx, q)
	})
}

// checkChange returns the fault if the actor may not change an answer now.
func (s *Service) checkChange(ctx context.Context, q Question) error {
	if !MayEdit(actor.From(ctx)) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return q.Period.CheckEditable()
}

// changeRequest runs every change of a data request: it locks the period with lock,
// then the request, and reads both again. fn decides, writes, and appends to the
// audit log last.
func (s *Service) changeRequest(
	ctx context.Context, id string, lock func(context.Context, string) (period.Pinned, error),
	fn func(ctx context.Context, r Request, p period.Pinned) error,
) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := readable(ctx); err != nil {
			return err
		}
		r, err := s.Store.RequestByID(ctx, id) // its period never changes
		if err != nil {
			return err
		}
		p, err := lock(ctx, r.PeriodID)
		if err != nil {
			return err
		}
		if r, err = s.Store.LockRequest(ctx, id); err != nil {
			return err
		}
		if !MayReadRequests(actor.From(ctx), r.AgencyID) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return fn(ctx, r, p)
	})
}
