package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"

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
// needs their password and a code of their app.
func (s *Service) RenewRecovery(ctx context.Context, password, code string) (codes []string, err error) {
	err = s.proveWithPassword(ctx, password, s.ownFactor, code, false, func(ctx context.Context, p Login) error {
		if codes, err = s.recovery(ctx, p.ID); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventRecoveryRenewed, nil)
	})
	return codes, err
}

// EndFactor removes the actor's second factor, unless the region demands one of them.
// It needs their password, and a code of their app or a recovery code.
func (s *Service) EndFactor(ctx context.Context, password, code string) error {
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
	return s.proveWithPassword(ctx, password, find, code, true, func(ctx context.Context, p Login) error {
		if err := s.Store.DropFactor(ctx, p.ID); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventFactorDisabled, nil)
	})
}

// proveWithPassword is prove for an act that needs the password too.
func (s *Service) proveWithPassword(ctx context.Context, password string, find finder, code string, recovery bool, then func(context.Context, Login) error) error {
	seen, _, err := find(ctx)
	if err != nil {
		return err
	}
	c, err := s.confirm(ctx, seen, password)
	if err != nil {
		return err
	}
	unchanged := func(ctx context.Context) (Login, Factor, error) {
		p, f, err := find(ctx)
		return p, f, cmp.Or(err, c.stillRight(p))
	}
	err = s.prove(ctx, unchanged, code, recovery, func(ctx context.Context, p Login) error {
		if err := s.Store.DropFailure(ctx, c.try); err != nil {
			return err
		}
		return then(ctx, p)
	})
	return s.refused(ctx, c, err)
}

// SealFactors seals the secrets of the region that an earlier version of the program
// has stored in clear. It needs no actor.
func (s *Service) SealFactors(ctx context.Context) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		secrets, err := s.Store.FactorSecrets(ctx)
		if err != nil {
			return fmt.Errorf("seal second factors: %w", err)
		}
		for person, secret := range secrets {
			sealed, changed, err := s.Factors.Seal(secret, person)
			if err == nil && changed {
				err = s.Store.SetFactorSecret(ctx, person, secret, sealed)
			}
			if err != nil {
				return fmt.Errorf("seal the second factor of %s: %w", person, err)
			}
		}
		return nil
	})
}

// SealedFactors returns how many of the region's second factors the key of the program
// does not open, and how many there are. It needs no actor.
func (s *Service) SealedFactors(ctx context.Context) (sealed, all int, err error) {
	secrets, err := s.Store.FactorSecrets(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("read second factors: %w", err)
	}
	for person, secret := range secrets {
		switch _, _, err := s.Factors.Step(secret, person, "", s.Now()); {
		case errors.Is(err, ErrSealed):
			sealed++
		case err != nil:
			return 0, 0, fmt.Errorf("read the second factor of %s: %w", person, err)
		}
	}
	return sealed, len(secrets), nil
}
