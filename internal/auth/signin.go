package auth

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
)

const (
	window       = 15 * time.Minute // in which failures count
	mostPair     = 10               // failures of one login from one address
	mostAddress  = 300              // failures from one address: an office may share it
	keepFailures = 24 * time.Hour
	keepCounts   = 90 * 24 * time.Hour  // of failures by the hour
	keepDevice   = 400 * 24 * time.Hour // as long as browsers keep a cookie
)

// SignIn opens a session for whoever knows the password. To an unknown login
// it takes as long and says the same as to a wrong password.
func (s *Service) SignIn(ctx context.Context, login, password string, v ClientInfo) (Tokens, error) {
	var check fault.Check
	check.That(strings.TrimSpace(login) != "", fieldLogin, "auth.login_missing")
	check.That(password != "", fieldPassword, "auth.password_missing")
	if err := check.Err(); err != nil {
		return Tokens{}, err
	}
	ctx = actor.With(ctx, actor.Actor{Region: actor.From(ctx).Region}) // whoever it was until now
	p, err := s.byLogin(ctx, account.TypedLogin(login))
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in: %w", err)
	}
	known, err := s.Store.DevicePeople(ctx, hashed(v.Device), s.Now().Add(-keepDevice))
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in: %w", err)
	}
	if len(known) == 0 {
		v.Device = "" // nobody chooses their own token
	}
	try, err := s.try(ctx, account.TypedLogin(login), v.Address, slices.Contains(known, p.ID))
	if err != nil {
		return Tokens{}, err
	}
	if p.awaits() {
		password = lettercode.Typed(password)
	}
	right, err := s.Passwords.Verify(ctx, p.Hash, password)
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in %s: %w", p.ID, err)
	}
	if !right || !p.Active {
		return Tokens{}, s.refuse(ctx, p, WrongPassword, v)
	}
	if p.awaits() && !s.Now().Before(p.CodeUntil) {
		return Tokens{}, s.refuse(ctx, p, ExpiredCode, v)
	}
	t, err := s.welcome(ctx, p, password, try, v)
	if errors.Is(err, errStale) {
		return Tokens{}, s.refuse(ctx, p, WrongPassword, v)
	}
	s.opened(t, err)
	return t, err
}

// byLogin returns nobody, whose hash fits no password, for an unknown login.
func (s *Service) byLogin(ctx context.Context, login string) (Login, error) {
	p, err := s.Store.ByLogin(ctx, login)
	if fault.KindOf(err) == fault.NotFound {
		return Login{}, nil
	}
	return p, err
}

// try counts a try as a failure before its outcome is known, so that many at
// once are no more than the limit, and returns its id. A try that is refused
// is not counted, or nobody would ever come in again.
func (s *Service) try(ctx context.Context, login, address string, known bool) (id string, err error) {
	id, address = s.NewID(), network(address)
	now := s.Now()
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		lately, err := s.Store.Failures(ctx, login, address, now.Add(-window))
		if err != nil {
			return err
		}
		if wait := lately.wait(now); wait > 0 && !known {
			minutes := int((wait + time.Minute - 1) / time.Minute)
			return fault.New(fault.Throttle, "auth.wait").With(fault.Args{"Minutes": minutes, "Count": minutes})
		}
		return s.Store.AddFailure(ctx, id, login, address, now)
	})
	s.throttled(err)
	if err != nil {
		return "", fmt.Errorf("try to sign in: %w", err)
	}
	return id, nil
}

// SweepFailures deletes the region's failures that have not counted for long, and the
// counts of hours 90 days ago. It is the
// program's own work, as nobody.
func (s *Service) SweepFailures(ctx context.Context) error {
	if err := s.Store.SweepFailures(ctx, s.Now().Add(-keepFailures)); err != nil {
		return err
	}
	return s.Store.SweepFailureCounts(ctx, s.Now().Add(-keepCounts))
}

// forgive takes a try back that was none.
func (s *Service) forgive(ctx context.Context, try string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.DropFailure(ctx, try) })
}

// wait is how long it takes until the next try is free.
func (f Failures) wait(now time.Time) (wait time.Duration) {
	if f.Pair >= mostPair {
		wait = f.OldestPair.Add(window).Sub(now)
	}
	if f.Address >= mostAddress {
		wait = max(wait, f.OldestAddress.Add(window).Sub(now))
	}
	return wait
}

// network is what counts as one address: of IPv6 a provider gives each
// customer 64 bits to play with.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

// refuse answers who typed a login that is p's, or nobody's, and did not show who they are.
func (s *Service) refuse(ctx context.Context, p Login, why SignInResult, v ClientInfo) error {
	key := "auth.wrong"
	switch {
	case why == ExpiredCode:
		key = "auth.code_old"
	case p.ID == "": // which nobody is told, nor the next
		why = UnknownLogin
	case !p.Active:
		why = Inactive
	}
	s.ended(why)
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		return s.countFailure(ctx, p.ID, why, entry{EventSignInFailed, audit.Details{audit.KeyAddress: v.Address, audit.KeyWhy: string(why)}})
	})
	if err != nil {
		return fmt.Errorf("refuse a sign-in: %w", err)
	}
	var check fault.Check
	check.That(false, fieldLogin, key)
	return check.Err()
}

// countFailure counts a failure in its hour, in the caller's transaction. The log has the
// first of an hour and kind for a person, and nothing of strangers, where person is empty:
// what anybody can do as often as they like is not to fill a log that is kept forever.
func (s *Service) countFailure(ctx context.Context, person string, kind SignInResult, first entry) error {
	n, err := s.Store.CountFailure(ctx, person, s.Now().Truncate(time.Hour), kind)
	if err != nil || person == "" || n > 1 {
		return err
	}
	return s.Log.Append(ctx, audit.Person.Of(person), first.event, first.details)
}

// errStale says that the password that was shown is no longer that of the person,
// or that the person is not active any more.
var errStale = errors.New("the password has changed meanwhile")

// welcome ends what the browser had before and opens a session for p; it waits
// while they have a password to choose or a second factor to show.
func (s *Service) welcome(ctx context.Context, p Login, password, try string, v ClientInfo) (t Tokens, err error) {
	renewed := ""
	if !p.awaits() && s.Passwords.NeedsRehash(p.Hash) {
		if renewed, err = s.Passwords.Hash(ctx, password); err != nil {
			return Tokens{}, fmt.Errorf("sign in %s: %w", p.ID, err)
		}
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		now, err := s.Store.Lock(ctx, p.ID)
		if err != nil {
			return err
		}
		if now.Hash != p.Hash || !now.Active {
			return errStale
		}
		stage := Choosing
		if !p.awaits() {
			if stage, err = s.gate(ctx, p.ID); err != nil {
				return err
			}
		}
		if err := s.Store.DropFailure(ctx, try); err != nil {
			return err
		}
		if renewed != "" {
			if err := s.Store.SetPasswordHash(ctx, p.ID, renewed); err != nil {
				return err
			}
		}
		t, err = s.open(ctx, p.Person, v, stage)
		return err
	})
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in %s: %w", p.ID, err)
	}
	return t, nil
}
