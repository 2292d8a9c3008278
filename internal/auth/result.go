package auth

import "siida.id/internal/base/fault"

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

// ended tells the observer of a sign-in, if there is one.
func (s *Service) ended(result SignInResult) {
	if s.Observe != nil {
		s.Observe(result)
	}
}

// opened tells the observer of t, if it is a session that is open and err is nil.
func (s *Service) opened(t Tokens, err error) {
	if err == nil && t.Session != "" && t.Stage == Open {
		s.ended(Succeeded)
	}
}

// throttled tells the observer of a try that was refused because of those before it.
func (s *Service) throttled(err error) {
	if fault.KindOf(err) == fault.Throttle {
		s.ended(Throttled)
	}
}
