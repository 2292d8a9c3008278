package evidence

import (
	"context"
	"errors"
	"maps"

	"siida.id/internal/audit"
	"siida.id/internal/period"
)

// VoidUnopenable makes void, in the open periods of the actor's region, the uses of
// documents whose files cannot be opened: they prove nothing from then on. Figures of a
// closed period do not change; if it is opened again, the next call includes it. It is
// idempotent, and part of the job that inspects files.
func (s *Service) VoidUnopenable(ctx context.Context) error {
	list, err := s.Store.Unopenable(ctx)
	for _, in := range list {
		err = errors.Join(err, s.voidUses(ctx, in))
	}
	return err
}

func (s *Service) voidUses(ctx context.Context, in InPeriod) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Periods.Store.LockShared(ctx, in.PeriodID)
		if err != nil || p.State != period.Open { // it was closed meanwhile
			return err
		}
		if _, err := s.Innovations.Store.LockAccess(ctx, in.InnovationID); err != nil {
			return err
		}
		void, err := s.Store.VoidUses(ctx, in)
		if err != nil || len(void) == 0 {
			return err
		}
		pinned, err := s.Periods.Pin(p)
		if err != nil {
			return err
		}
		before, after, err := s.refresh(ctx, in.InnovationID, pinned)
		if err != nil {
			return err
		}
		scorer, proven := s.Scorer.Of(pinned.Pack), maps.Clone(before.Proven)
		for _, v := range void { // each with what its own indicator has lost
			details, was := audit.Details{audit.KeyDocument: v.DocumentID}, maturity(scorer, proven)
			if after.Proven[v.Code] == 0 {
				delete(proven, v.Code)
			}
			addMaturity(details, was, maturity(scorer, proven))
			if err := s.Log.Append(ctx, audit.Answer.Of(in.InnovationID, in.PeriodID, v.Code), EventDocumentVoid, details); err != nil {
				return err
			}
		}
		return nil
	})
}
