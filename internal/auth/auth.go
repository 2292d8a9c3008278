package auth

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
)

// Login is a person with their credentials.
type Login struct {
	account.Person
	Hash      string    // of the password, or of a one-time code while CodeUntil is set
	CodeUntil time.Time // until when the one-time code is valid; zero for a person with a password
}

// Span is the time after one moment until another, which it includes. What carries a
// moment later than its end was made while the clock was ahead, and does not count.
type Span struct{ After, Until time.Time }

// Session is a person's session in one browser.
type Session struct {
	ID        string
	TokenHash string
	Person    string
	Stage     Stage
	MadeAt    time.Time
	SeenAt    time.Time // last recorded use
	Address   string
	Agent     string // User-Agent, shortened
}

// Stage is the step of the sign-in that a session is at.
type Stage string

// A session is open, or its person must first choose a password, enter a code of
// their second factor, or set one up because the region demands it.
const (
	Open      Stage = ""
	Choosing  Stage = "sandi"
	Second    Stage = "kode"
	Enrolling Stage = "pasang"
)

// AuthenticatedSession is an open session: its actor and the language they have
// chosen.
type AuthenticatedSession struct {
	Actor    actor.Actor
	Language string
	SeenAt   time.Time
}

// Failures counts the recent failed sign-ins from an address, or on a known device.
type Failures struct {
	Pair, Address             int       // those with the same login; all of them
	OldestPair, OldestAddress time.Time // zero where there are none
	Later                     int       // those from the address with a moment in the future, which are not counted above
}

// MaxDevices is how many people a browser is known for, those who signed in last: a
// computer of an office is used in turns.
const MaxDevices = 5

// ClientInfo describes the client of a request: its address, its User-Agent, and the
// session and device tokens that it sent; Device has those of several people.
type ClientInfo struct{ Address, Agent, Session, Device string }

// Tokens are what a browser stores after a sign-in. Unless Stage is Open, the person
// has that step to complete.
type Tokens struct {
	Session, Device string
	Stage           Stage
}

// Store stores credentials, sessions and second factors of the actor's region.
type Store interface {
	Credentials
	Sessions
	Attempts
	Links
	SecondFactors
	// EndAllAccess deletes all sessions, devices and links, and ends the one-time codes
	// that are valid after that moment at it.
	EndAllAccess(ctx context.Context, at time.Time) error
}

// Credentials stores passwords and one-time codes.
type Credentials interface {
	// ByLogin returns the person with that login, or NotFound.
	ByLogin(ctx context.Context, login string) (Login, error)
	// ByID returns the person with that id, or NotFound.
	ByID(ctx context.Context, id string) (Login, error)
	// Lock is ByID, with the person locked until the transaction ends.
	Lock(ctx context.Context, id string) (Login, error)
	// Actor returns an active person as an actor with the assignments in force at
	// that moment. It returns NotFound for anybody else, and, if session is not
	// empty, once that session of theirs has ended.
	Actor(ctx context.Context, person, session string, at time.Time) (actor.Actor, error)
	// SetPasswordHash stores a password, in place of any password or code.
	SetPasswordHash(ctx context.Context, person, hash string) error
	// SetCode stores a one-time code, in place of any password or code.
	SetCode(ctx context.Context, person, hash string, until time.Time) error
	// SpendCode replaces a one-time code by a password, and reports whether there was
	// a code. Of two concurrent calls only one returns true.
	SpendCode(ctx context.Context, person, hash string) (bool, error)
	// Statuses returns the login status of people, by id.
	Statuses(ctx context.Context, people []string) (map[string]account.LoginStatus, error)
}

