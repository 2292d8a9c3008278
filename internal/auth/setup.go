package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

const linkLasts = 24 * time.Hour

// SetupLink returns the token of a new link for the first administrator of region and
// invalidates the previous one. If the region has an administrator, needed is false.
func (s *Service) SetupLink(ctx context.Context, region string) (token string, needed bool, err error) {
	ctx = actor.With(ctx, actor.Actor{Region: region})
	if has, err := s.Accounts.Store.HasAdmin(ctx, s.Now()); err != nil || has { // read first: it works on a full disk
		return "", false, fault.Wrap(err, "setup link of %s", region)
	}
	if token, err = s.token(); err != nil {
		return "", false, err
	}
	err = s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		has, err := s.Accounts.Store.HasAdmin(ctx, s.Now())
		if err != nil || has {
			return err
		}
		needed = true
		return s.Store.SetLink(ctx, hashed(token), s.Now().Add(linkLasts))
	})
	switch {
	case err != nil:
		return "", false, fmt.Errorf("setup link of %s: %w", region, err)
	case !needed:
		return "", false, nil
	}
	return token, true, nil
}

// linkSpan returns when a link expires that is valid now.
func (s *Service) linkSpan() Span {
	now := s.Now()
	return Span{now, now.Add(linkLasts + clockTolerance)}
}

// CheckSetup returns nil if the link with that token is valid, else NotFound.
func (s *Service) CheckSetup(ctx context.Context, token string) error {
	works, err := s.Store.HasLink(ctx, hashed(token), s.linkSpan())
	if err != nil {
		return fmt.Errorf("setup link: %w", err)
	}
	if !works {
		return errLink
	}
	return s.stillFirst(ctx)
}

// Setup creates the first administrator of a region, signs them in and deletes the
// link. Of two concurrent calls only one succeeds.
func (s *Service) Setup(ctx context.Context, token string, form SetupForm, v ClientInfo) (t Tokens, err error) {
	ctx = actor.With(ctx, actor.Actor{Region: actor.From(ctx).Region})
	if err := s.CheckSetup(ctx, token); err != nil {
		if errors.Is(err, errLink) {
			s.ended(WrongLink)
			err = cmp.Or(s.Tx.InTx(ctx, func(ctx context.Context) error { return s.countFailure(ctx, "", WrongLink, entry{}) }), err)
		}
		return Tokens{}, err
	}
	p, hash, err := s.prepare(ctx, form)
	if err != nil {
		return Tokens{}, err
	}
	err = s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		if err := s.spend(ctx, token); err != nil {
			return err
		}
		admin := account.Assignment{ID: s.NewID(), Assignment: actor.Assignment{Role: actor.Admin}, From: s.Now()}
		if err := s.add(ctx, p, hash, []account.Assignment{admin}); err != nil {
			return err
		}
		t, err = s.open(ctx, p, v, Open, entry{EventSetUp, audit.Details{audit.KeyName: p.Name, audit.KeyLogin: p.Login}})
		return err
	})
	if err != nil {
		return Tokens{}, fmt.Errorf("set up: %w", err)
	}
	s.opened(t, nil)
	return t, nil
}

var errLink = fault.New(fault.NotFound, "auth.link_gone")

func (s *Service) spend(ctx context.Context, token string) error {
	worked, err := s.Store.SpendLink(ctx, hashed(token), s.linkSpan())
	if err != nil {
		return err
	}
	if !worked {
		return errLink
	}
	return s.stillFirst(ctx)
}

func (s *Service) stillFirst(ctx context.Context) error {
	has, err := s.Accounts.Store.HasAdmin(ctx, s.Now())
	if err == nil && has {
		return errLink
	}
	return err
}
