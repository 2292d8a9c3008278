package auth

import (
	"context"
	"fmt"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
)

const (
	codeLasts   = 72 * time.Hour
	chooseLasts = time.Hour // to choose a password after signing in with the code

	codeLength = 16 // letters, four bits each
)

// hasCode reports whether p has a one-time code instead of a password.
func (p Login) hasCode() bool { return !p.CodeUntil.IsZero() }

// codeExpired reports whether p's one-time code is no longer valid at that moment, or
// was made while the clock was ahead.
func (p Login) codeExpired(at time.Time) bool {
	return !at.Before(p.CodeUntil) || p.CodeUntil.After(at.Add(codeLasts+clockTolerance))
}

// code returns a new one-time code.
func (s *Service) code() (string, error) { return lettercode.New(s.Random, codeLength) }

// grouped returns a code in groups of letters.
func grouped(made string) string { return lettercode.Grouped(made, " ") }

// Choosing returns the person who has signed in with a one-time code in the session
// with that token and must choose a password; Unknown if there is none.
func (s *Service) Choosing(ctx context.Context, token string) (Login, error) {
	if token == "" || s.signedOut(ctx, token) {
		return Login{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	p, err := s.Store.AtStage(ctx, hashed(token), Choosing, s.within(chooseLasts))
	if fault.KindOf(err) == fault.NotFound || err == nil && !p.hasCode() {
		return Login{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	if err != nil {
		return Login{}, fmt.Errorf("choose a password: %w", err)
	}
	return p, nil
}

// Choose sets the password that a person has chosen after signing in with their
// one-time code, which is deleted. It then continues the sign-in as a password does.
func (s *Service) Choose(ctx context.Context, password, again string, v ClientInfo) (t Tokens, err error) {
	p, err := s.Choosing(ctx, v.Session)
	if err != nil {
		return Tokens{}, err
	}
	hash, err := s.newPassword(ctx, p, password, again, new(fault.Check))
	if err != nil {
		return Tokens{}, err
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.lockActive(ctx, p.ID); err != nil {
			return err
		}
		if p, err = s.Choosing(ctx, v.Session); err != nil { // a newer code has ended the session
			return err
		}
		stage, err := s.nextStage(ctx, p.ID)
		if err != nil {
			return err
		}
		spent, err := s.Store.SpendCode(ctx, p.ID, hash)
		if err == nil && !spent {
			err = fault.New(fault.Unknown, "fault.sign_in")
		}
		if err != nil {
			return err
		}
		if _, err := s.Store.EndSessions(ctx, p.ID, ""); err != nil {
			return err
		}
		t, err = s.open(ctx, p.Person, v, stage, entry{event: EventPasswordChanged})
		return err
	})
	if err != nil {
		return Tokens{}, fmt.Errorf("choose a password: %w", err)
	}
	s.opened(t, nil)
	return t, nil
}

// newPassword returns the hash of a password that p has chosen, or its mistakes after
// those in check.
func (s *Service) newPassword(ctx context.Context, p Login, password, again string, check *fault.Check) (hash string, err error) {
	key := s.passwordMistake(password, p.Name, p.Login)
	check.That(key == "", fieldPassword, key, fault.Args{"Least": shortestPassword, "Most": longestPassword})
	check.That(key != "" || password == again, fieldAgain, "auth.again_differs")
	if err := check.Err(); err != nil {
		return "", err
	}
	if hash, err = s.Passwords.Hash(ctx, password); err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}
