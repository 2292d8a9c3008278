package account

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
)

// Person is somebody who can sign in.
type Person struct {
	ID       string
	Name     string
	Login    string
	Phone    string // may be empty
	Language string // of the pages; empty for that of the browser
	Active   bool
	Version  int64 // incremented when name, phone or language is saved; as read
}

// Assignment appoints a person from one moment until another; a zero Until means
// without end.
type Assignment struct {
	actor.Assignment
	ID          string
	Acting      Acting // of a kepala
	From, Until time.Time
	Decree      Decree // may be empty
}

// Acting is the way in which a kepala holds the office.
type Acting string

// A kepala is appointed for good, fills a vacant office (Plt), or acts for somebody
// who is away (Plh).
const (
	Definitif Acting = "definitif"
	Plt       Acting = "plt"
	Plh       Acting = "plh"
)

// Actings returns the ways to hold an office.
func Actings() []Acting { return []Acting{Definitif, Plt, Plh} }

// Decree is the letter of an appointment.
type Decree struct {
	Number, Subject string
	Day             day.Day
}

// Entry is a person with their assignments.
type Entry struct {
	Person
	Assignments []Assignment
}

// Unit is an agency, as the forms list it.
type Unit struct{ ID, Name string }

// Agencies returns the agencies to which people may be assigned.
type Agencies interface {
	Units(ctx context.Context) ([]Unit, error)
}

// Filter selects people of a list; empty fields select all. Number is the page, from
// one.
type Filter struct {
	Agency string
	Role   actor.Role
	Number int
}

// Access reads and changes how people sign in; app sets it from auth. Its methods
// write in the caller's transaction, and the caller checks the permission.
type Access interface {
	// NewCode returns a new one-time code. It is slow, so it should not be called
	// with a lock held.
	NewCode(ctx context.Context) (Code, error)
	// SetCode replaces the person's password, if any, by a one-time code and ends all
	// their sessions.
	SetCode(ctx context.Context, person string, c Code) error
	// EndSessions ends all sessions of a person.
	EndSessions(ctx context.Context, person string) error
	// EndFactor removes the second factor of a person and ends all their sessions.
	EndFactor(ctx context.Context, person string) error
	// LoginStatuses returns the login status of people, by id.
	LoginStatuses(ctx context.Context, people []string) (map[string]LoginStatus, error)
	// DemandsFactor reports whether the region demands a second factor of admins
	// and BRIDA.
	DemandsFactor(ctx context.Context) (bool, error)
	SetDemand(ctx context.Context, demand bool) error
}

// Code is a one-time code and what is stored of it.
type Code struct {
	Text  string // in groups of letters
	Hash  string
	Until time.Time
}

// InviteCode is a one-time code to hand to a person. It cannot be shown again.
type InviteCode struct {
	Person Person
	Text   string // in groups
	Until  time.Time
}

// LoginStatus says with what a person can sign in.
type LoginStatus struct {
	CodeUntil time.Time // until when their one-time code is valid; zero for a person with a password
	HasFactor bool      // a confirmed second factor
}

// Store stores the accounts of the actor's region.
type Store interface {
	People
	Assignments
}

// People stores the people.
type People interface {
	// Add stores a new person; Conflict if the login is taken.
	Add(ctx context.Context, p Person, assignments []Assignment) error
	// ByID returns the person with that id, or NotFound.
	ByID(ctx context.Context, id string) (Person, error)
	// List returns the selected people by name, max of them at most, after skipping
	// some, each with the assignments that have not ended; total is the number of all
	// selected.
	List(ctx context.Context, f Filter, at time.Time, max, skip int) (list []Entry, total int, err error)
	// SaveProfile replaces name, phone and language, and increments the version.
	SaveProfile(ctx context.Context, p Person) error
	// SetLanguage replaces the language without incrementing the version.
	SetLanguage(ctx context.Context, person, language string) error
	SetActive(ctx context.Context, person string, active bool) error
	// HasAdmin reports whether an active person is admin of the whole region at that
	// moment.
	HasAdmin(ctx context.Context, at time.Time) (bool, error)
	// HasLastingAdmin is HasAdmin for assignments without end.
	HasLastingAdmin(ctx context.Context, at time.Time) (bool, error)
	// LockPerson is ByID, with the person locked until the transaction ends.
	LockPerson(ctx context.Context, id string) (Person, error)
	// LockAdmins locks a person and everybody who is or was admin, in the order of
	// their ids.
	LockAdmins(ctx context.Context, person string) error
}

// Assignments stores the assignments of people.
type Assignments interface {
	// Assignments returns all that a person has or had, the latest first.
	Assignments(ctx context.Context, person string) ([]Assignment, error)
	Assign(ctx context.Context, person string, a Assignment) error
	// End ends an assignment at that moment, unless it has ended before, and reports
	// whether it did.
	End(ctx context.Context, person, assignment string, at time.Time) (bool, error)
	// AllAssignments returns those of everybody, including ended ones.
	AllAssignments(ctx context.Context) ([]Assignment, error)
	// SetBounds replaces the start and the end of an assignment.
	SetBounds(ctx context.Context, a Assignment) error
	// Posts returns the assignments at an agency that end after that moment, or
	// never.
	Posts(ctx context.Context, agency string, after time.Time) ([]Post, error)
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