// Sessions stores the sessions, and the devices on which people have signed in.
type Sessions interface {
	AddSession(ctx context.Context, s Session) error
	// Resume returns an open session with the assignments in force at that moment, or
	// NotFound, also if the person is not active. It is one statement.
	Resume(ctx context.Context, tokenHash string, at time.Time, made Span, seenAfter time.Time) (AuthenticatedSession, error)
	// AtStage returns the person whose session is at that stage, or NotFound.
	AtStage(ctx context.Context, tokenHash string, stage Stage, made Span) (Login, error)
	// SessionsOf lists a person's open sessions, the last used first.
	SessionsOf(ctx context.Context, person string, made Span, seenAfter time.Time) ([]Session, error)
	// RenewSession gives a session another token, and reports whether there was one.
	RenewSession(ctx context.Context, tokenHash, newHash string) (bool, error)
	// Seen records that a session was used.
	Seen(ctx context.Context, tokenHash string, at time.Time) error
	// EndSession deletes a session and reports whether there was one.
	EndSession(ctx context.Context, tokenHash string) (bool, error)
	// EndSessionOf ends one session of a person by its id.
	EndSessionOf(ctx context.Context, person, id string) (bool, error)
	// EndSessions ends all sessions of a person except one, and returns their number.
	EndSessions(ctx context.Context, person, exceptHash string) (int64, error)
	// SweepSessions deletes the sessions that were not made within made, or not used
	// since.
	SweepSessions(ctx context.Context, made Span, seenBefore time.Time) error

	// DeviceOf returns that of the hashes under which that person has signed in on a
	// device since that moment, or "".
	DeviceOf(ctx context.Context, tokenHashes [MaxDevices]string, person string, since time.Time) (string, error)
	// SaveDevice records that a person has signed in on a device.
	SaveDevice(ctx context.Context, tokenHash, person string, at time.Time) error
	// SweepDevices deletes the devices on which nobody has signed in since that moment.
	SweepDevices(ctx context.Context, since time.Time) error
}

// Attempts stores the attempts to sign in that have failed or are in progress.
type Attempts interface {
	// Failures counts those between two moments.
	Failures(ctx context.Context, login, address string, since, until time.Time) (Failures, error)
	AddFailure(ctx context.Context, id, login, address string, at time.Time) error
	DropFailure(ctx context.Context, id string) error
	// SweepFailures deletes those that are not between two moments.
	SweepFailures(ctx context.Context, since, until time.Time) error
	// CountFailure adds one to the count of an hour, of a person, or of strangers if
	// person is empty, and returns the new count. Of two concurrent calls only one
	// returns 1.
	CountFailure(ctx context.Context, person string, hour time.Time, kind SignInResult) (int, error)
	// FailedSignIns adds up the counts of the hours that began after that moment: of
	// strangers those of UnknownLogin, of people all but WrongOwnFactor.
	FailedSignIns(ctx context.Context, since time.Time) (FailedSignIns, error)
	// SweepFailureCounts deletes the counts of hours that began before that moment.
	SweepFailureCounts(ctx context.Context, before time.Time) error
}

// Links stores the link for the first administrator of a region.
type Links interface {
	// SetLink replaces any link of the region.
	SetLink(ctx context.Context, tokenHash string, until time.Time) error
	// HasLink reports whether there is that link, which expires within a span.
	HasLink(ctx context.Context, tokenHash string, expires Span) (bool, error)
	// SpendLink deletes the link, and reports whether it was valid. Of two concurrent
	// calls only one returns true.
	SpendLink(ctx context.Context, tokenHash string, expires Span) (bool, error)
}

// SecondFactors stores second factors, and whether the region demands them.
type SecondFactors interface {
	// Factor returns a person's factor, confirmed or not, or NotFound.
	Factor(ctx context.Context, person string) (Factor, error)
	// OfferFactor sets the secret, unless the person has a confirmed one.
	OfferFactor(ctx context.Context, person, secret string) error
	ConfirmFactor(ctx context.Context, person string) error
	// FactorSecrets returns the secrets of the region by person.
	FactorSecrets(ctx context.Context) (map[string]string, error)
	// SetFactorSecret replaces a person's secret, confirmed or not, unless it is another
	// than before.
	SetFactorSecret(ctx context.Context, person, before, secret string) error
	// UseStep records that the code of a time step was used, and reports whether no
	// code of that step or a later one was used before.
	UseStep(ctx context.Context, person string, step int64) (bool, error)
	// DropFactor deletes the factor and its recovery codes.
	DropFactor(ctx context.Context, person string) error
	// SetRecovery replaces the recovery codes.
	SetRecovery(ctx context.Context, person string, hashes []string) error
	// SpendRecovery deletes a recovery code, and reports whether there was one.
	SpendRecovery(ctx context.Context, person, hash string) (bool, error)
	DemandsFactor(ctx context.Context) (bool, error)
	SetDemand(ctx context.Context, demand bool) error
}

// Passwords hashes and verifies passwords.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	// Verify takes as long for an empty hash, which matches no password.
	Verify(ctx context.Context, hash, password string) (bool, error)
	NeedsRehash(hash string) bool
	// Guessable reports whether somebody who knows words would guess the password soon.
	Guessable(password string, words []string) bool
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
