package auth

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
)

// Login is a person with what they show to get in.
type Login struct {
	account.Person
	Hash      string    // of the password; while CodeUntil is set, of a one-time code
	CodeUntil time.Time // until when the one-time code works; zero for who has a password
}

// Session is a person's time on one device.
type Session struct {
	ID        string
	TokenHash string
	Person    string
	Stage     Stage
	MadeAt    time.Time
	SeenAt    time.Time // when it was last used, as far as noted
	Address   string
	Agent     string // what the browser calls itself, shortened
}

// Stage is what a session waits for before it lets its person in.
type Stage string

// A session is open, or its person is first to choose a password, to show their
// second factor, or to set one up because the region demands it.
const (
	Open      Stage = ""
	Choosing  Stage = "sandi"
	Second    Stage = "kode"
	Enrolling Stage = "pasang"
)

// AuthenticatedSession is a session that is open: who acts, and in which language.
type AuthenticatedSession struct {
	Actor    actor.Actor
	Language string
	SeenAt   time.Time
}

// Failures is what went wrong at an address lately.
type Failures struct {
	Pair, Address             int       // with the same login; with any
	OldestPair, OldestAddress time.Time // zero where there are none
}

// ClientInfo is where a person comes from: their address, their browser, and the
// tokens that it sent.
type ClientInfo struct{ Address, Agent, Session, Device string }

// Tokens are what a browser stores of a sign-in. With Stage set the session waits
// for its person.
type Tokens struct {
	Session, Device string
	Stage           Stage
}

// Store keeps how the people of the actor's region get in.
type Store interface {
	Credentials
	Sessions
	Attempts
	Links
	SecondFactors
}

// Credentials keeps passwords and one-time codes, and reads whose they are.
type Credentials interface {
	// ByLogin returns the person with that login, or NotFound.
	ByLogin(ctx context.Context, login string) (Login, error)
	// ByID returns the person with that id, or NotFound.
	ByID(ctx context.Context, id string) (Login, error)
	// Lock is ByID, and locks the person until the transaction ends.
	Lock(ctx context.Context, id string) (Login, error)
	// Actor returns an active person as an actor with the assignments that count
	// at that moment, or NotFound: where session is not empty, once that session of
	// theirs has ended too.
	Actor(ctx context.Context, person, session string, at time.Time) (actor.Actor, error)
	// SetPasswordHash stores a password in the place of what there was, if anything.
	SetPasswordHash(ctx context.Context, person, hash string) error
	// SetCode stores a one-time code in the place of what there was, if anything.
	SetCode(ctx context.Context, person, hash string, until time.Time) error
	// SpendCode replaces a one-time code by a password, and reports whether
	// there was a code. Of two who spend it at once one alone gets true.
	SpendCode(ctx context.Context, person, hash string) (bool, error)
	// Statuses returns how people get in, by id.
	Statuses(ctx context.Context, people []string) (map[string]account.LoginStatus, error)
}

// Sessions keeps who is signed in, and on which devices people did so.
type Sessions interface {
	AddSession(ctx context.Context, s Session) error
	// Resume returns an open session with the assignments that count at that
	// moment, or NotFound: for a person who is not active too. It is one statement.
	Resume(ctx context.Context, tokenHash string, at, madeAfter, seenAfter time.Time) (AuthenticatedSession, error)
	// Waiting returns the person for whom a session at that stage waits, or NotFound.
	Waiting(ctx context.Context, tokenHash string, stage Stage, madeAfter time.Time) (Login, error)
	// SessionsOf lists a person's open sessions, the last used first.
	SessionsOf(ctx context.Context, person string, madeAfter, seenAfter time.Time) ([]Session, error)
	// Seen notes that a session was used.
	Seen(ctx context.Context, tokenHash string, at time.Time) error
	// EndSession reports whether there was such a session.
	EndSession(ctx context.Context, tokenHash string) (bool, error)
	// EndSessionOf ends one session of a person by its id.
	EndSessionOf(ctx context.Context, person, id string) (bool, error)
	// EndSessions ends all sessions of a person but for one, and counts them.
	EndSessions(ctx context.Context, person, exceptHash string) (int64, error)
	// SweepSessions deletes what has ended of itself.
	SweepSessions(ctx context.Context, madeBefore, seenBefore time.Time) error

	// DevicePeople lists who has signed in on a device since then.
	DevicePeople(ctx context.Context, tokenHash string, since time.Time) ([]string, error)
	// KeepDevice notes that person has signed in on a device.
	KeepDevice(ctx context.Context, tokenHash, person string, at time.Time) error
}

// Attempts keeps the attempts to sign in that failed, or have not ended yet.
type Attempts interface {
	Failures(ctx context.Context, login, address string, since time.Time) (Failures, error)
	AddFailure(ctx context.Context, id, login, address string, at time.Time) error
	DropFailure(ctx context.Context, id string) error
	SweepFailures(ctx context.Context, before time.Time) error
	// CountFailure adds one to the failures of an hour, of a person or of strangers where
	// person is empty, and returns how many they are now. Of two at once one gets 1.
	CountFailure(ctx context.Context, person string, hour time.Time, kind SignInResult) (int, error)
	// SweepFailureCounts deletes the counts of hours that began before that moment.
	SweepFailureCounts(ctx context.Context, before time.Time) error
}

// Links keeps the one link for the first administrator of a region.
type Links interface {
	// SetLink replaces the link that there was.
	SetLink(ctx context.Context, tokenHash string, until time.Time) error
	// HasLink reports whether that link works at that moment.
	HasLink(ctx context.Context, tokenHash string, at time.Time) (bool, error)
	// SpendLink deletes the link, and reports whether it worked until now.
	// Of two who spend it at once one alone gets true.
	SpendLink(ctx context.Context, tokenHash string, at time.Time) (bool, error)
}

// SecondFactors keeps second factors, and whether the region demands them.
type SecondFactors interface {
	// Factor returns a person's factor, confirmed or not, or NotFound.
	Factor(ctx context.Context, person string) (Factor, error)
	// OfferFactor sets the secret, unless there is one that is confirmed.
	OfferFactor(ctx context.Context, person, secret string) error
	ConfirmFactor(ctx context.Context, person string) error
	// UseStep notes that the code of a step was shown, and reports whether
	// none of that step or a later one was before.
	UseStep(ctx context.Context, person string, step int64) (bool, error)
	// DropFactor forgets the factor with its recovery codes.
	DropFactor(ctx context.Context, person string) error
	// SetRecovery replaces the recovery codes.
	SetRecovery(ctx context.Context, person string, hashes []string) error
	// SpendRecovery deletes a recovery code, and reports whether it was there.
	SpendRecovery(ctx context.Context, person, hash string) (bool, error)
	DemandsFactor(ctx context.Context) (bool, error)
	SetDemand(ctx context.Context, demand bool) error
}

// Passwords makes of passwords what may be stored of them.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	// Verify takes as long for an empty hash, which no password fits.
	Verify(ctx context.Context, hash, password string) (bool, error)
	NeedsRehash(hash string) bool
}

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
