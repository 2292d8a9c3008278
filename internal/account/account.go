package account

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
)

// Person is somebody who may sign in.
type Person struct {
	ID           string
	Name         string
	Login        string
	PasswordHash string
	Active       bool
}

// Assignment appoints a person from one moment until another; a zero Until
// leaves the end open.
type Assignment struct {
	actor.Assignment
	From, Until time.Time
}

// Session is a person's stay on one device.
type Session struct {
	TokenHash string
	Person    string
	MadeAt    time.Time
	Address   string
	Agent     string // what the browser calls itself, shortened
}

// Failures is what went wrong at an address lately.
type Failures struct {
	Pair, Address             int       // with the same login; with any
	OldestPair, OldestAddress time.Time // zero where there are none
}

// Visit is where a person comes from: his address, his browser, and the tokens
// that it has kept.
type Visit struct{ Address, Agent, Session, Device string }

// Tokens are what a browser keeps of a sign-in.
type Tokens struct{ Session, Device string }

// Store keeps the accounts of the actor's region.
type Store interface {
	People
	Sessions
	Tries
	Links
}

// People keeps who there is and what they are appointed to.
type People interface {
	// ByLogin returns the person with that login, or NotFound.
	ByLogin(ctx context.Context, login string) (Person, error)
	// Add stores a new person; a login that is taken is a Conflict.
	Add(ctx context.Context, p Person, assignments []Assignment) error
	// SetPasswordHash replaces what is stored of a password.
	SetPasswordHash(ctx context.Context, person, hash string) error
	// HasAdmin reports whether somebody active administers the whole region at that moment.
	HasAdmin(ctx context.Context, at time.Time) (bool, error)
}

// Sessions keeps who is signed in, and on which devices people did so.
type Sessions interface {
	AddSession(ctx context.Context, s Session) error
	// Resume returns the actor of a session and when it was last seen, or
	// NotFound: for a person who is not active too. It is one statement.
	Resume(ctx context.Context, tokenHash string, at, madeAfter, seenAfter time.Time) (actor.Actor, time.Time, error)
	// Seen notes that a session was used.
	Seen(ctx context.Context, tokenHash string, at time.Time) error
	// EndSession reports whether there was such a session.
	EndSession(ctx context.Context, tokenHash string) (bool, error)
	// SweepSessions deletes what has ended of itself.
	SweepSessions(ctx context.Context, madeBefore, seenBefore time.Time) error

	// DevicePeople lists who has signed in on a device since then.
	DevicePeople(ctx context.Context, tokenHash string, since time.Time) ([]string, error)
	// KeepDevice notes that person has signed in on a device.
	KeepDevice(ctx context.Context, tokenHash, person string, at time.Time) error
}

// Tries keeps the tries to sign in that failed, or have not ended yet.
type Tries interface {
	Failures(ctx context.Context, login, address string, since time.Time) (Failures, error)
	AddFailure(ctx context.Context, id, login, address string, at time.Time) error
	DropFailure(ctx context.Context, id string) error
	SweepFailures(ctx context.Context, before time.Time) error
}

// Links keeps the one link for the first administrator of a region.
type Links interface {
	// SetLink replaces the link that there was.
	SetLink(ctx context.Context, tokenHash string, until time.Time) error
	// HasLink reports whether that link works at that moment.
	HasLink(ctx context.Context, tokenHash string, at time.Time) (bool, error)
	// SpendLink deletes the link, and reports whether it worked until now.
	// Of two who spend it at once one alone hears true.
	SpendLink(ctx context.Context, tokenHash string, at time.Time) (bool, error)
}

// Passwords makes of passwords what may be stored of them.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	// Verify takes as long for an empty hash, which no password fits.
	Verify(ctx context.Context, hash, password string) (bool, error)
	NeedsRehash(hash string) bool
}

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}
