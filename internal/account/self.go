package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Self is a person with what is his own to see.
type Self struct {
	Entry
	Sessions []Session
	Here     string // the id of the session that asks
}

// Self returns the actor's own account, asked for in the session with that token.
func (s *Service) Self(ctx context.Context, token string) (self Self, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Self{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	if self.Entry, err = s.entry(ctx, who.ID); err != nil {
		return Self{}, err
	}
	now := s.Now()
	if self.Sessions, err = s.Store.SessionsOf(ctx, who.ID, now.Add(-absolute), now.Add(-idle)); err != nil {
		return Self{}, fmt.Errorf("sessions of %s: %w", who.ID, err)
	}
	if i := slices.IndexFunc(self.Sessions, func(v Session) bool { return v.TokenHash == hashed(token) }); i >= 0 {
		self.Here = self.Sessions[i].ID
	}
	return self, nil
}

// changeSelf is the way in for whoever changes their own account: it locks the
// person and reads them again. Unknown is who is not active any more.
func (s *Service) changeSelf(ctx context.Context, fn func(ctx context.Context, p Person) error) error {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.lockActive(ctx, who.ID)
		if err != nil {
			return err
		}
		return fn(ctx, p)
	})
}

// lockActive locks a person; Unknown for who is not active or not there.
func (s *Service) lockActive(ctx context.Context, person string) (Person, error) {
	p, err := s.Store.LockPerson(ctx, person)
	if fault.KindOf(err) == fault.NotFound || err == nil && !p.Active {
		return Person{}, fault.New(fault.Unknown, "fault.sign_in").Because(err)
	}
	return p, err
}

// SaveSelf changes the actor's own name, phone and language. It returns Conflict
// when somebody has changed them since the form was opened.
func (s *Service) SaveSelf(ctx context.Context, form PersonForm) error {
	form = form.tidy()
	err := s.changeSelf(ctx, func(ctx context.Context, p Person) error {
		if err := s.saveProfile(ctx, p, form); err != nil {
			return err
		}
		return s.Log.Append(ctx, subject(p.ID), profile, map[string]string{"name": form.Name, "language": form.Language})
	})
	if err != nil {
		return fmt.Errorf("profile of %s: %w", actor.From(ctx).ID, err)
	}
	return nil
}

// Speak remembers the actor's language; of a visitor it remembers nothing.
func (s *Service) Speak(ctx context.Context, language string) error {
	if !actor.From(ctx).SignedIn() || !slices.Contains(Languages(), language) {
		return nil
	}
	err := s.changeSelf(ctx, func(ctx context.Context, p Person) error {
		p.Language = language
		if err := s.Store.SaveProfile(ctx, p); err != nil {
			return err
		}
		return s.Log.Append(ctx, subject(p.ID), profile, map[string]string{"name": p.Name, "language": language})
	})
	if err != nil {
		return fmt.Errorf("language of %s: %w", actor.From(ctx).ID, err)
	}
	return nil
}

// ChangePassword replaces the actor's own password, for which they show the old
// one, and ends their other sessions. Who guesses is slowed down as at the door.
func (s *Service) ChangePassword(ctx context.Context, old, password, again string, v Visit) error {
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
	if err != nil && right { // what they do wrong with the new one slows nobody down
		err = errors.Join(err, s.Store.DropFailure(ctx, try))
	}
	if err != nil {
		return err
	}
	err = s.changeSelf(ctx, func(ctx context.Context, p Person) error {
		if p.PasswordHash != seen.PasswordHash { // what was shown is old by now
			mistakes.That(false, fieldOld, "account.old_wrong")
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
		return s.Log.Append(ctx, subject(p.ID), chosen, nil)
	})
	if err != nil {
		return fmt.Errorf("password of %s: %w", who.ID, err)
	}
	return nil
}

// checkOld says in check that old is not p's password. It counts as a try at
// the door, which its caller forgives to who has shown the right one.
func (s *Service) checkOld(ctx context.Context, p Person, old, address string, check *fault.Check) (try string, err error) {
	if old == "" {
		check.That(false, fieldOld, "account.old_missing")
		return "", nil
	}
	if try, err = s.try(ctx, p.Login, address, false); err != nil {
		return "", err
	}
	right, err := s.Passwords.Verify(ctx, p.PasswordHash, old)
	if err != nil {
		return "", fmt.Errorf("password of %s: %w", p.ID, err)
	}
	check.That(right && !p.awaits(), fieldOld, "account.old_wrong")
	return try, nil
}

// EndOwnSession ends one of the actor's own sessions by its id.
func (s *Service) EndOwnSession(ctx context.Context, session string) error {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		ended, err := s.Store.EndSessionOf(ctx, who.ID, session)
		if err == nil && !ended {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		if err != nil {
			return err
		}
		return s.Log.Append(ctx, subject(who.ID), sessionGone, map[string]string{"count": "1"})
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
		n, err := s.Store.EndSessions(ctx, who.ID, hashed(token))
		if err != nil || n == 0 {
			return err
		}
		return s.Log.Append(ctx, subject(who.ID), sessionGone, map[string]string{"count": strconv.FormatInt(n, 10)})
	})
	if err != nil {
		return fmt.Errorf("end sessions of %s: %w", who.ID, err)
	}
	return nil
}
