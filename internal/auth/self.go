package auth

import (
	"cmp"
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
	if list, err = s.Store.SessionsOf(ctx, who.ID, s.within(absolute), now.Add(-idle)); err != nil {
		return nil, "", fmt.Errorf("sessions of %s: %w", who.ID, err)
	}
	if i := slices.IndexFunc(list, func(v Session) bool { return v.TokenHash == hashed(token) }); i >= 0 {
		here = list[i].ID
	}
	return list, here, nil
}

// ChangePassword replaces the actor's own password, ends their other sessions, and
// replaces this one by another, with the tokens that are returned. It asks for the old
// password, and is throttled as SignIn is.
func (s *Service) ChangePassword(ctx context.Context, old, password, again string, v ClientInfo) (t Tokens, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Tokens{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	seen, err := s.Store.ByID(ctx, who.ID)
	if err != nil {
		return Tokens{}, fmt.Errorf("password of %s: %w", who.ID, err)
	}
	var mistakes fault.Check
	c, err := s.checkOld(ctx, seen, old, &mistakes)
	if err != nil {
		return Tokens{}, err
	}
	right := mistakes.Err() == nil
	hash, err := s.newPassword(ctx, seen, password, again, &mistakes)
	if err != nil && right { // mistakes in the new password are not throttled
		err = s.refused(ctx, c, err)
	}
	if err != nil {
		return Tokens{}, err
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.lockActive(ctx, who.ID)
		if err == nil {
			err = s.checkSession(ctx)
		}
		if err == nil {
			err = c.stillRight(p)
		}
		if err != nil {
			return err
		}
		if err := s.Store.DropFailure(ctx, c.try); err != nil {
			return err
		}
		if err := s.Store.SetPasswordHash(ctx, p.ID, hash); err != nil {
			return err
		}
		if _, err := s.Store.EndSessions(ctx, p.ID, hashed(v.Session)); err != nil {
			return err
		}
		if t, err = s.renew(ctx, v); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventPasswordChanged, nil)
	})
	if err = s.refused(ctx, c, err); err != nil {
		return Tokens{}, fmt.Errorf("password of %s: %w", who.ID, err)
	}
	return t, nil
}

// renew gives the session of v, if it has one, another token in the caller's
// transaction, so that whoever has stolen the old one has nothing.
func (s *Service) renew(ctx context.Context, v ClientInfo) (t Tokens, err error) {
	if v.Session == "" {
		return Tokens{}, nil
	}
	if t.Session, err = s.token(); err != nil {
		return Tokens{}, err
	}
	there, err := s.Store.RenewSession(ctx, hashed(v.Session), hashed(t.Session))
	if err == nil && !there {
		err = fault.New(fault.Unknown, "fault.sign_in")
	}
	return t, err
}

// confirmation is a password that its owner has typed again for an act, and that was
// right when it was verified.
type confirmation struct {
	person Login
	try    string // counts as a failed attempt until the act is done
}

// confirm returns a mistake if password is not p's.
func (s *Service) confirm(ctx context.Context, p Login, password string) (confirmation, error) {
	var mistakes fault.Check
	c, err := s.checkOld(ctx, p, password, &mistakes)
	return c, cmp.Or(err, mistakes.Err())
}

// stillRight returns a mistake if the password of p, who is locked, is another now: c
// stays a failed attempt.
func (c confirmation) stillRight(p Login) error {
	if p.Hash == c.person.Hash {
		return nil
	}
	var mistakes fault.Check
	mistakes.That(false, fieldOld, "auth.old_wrong")
	return errors.Join(errStale, mistakes.Err())
}

// refused returns the fault of an act that was not done, for another reason than the
// password, which is no failed attempt then.
func (s *Service) refused(ctx context.Context, c confirmation, err error) error {
	if err == nil || errors.Is(err, errStale) || c.try == "" {
		return err
	}
	return errors.Join(err, s.forgive(ctx, c.try))
}

// checkOld adds a mistake to check if old is not p's password, which counts as a failed
// attempt of that person, whatever the address.
func (s *Service) checkOld(ctx context.Context, p Login, old string, check *fault.Check) (c confirmation, err error) {
	c.person = p
	if old == "" {
		check.That(false, fieldOld, "auth.old_missing")
		return c, nil
	}
	if c.try, err = s.try(ctx, p.Login, "sandi/"+p.ID, maxPairFailures); err != nil {
		return c, err
	}
	right, err := s.Passwords.Verify(ctx, p.Hash, old)
	if err != nil {
		return c, fmt.Errorf("password of %s: %w", p.ID, errors.Join(err, s.forgive(ctx, c.try)))
	}
	check.That(right && !p.hasCode(), fieldOld, "auth.old_wrong")
	return c, nil
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
