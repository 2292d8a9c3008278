package auth

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// SignInResult is how a sign-in ended.
type SignInResult string

// A sign-in opened a session, or failed: nobody has that login, its person is not active
// any more, the password is wrong, the one-time code was right and too old, the code is not of the person's second
// factor, the link for a first administrator does not work, or there were too many
// failures before it.
const (
	Succeeded     SignInResult = "succeeded"
	UnknownLogin  SignInResult = "unknown_login"
	Inactive      SignInResult = "inactive"
	WrongPassword SignInResult = "wrong_password"
	ExpiredCode   SignInResult = "expired_code"
	WrongFactor   SignInResult = "wrong_factor"
	WrongLink     SignInResult = "wrong_link"
	Throttled     SignInResult = "throttled"
)

// WrongOwnFactor is a wrong code that somebody typed who was signed in. It is counted
// as failed sign-ins are and is none.
const WrongOwnFactor SignInResult = "wrong_own_factor"

// FailedSignIns is how many sign-ins have failed.
type FailedSignIns struct {
	Unknown int // with a login that nobody has
	People  int // with somebody's login
}

// FailedSignIns counts those of the last 24 hours, the running hour among them. It asks
// nobody for permission: that its caller has done.
func (s *Service) FailedSignIns(ctx context.Context) (FailedSignIns, error) {
	return s.Store.FailedSignIns(ctx, s.Now().Add(-24*time.Hour))
}

// ended calls the observer of sign-ins, if there is one.
func (s *Service) ended(result SignInResult) {
	if s.Observe != nil {
		s.Observe(result)
	}
}

// opened calls the observer if t is an open session and err is nil.
func (s *Service) opened(t Tokens, err error) {
	if err == nil && t.Session != "" && t.Stage == Open {
		s.ended(Succeeded)
	}
}

// throttled calls the observer for an attempt that was refused because of previous ones,
// unless who has tried is signed in already.
func (s *Service) throttled(who actor.Actor, err error) {
	if fault.KindOf(err) == fault.Throttle && !who.SignedIn() {
		s.ended(Throttled)
	}
}
