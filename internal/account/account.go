package account

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
)

// Person is somebody who may sign in.
type Person struct {
	ID           string
	Name         string
	Login        string
	Phone        string    // may be none
	Language     string    // that the pages speak; empty for what the browser asks for
	PasswordHash string    // while CodeUntil is set, that of a one-time code
	CodeUntil    time.Time // until when his one-time code works; zero for who has a password
	Active       bool
	Version      int64 // counts the saves of name, phone and language, as read
}

// Assignment appoints a person from one moment until another; a zero Until
// leaves the end open.
type Assignment struct {
	actor.Assignment
	ID          string
	Acting      Acting // of a kepala
	From, Until time.Time
	Decree      Decree // may be none
}

// Acting says how a kepala holds the office.
type Acting string

// A kepala is appointed for good, or fills a vacant office (Plt), or stands in
// for somebody who is away (Plh).
const (
	Definitif Acting = "definitif"
	Plt       Acting = "plt"
	Plh       Acting = "plh"
)

// Actings lists the ways to hold an office.
func Actings() []Acting { return []Acting{Definitif, Plt, Plh} }

// Decree is the letter that appoints somebody.
type Decree struct {
	Number, Subject string
	Day             day.Day
}

// Entry is a person with assignments.
type Entry struct {
	Person
	Assignments []Assignment
}

// Unit is an agency as the forms name it.
type Unit struct{ ID, Name string }

// Agencies knows the agencies to which people may be assigned.
type Agencies interface {
	Units(ctx context.Context) ([]Unit, error)
}

// Session is a person's stay on one device.
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

// A session is open, or its person is first to choose a password, to show his
// second factor, or to set one up because the region demands it.
const (
	Open      Stage = ""
	Choosing  Stage = "sandi"
	Second    Stage = "kode"
	Enrolling Stage = "pasang"
)

// Stay is a session that is open: who acts, and in which language.
type Stay struct {
	Actor    actor.Actor
	Language string
	SeenAt   time.Time
}

// Filter chooses people of a list; what is empty does not choose. Number
// counts pages from one.
type Filter struct {
	Agency string
	Role   actor.Role
	Number int
}

// Failures is what went wrong at an address lately.
type Failures struct {
	Pair, Address             int       // with the same login; with any
	OldestPair, OldestAddress time.Time // zero where there are none
}

// Visit is where a person comes from: his address, his browser, and the tokens
// that it has kept.
type Visit struct{ Address, Agent, Session, Device string }

// Tokens are what a browser keeps of a sign-in. With Stage set the session
// waits for its person.
type Tokens struct {
	Session, Device string
	Stage           Stage
}

// Store keeps the accounts of the actor's region.
type Store interface {
	People
	Assignments
	Sessions
	Tries
	Links
	SecondFactors
}

// People keeps who there is and what they are appointed to.
type People interface {
	// ByLogin returns the person with that login, or NotFound.
	ByLogin(ctx context.Context, login string) (Person, error)
	// Add stores a new person; a login that is taken is a Conflict.
	Add(ctx context.Context, p Person, assignments []Assignment) error
	// ByID returns the person with that id, or NotFound.
	ByID(ctx context.Context, id string) (Person, error)
	// Actor returns an active person as an actor with the assignments that count
	// at that moment, or NotFound.
	Actor(ctx context.Context, person string, at time.Time) (actor.Actor, error)
	// List returns the chosen people by name, most of them after having left
	// out so many, each with the assignments that have not ended; and how many
	// there are.
	List(ctx context.Context, f Filter, at time.Time, most, skip int) (list []Entry, total int, err error)
	// SetPasswordHash replaces what is stored of a password, or of a code.
	SetPasswordHash(ctx context.Context, person, hash string) error
	// SetCode replaces the password by a one-time code.
	SetCode(ctx context.Context, person, hash string, until time.Time) error
	// SpendCode replaces a one-time code by a password, and reports whether
	// there was a code. Of two who spend it at once one alone hears true.
	SpendCode(ctx context.Context, person, hash string) (bool, error)
	// SaveProfile replaces name, phone and language, and counts as a save.
	SaveProfile(ctx context.Context, p Person) error
	SetActive(ctx context.Context, person string, active bool) error
	// HasAdmin reports whether somebody active administers the whole region at that moment.
	HasAdmin(ctx context.Context, at time.Time) (bool, error)
	// HasLastingAdmin is HasAdmin for those whose assignment has no end.
	HasLastingAdmin(ctx context.Context, at time.Time) (bool, error)
	// LockPerson is ByID, and locks the person until the transaction ends.
	LockPerson(ctx context.Context, id string) (Person, error)
	// LockAdmins locks a person and whoever is or was appointed to admin, in the
	// order of their ids.
	LockAdmins(ctx context.Context, person string) error
}

// Assignments keeps what people are appointed to.
type Assignments interface {
	// Assignments lists all that a person has or had, the latest first.
	Assignments(ctx context.Context, person string) ([]Assignment, error)
	Assign(ctx context.Context, person string, a Assignment) error
	// End ends an assignment at that moment, unless it has ended already, and
	// reports whether it did.
	End(ctx context.Context, person, assignment string, at time.Time) (bool, error)
	// AllAssignments lists those of everybody, also what has ended.
	AllAssignments(ctx context.Context) ([]Assignment, error)
	// SetBounds replaces from when and until when an assignment counts.
	SetBounds(ctx context.Context, a Assignment) error
	// Posts lists the assignments at an agency that end after that moment, or never.
	Posts(ctx context.Context, agency string, after time.Time) ([]Post, error)
}

// Sessions keeps who is signed in, and on which devices people did so.
type Sessions interface {
	AddSession(ctx context.Context, s Session) error
	// Resume returns the stay of an open session, or NotFound: for a person who
	// is not active too. It is one statement.
	Resume(ctx context.Context, tokenHash string, at, madeAfter, seenAfter time.Time) (Stay, error)
	// Waiting returns the person for whom a session at that stage waits, or NotFound.
	Waiting(ctx context.Context, tokenHash string, stage Stage, madeAfter time.Time) (Person, error)
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

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}
