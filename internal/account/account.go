package account

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
)

// Person is somebody who may sign in.
type Person struct {
	ID       string
	Name     string
	Login    string
	Phone    string // may be none
	Language string // of the pages; empty for what the browser asks for
	Active   bool
	Version  int64 // counts the saves of name, phone and language, as read
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

// Filter chooses people of a list; what is empty does not choose. Number
// counts pages from one.
type Filter struct {
	Agency string
	Role   actor.Role
	Number int
}

// Access is how people get in, as far as accounts ask for it or change it; app
// fills it from auth. What writes does so in the caller's transaction, and who may
// is decided by the caller.
type Access interface {
	// NewCode makes a one-time code. It takes long, so that nobody who waits for a
	// lock should wait for it too.
	NewCode(ctx context.Context) (Code, error)
	// SetCode puts a one-time code in the place of a person's password, if any, and
	// ends all their sessions.
	SetCode(ctx context.Context, person string, c Code) error
	// EndSessions ends all sessions of a person.
	EndSessions(ctx context.Context, person string) error
	// EndFactor takes the second factor from a person, and ends all their sessions.
	EndFactor(ctx context.Context, person string) error
	// LoginStatuses returns how people get in, by id.
	LoginStatuses(ctx context.Context, people []string) (map[string]LoginStatus, error)
	// DemandsFactor reports whether the region demands a second factor of admins
	// and BRIDA.
	DemandsFactor(ctx context.Context) (bool, error)
	SetDemand(ctx context.Context, demand bool) error
}

// Code is a one-time code, with what is stored of it.
type Code struct {
	Text  string // in groups, as it is read out
	Hash  string
	Until time.Time
}

// InviteCode is what is handed to a person once: nobody can look it up again.
type InviteCode struct {
	Person Person
	Text   string // in groups
	Until  time.Time
}

// LoginStatus is how a person gets in.
type LoginStatus struct {
	CodeUntil time.Time // until when their one-time code works; zero for who has a password
	HasFactor bool      // a second one, confirmed
}

// Store keeps the accounts of the actor's region.
type Store interface {
	People
	Assignments
}

// People keeps who there is and what they are appointed to.
type People interface {
	// Add stores a new person; a login that is taken is a Conflict.
	Add(ctx context.Context, p Person, assignments []Assignment) error
	// ByID returns the person with that id, or NotFound.
	ByID(ctx context.Context, id string) (Person, error)
	// List returns the chosen people by name, most of them after having left
	// out so many, each with the assignments that have not ended; and how many
	// there are.
	List(ctx context.Context, f Filter, at time.Time, most, skip int) (list []Entry, total int, err error)
	// SaveProfile replaces name, phone and language, and counts as a save.
	SaveProfile(ctx context.Context, p Person) error
	// SetLanguage replaces the language, and does not count as a save.
	SetLanguage(ctx context.Context, person, language string) error
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

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
