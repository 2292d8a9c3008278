package auth

import (
	"context"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// checkSession returns Unknown if the actor's session has ended meanwhile. It is
// called in the transaction that writes.
func (s *Service) checkSession(ctx context.Context) error {
	if actor.From(ctx).Session == "" {
		return nil
	}
	_, err := s.Refresh(ctx)
	return err
}

// Refresh implements uow.Actors: it returns ctx with the actor's current name and
// assignments. It returns Unknown if the person is not active or their session has
// ended: a request in progress when a password was changed writes nothing.
func (s *Service) Refresh(ctx context.Context) (context.Context, error) {
	before := actor.From(ctx)
	who, err := s.Store.Actor(ctx, before.ID, before.Session, s.Now())
	if fault.KindOf(err) == fault.NotFound {
		return ctx, fault.New(fault.Unknown, "fault.sign_in").Because(err)
	}
	if err != nil {
		return ctx, fmt.Errorf("refresh person %s: %w", before.ID, err)
	}
	return actor.With(ctx, who), nil
}
