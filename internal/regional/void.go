package regional

import (
	"context"
	"errors"

	"siida.id/internal/audit"
	"siida.id/internal/period"
)

// VoidUnopenable makes void, in the open periods of the actor's region, the proofs whose
// files cannot be opened: they prove nothing from then on. Figures of a closed period do
// not change; if it is opened again, the next call includes it. It is idempotent, and
// part of the job that inspects files.
func (s *Service) VoidUnopenable(ctx context.Context) error {
	list, err := s.Store.Unopenable(ctx)
	for _, periodID := range list {
		err = errors.Join(err, s.voidProofs(ctx, periodID))
	}
	return err
}

func (s *Service) voidProofs(ctx context.Context, periodID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Periods.Store.Lock(ctx, periodID) // exclusive: it changes what answers prove
		if err != nil || p.State != period.Open {     // it was closed meanwhile
			return err
		}
		void, err := s.Store.VoidProofs(ctx, periodID)
		if err != nil {
			return err
		}
		for _, v := range void {
			details := audit.Details{audit.KeyDocument: v.ID}
			if err := s.Log.Append(ctx, audit.RegionalAnswer.Of(periodID, v.Code), EventProofVoid, details); err != nil {
				return err
			}
		}
		return nil
	})
}
