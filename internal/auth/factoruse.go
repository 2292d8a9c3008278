package auth

import (
	"context"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// CheckSecond returns nil if the session with that token is at the stage Second.
func (s *Service) CheckSecond(ctx context.Context, token string) error {
	_, err := s.waiting(ctx, token, Second)
	return err
}

// ShowSecond completes the sign-in of a session at the stage Second with a code of
// the app or a recovery code. Each code is accepted once.
func (s *Service) ShowSecond(ctx context.Context, code string, v ClientInfo) (t Tokens, err error) {
	find := func(ctx context.Context) (p Login, f Factor, err error) {
		if p, err = s.waiting(ctx, v.Session, Second); err != nil {
			return p, f, err
		}
		f, err = s.Store.Factor(ctx, p.ID)
		return p, f, err
	}
	if err := s.CheckSecond(ctx, v.Session); err != nil {
		return Tokens{}, err
	}
	err = s.prove(ctx, find, code, true, func(ctx context.Context, p Login) error {
		t, err = s.open(ctx, p.Person, v, Open)
		return err
	})
	s.opened(t, err)
	return t, err
}

// ownFactor returns the actor with their confirmed factor.
func (s *Service) ownFactor(ctx context.Context) (Login, Factor, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Login{}, Factor{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	if err := s.checkSession(ctx); err != nil {
		return Login{}, Factor{}, err
	}
	p, err := s.Store.ByID(ctx, who.ID)
	if err != nil {
		return Login{}, Factor{}, err
	}
	f, err := s.factor(ctx, who.ID)
	if err == nil && !f.Confirmed {
		err = fault.New(fault.Conflict, "auth.factor_moved")
	}
	return p, f, err
}

// RenewRecovery replaces the actor's recovery codes and returns the new ones; it
// needs a code of their app.
func (s *Service) RenewRecovery(ctx context.Context, code string) (codes []string, err error) {
	err = s.prove(ctx, s.ownFactor, code, false, func(ctx context.Context, p Login) error {
		if codes, err = s.recovery(ctx, p.ID); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventRecoveryRenewed, nil)
	})
	return codes, err
}

// EndFactor removes the actor's second factor, unless the region demands one of them.
func (s *Service) EndFactor(ctx context.Context, code string) error {
	find := func(ctx context.Context) (Login, Factor, error) {
		p, f, err := s.ownFactor(ctx)
		if err != nil {
			return p, f, err
		}
		demanded, err := s.demanded(ctx, p.ID)
		if err == nil && demanded {
			err = fault.New(fault.Conflict, "auth.factor_demanded")
		}
		return p, f, err
	}
	return s.prove(ctx, find, code, true, func(ctx context.Context, p Login) error {
		if err := s.Store.DropFactor(ctx, p.ID); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventFactorDisabled, nil)
	})
}
