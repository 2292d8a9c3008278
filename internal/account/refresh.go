package account

import (
	"context"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Refresh implements uow.Actors: it returns ctx with the actor's name and the
// assignments that count now. It returns Unknown for a person who is not active.
func (s *Service) Refresh(ctx context.Context) (context.Context, error) {
	person := actor.From(ctx).ID
	who, err := s.Store.Actor(ctx, person, s.Now())
	if fault.KindOf(err) == fault.NotFound {
		return ctx, fault.New(fault.Unknown, "fault.sign_in").Because(err)
	}
	if err != nil {
		return ctx, fmt.Errorf("refresh person %s: %w", person, err)
	}
	return actor.With(ctx, who), nil
}
