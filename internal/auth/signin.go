package auth

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
	"siida.id/internal/base/text"
)

const (
	window             = 15 * time.Minute     // in which failures count
	clockTolerance     = time.Minute          // what is later than this after now is of a wrong clock
	maxPairFailures    = 10                   // failures of one login from one address
	maxDeviceFailures  = 30                   // failures of a person on one device on which they have signed in
	maxAddressFailures = 300                  // failures from one address, which an office may share
	countsLast         = 90 * 24 * time.Hour  // of failures by the hour
	deviceLasts        = 400 * 24 * time.Hour // as long as browsers store a cookie
)

// SignIn opens a session for a login and its password. An unknown login takes as long
// and gives the same fault as a wrong password.
func (s *Service) SignIn(ctx context.Context, login, password string, v ClientInfo) (Tokens, error) {
	var check fault.Check
	check.That(text.Line(login) != "", fieldLogin, "auth.login_missing")
	check.That(password != "", fieldPassword, "auth.password_missing")
	if err := check.Err(); err != nil {
		return Tokens{}, err
	}
	ctx = actor.With(ctx, actor.Actor{Region: actor.From(ctx).Region}) // not on behalf of the previous session's actor
	p, err := s.byLogin(ctx, account.TypedLogin(login))
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in: %w", err)
	}
	device, err := s.deviceOf(ctx, devices(v.Device), p.ID)
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in: %w", err)
	}
	from, limit := v.Address, maxPairFailures
	if device != "" { // counted apart, so that nobody else can lock it out
		from, limit = "perangkat/"+hashed(device), maxDeviceFailures
	}
	try, err := s.try(ctx, account.TypedLogin(login), from, limit)
	s.throttled(actor.From(ctx), err)
	if err != nil {
		return Tokens{}, err
	}
	if p.hasCode() {
		password = lettercode.Typed(password)
	}
	right, err := s.Passwords.Verify(ctx, p.Hash, password)
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in %s: %w", p.ID, errors.Join(err, s.forgive(ctx, try)))
	}
	if !right || !p.Active {
		return Tokens{}, s.refuse(ctx, p, WrongPassword, v)
	}
	if p.hasCode() && p.codeExpired(s.Now()) {
		return Tokens{}, s.refuse(ctx, p, ExpiredCode, v)
	}
	t, err := s.completeSignIn(ctx, p, password, try, v)
	if errors.Is(err, errStale) {
		return Tokens{}, s.refuse(ctx, p, WrongPassword, v)
	}
	if err != nil { // the password was right
		err = errors.Join(err, s.forgive(ctx, try))
	}
	s.opened(t, err)
	return t, err
}

// byLogin returns the zero Login, whose hash matches no password, for an unknown
// login.
func (s *Service) byLogin(ctx context.Context, login string) (Login, error) {
	p, err := s.Store.ByLogin(ctx, login)
	if fault.KindOf(err) == fault.NotFound {
		return Login{}, nil
	}
	return p, err
}

// try records an attempt as failed before its outcome is known, so that concurrent
// attempts cannot exceed the limit of a login from an address, and returns its id. An
// attempt refused by the limit is not recorded; otherwise the wait would never end.
func (s *Service) try(ctx context.Context, login, address string, limit int) (id string, err error) {
	id, address = s.NewID(), network(address)
	now := s.Now()
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		lately, err := s.Store.Failures(ctx, login, address, now.Add(-window), now.Add(clockTolerance))
		if err == nil && lately.Later > 0 { // the clock was ahead; they do not count when their time comes either
			err = s.Store.SweepFailures(ctx, now.Add(-window), now.Add(clockTolerance))
		}
		if err != nil {
			return err
		}
		if wait := lately.wait(now, limit); wait > 0 {
			minutes := int((wait + time.Minute - 1) / time.Minute)
			return fault.New(fault.Throttle, "auth.wait").With(fault.Args{"Minutes": minutes, "Count": minutes})
		}
		return s.Store.AddFailure(ctx, id, login, address, now)
	})
	if err != nil {
		return "", fmt.Errorf("try to sign in: %w", err)
	}
	return id, nil
}

// SweepFailures deletes the region's failures that do not count, and the hourly
// counts older than 90 days. It is called by a job, without an actor.
func (s *Service) SweepFailures(ctx context.Context) error {
	if err := s.Store.SweepFailures(ctx, s.Now().Add(-window), s.Now().Add(clockTolerance)); err != nil {
		return err
	}
	return s.Store.SweepFailureCounts(ctx, s.Now().Add(-countsLast))
}

// forgive deletes an attempt that did not fail, also if who made it has gone.
func (s *Service) forgive(ctx context.Context, try string) error {
	ctx = context.WithoutCancel(ctx)
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.DropFailure(ctx, try) })
}

// wait returns how long it takes until the next attempt is allowed, where limit is
// that of a login from an address.
func (f Failures) wait(now time.Time, limit int) (wait time.Duration) {
	if f.Pair >= limit {
		wait = f.OldestPair.Add(window).Sub(now)
	}
	if f.Address >= maxAddressFailures {
		wait = max(wait, f.OldestAddress.Add(window).Sub(now))
	}
	return wait
}

// network returns the part of an address that failures are counted by: of IPv6 the
// first 64 bits, since a provider assigns that many to each customer.
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

// refuse returns the fault of a failed sign-in of p, the zero Login if unknown, and
// records it.
func (s *Service) refuse(ctx context.Context, p Login, why SignInResult, v ClientInfo) error {
	key := "auth.wrong"
	switch {
	case why == ExpiredCode:
		key = "auth.code_old"
	case p.ID == "": // the client cannot distinguish it from a wrong password
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

// countFailure counts a failure in its hour, in the caller's transaction. The audit
// log has only the first of each person, hour and kind, and none of strangers (empty
// person), since anybody can cause any number of them.
func (s *Service) countFailure(ctx context.Context, person string, kind SignInResult, first entry) error {
	n, err := s.Store.CountFailure(ctx, person, s.Now().Truncate(time.Hour), kind)
	if err != nil || person == "" || n > 1 {
		return err
	}
	return s.Log.Append(ctx, audit.Person.Of(person), first.event, first.details)
}

// errStale means that the verified password is no longer the person's, or that the
// person is no longer active.
var errStale = errors.New("the password has changed meanwhile")

// completeSignIn ends the browser's previous session and opens one for p, at a stage
// of its own if they must choose a password or enter a code.
func (s *Service) completeSignIn(ctx context.Context, p Login, password, try string, v ClientInfo) (t Tokens, err error) {
	renewed := ""
	if !p.hasCode() && s.Passwords.NeedsRehash(p.Hash) {
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
		if !p.hasCode() {
			if stage, err = s.nextStage(ctx, p.ID); err != nil {
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
