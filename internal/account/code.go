package account

import (
	"context"
	"fmt"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
)

const (
	codeLasts   = 72 * time.Hour
	chooseLasts = time.Hour // to choose a password after the code

	codeLength = 16 // letters of four bits each
)

// Slip is what is handed to a person once: nobody can look it up again.
type Slip struct {
	Person Person
	Code   string // in groups
	Until  time.Time
}

// awaits reports whether p has a one-time code and no password.
func (p Person) awaits() bool { return !p.CodeUntil.IsZero() }

// code makes a one-time code.
func (s *Service) code() (string, error) { return lettercode.New(s.Random, codeLength) }

// grouped is a code as it is read out.
func grouped(made string) string { return lettercode.Grouped(made, " ") }

// MayIssue reports whether who may make a one-time code for somebody with
// those assignments.
func (s *Service) MayIssue(who actor.Actor, e Entry) bool {
	return who.Serves("", actor.Admin, actor.Brida) && who.ID != e.ID && e.Active && rank(e.Assignments, s.Now()) <= rankOf(who)
}

// CheckCode returns a person for whom the actor may make a one-time code.
func (s *Service) CheckCode(ctx context.Context, person string) (Entry, error) {
	e, err := s.ByID(ctx, person)
	if err != nil {
		return Entry{}, err
	}
	if actor.From(ctx).ID == e.ID {
		return Entry{}, fault.New(fault.Conflict, "account.code_own")
	}
	if !e.Active {
		return Entry{}, fault.New(fault.Conflict, "account.code_inactive")
	}
	if !s.MayIssue(actor.From(ctx), e) {
		return Entry{}, fault.New(fault.Forbidden, "account.code_above")
	}
	return e, nil
}

// IssueCode makes a new one-time code for a person. It takes the place of their
// password or of the code before, and ends all their sessions.
func (s *Service) IssueCode(ctx context.Context, person string) (Slip, error) {
	e, err := s.CheckCode(ctx, person)
	if err != nil {
		return Slip{}, err
	}
	slip, hash, err := s.slip(ctx, e.Person)
	if err != nil {
		return Slip{}, fmt.Errorf("code for %s: %w", person, err)
	}
	err = s.change(ctx, person, codeMade, s.CheckCode, func(ctx context.Context, e Entry) (map[string]string, error) {
		if err := s.Store.SetCode(ctx, person, hash, slip.Until); err != nil {
			return nil, err
		}
		_, err := s.Store.EndSessions(ctx, person, "")
		return map[string]string{"name": e.Name}, err
	})
	if err != nil {
		return Slip{}, err
	}
	return slip, nil
}

func (s *Service) slip(ctx context.Context, p Person) (slip Slip, hash string, err error) {
	code, err := s.code()
	if err != nil {
		return Slip{}, "", err
	}
	if hash, err = s.Passwords.Hash(ctx, code); err != nil {
		return Slip{}, "", err
	}
	p.PasswordHash = ""
	return Slip{Person: p, Code: grouped(code), Until: s.Now().Add(codeLasts)}, hash, nil
}

// Choosing returns who has signed in with a one-time code in the session with
// that token, and is to choose a password; Unknown for nobody.
func (s *Service) Choosing(ctx context.Context, token string) (Person, error) {
	if token == "" || s.signedOut(ctx, token) {
		return Person{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	p, err := s.Store.Waiting(ctx, hashed(token), Choosing, s.Now().Add(-chooseLasts))
	if fault.KindOf(err) == fault.NotFound || err == nil && !p.awaits() {
		return Person{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	if err != nil {
		return Person{}, fmt.Errorf("choose a password: %w", err)
	}
	return p, nil
}

// Choose gives a person the password that he has chosen after his one-time
// code, which is spent by it, and signs him in as far as his password does.
func (s *Service) Choose(ctx context.Context, password, again string, v Visit) (t Tokens, err error) {
	p, err := s.Choosing(ctx, v.Session)
	if err != nil {
		return Tokens{}, err
	}
	hash, err := s.newPassword(ctx, p, password, again, new(fault.Check))
	if err != nil {
		return Tokens{}, err
	}
	if v.Device, err = s.knownDevice(ctx, v.Device); err != nil {
		return Tokens{}, fmt.Errorf("choose a password: %w", err)
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.lockActive(ctx, p.ID); err != nil {
			return err
		}
		if p, err = s.Choosing(ctx, v.Session); err != nil { // a newer code has ended the session
			return err
		}
		stage, err := s.gate(ctx, p.ID)
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
		if err := s.Log.Append(as(ctx, p), subject(p.ID), chosen, nil); err != nil {
			return err
		}
		t, err = s.open(ctx, p, v, stage)
		return err
	})
	if err != nil {
		return Tokens{}, fmt.Errorf("choose a password: %w", err)
	}
	return t, nil
}

// newPassword makes the hash of a password that p has chosen, or says all that
// is wrong with it after what check holds already.
func (s *Service) newPassword(ctx context.Context, p Person, password, again string, check *fault.Check) (hash string, err error) {
	key := passwordMistake(password, p.Name, p.Login)
	check.That(key == "", fieldPassword, key, fault.Args{"Least": shortestPassword, "Most": longestPassword})
	check.That(key != "" || password == again, fieldAgain, "account.again_differs")
	if err := check.Err(); err != nil {
		return "", err
	}
	if hash, err = s.Passwords.Hash(ctx, password); err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// knownDevice is token if somebody has signed in with it, else none: nobody
// chooses his own.
func (s *Service) knownDevice(ctx context.Context, token string) (string, error) {
	people, err := s.Store.DevicePeople(ctx, hashed(token), s.Now().Add(-keepDevice))
	if err != nil || len(people) == 0 {
		return "", err
	}
	return token, nil
}
