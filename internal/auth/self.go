package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Sessions returns the actor's own open sessions, the last used first, and the id of
// the one with that token.
func (s *Service) Sessions(ctx context.Context, token string) (list []Session, here string, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, "", fault.New(fault.Unknown, "fault.sign_in")
	}
	now := s.Now()
	if list, err = s.Store.SessionsOf(ctx, who.ID, now.Add(-absolute), now.Add(-idle)); err != nil {
		return nil, "", fmt.Errorf("sessions of %s: %w", who.ID, err)
	}
	if i := slices.IndexFunc(list, func(v Session) bool { return v.TokenHash == hashed(token) }); i >= 0 {
		here = list[i].ID
	}
	return list, here, nil
}

// ChangePassword replaces the actor's own password and ends their other sessions. It
// asks for the old password, and is throttled as SignIn is.
func (s *Service) ChangePassword(ctx context.Context, old, password, again string, v ClientInfo) error {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	seen, err := s.Store.ByID(ctx, who.ID)
	if err != nil {
		return fmt.Errorf("password of %s: %w", who.ID, err)
	}
	var mistakes fault.Check
	try, err := s.checkOld(ctx, seen, old, v.Address, &mistakes)
	if err != nil {
		return err
	}
	right := mistakes.Err() == nil
	hash, err := s.newPassword(ctx, seen, password, again, &mistakes)
	if err != nil && right { // mistakes in the new password are not throttled
		err = errors.Join(err, s.forgive(ctx, try))
	}
	if err != nil {
		return err
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.lockActive(ctx, who.ID)
		if err == nil {
			err = s.checkSession(ctx)
		}
		if err != nil {
			return err
		}
		if p.Hash != seen.Hash { // the old password has been changed meanwhile
			mistakes.That(false, fieldOld, "auth.old_wrong")
			return mistakes.Err()
		}
		if err := s.Store.DropFailure(ctx, try); err != nil {
			return err
		}
		if err := s.Store.SetPasswordHash(ctx, p.ID, hash); err != nil {
			return err
		}
		if _, err := s.Store.EndSessions(ctx, p.ID, hashed(v.Session)); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventPasswordChanged, nil)
	})
	if err != nil {
		return fmt.Errorf("password of %s: %w", who.ID, err)
	}
	return nil
}

// checkOld adds a mistake to check if old is not p's password. It counts as a failed
// attempt, whose id it returns; the caller deletes it if the password was right.
func (s *Service) checkOld(ctx context.Context, p Login, old, address string, check *fault.Check) (try string, err error) {
	if old == "" {
		check.That(false, fieldOld, "auth.old_missing")
		return "", nil
	}
	if try, err = s.try(ctx, p.Login, address, maxPairFailures); err != nil {
		return "", err
	}
	right, err := s.Passwords.Verify(ctx, p.Hash, old)
	if err != nil {
		return "", fmt.Errorf("password of %s: %w", p.ID, err)
	}
	check.That(right && !p.hasCode(), fieldOld, "auth.old_wrong")
	return try, nil
}

// EndOwnSession ends one of the actor's own sessions by its id.
func (s *Service) EndOwnSession(ctx context.Context, session string) error {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.checkSession(ctx); err != nil {
			return err
		}
		ended, err := s.Store.EndSessionOf(ctx, who.ID, session)
		if err == nil && !ended {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		if err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(who.ID), EventSessionsEnded, audit.Details{audit.KeyCount: "1"})
	})
	if err != nil {
		return fmt.Errorf("end a session of %s: %w", who.ID, err)
	}
	return nil
}

// EndOtherSessions ends all of the actor's sessions but the one with that token.
func (s *Service) EndOtherSessions(ctx context.Context, token string) error {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.checkSession(ctx); err != nil {
			return err
		}
		n, err := s.Store.EndSessions(ctx, who.ID, hashed(token))
		if err != nil || n == 0 {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(who.ID), EventSessionsEnded, audit.Details{audit.KeyCount: strconv.FormatInt(n, 10)})
	})
	if err != nil {
		return fmt.Errorf("end sessions of %s: %w", who.ID, err)
	}
	return nil
}

// lockActive locks a person; Unknown if they are not active or do not exist.
func (s *Service) lockActive(ctx context.Context, person string) (Login, error) {
	p, err := s.Store.Lock(ctx, person)
	if fault.KindOf(err) == fault.NotFound || err == nil && !p.Active {
		return Login{}, fault.New(fault.Unknown, "fault.sign_in").Because(err)
	}
	return p, err
}
