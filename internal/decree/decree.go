package decree

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
)

// Decree is an SK: the act that names the innovations of a year, and who
// carries them out.
type Decree struct {
	ID            string
	Number        string // as on its letter, unique in the region
	Day           day.Day
	Subject       string
	Implementers  string // line by line
	CreatedAt     time.Time
	ChangedAt     time.Time
	Version       int64    // counts the saves; zero is not stored yet
	InnovationIDs []string // those that it names, in their order; as read, never written with the decree
}

// Form is a decree as a person types it, with the innovations it names.
type Form struct {
	Number, Day, Subject, Implementers string
	Innovations                        []string
	Version                            int64
}

// Sheet is a decree with those of its innovations that the actor may open;
// Others counts the rest.
type Sheet struct {
	Decree
	Named  []Innovation
	Others int
	Scan   *file.Record // nil where nobody has sent one
}

// FormOf is the form of a decree as it stands.
func FormOf(d Decree) Form {
	return Form{
		Number: d.Number, Day: string(d.Day), Subject: d.Subject, Implementers: d.Implementers, Innovations: d.InnovationIDs, Version: d.Version,
	}
}

// Innovation is what a decree has to know of one that it names.
type Innovation struct{ ID, Name, AgencyName string }

// Innovations is where decrees find what they name. Methods that write or lock
// do so in the caller's transaction.
type Innovations interface {
	// Readable lists the innovations that the actor may open, by name.
	Readable(ctx context.Context) ([]Innovation, error)
	// NamedBy lists those of them that a decree names, by name.
	NamedBy(ctx context.Context, decreeID string) ([]Innovation, error)
	// Lock locks innovations in the order of their ids, and returns the ids of
	// those that the region has.
	Lock(ctx context.Context, ids []string) ([]string, error)
	// BumpVersion counts a save of an innovation that a decree names from now on, or no more.
	BumpVersion(ctx context.Context, id string) error
}

// Store keeps the decrees of the actor's region, what they name, and their scans.
type Store interface {
	// All lists the decrees, the latest first.
	All(ctx context.Context) ([]Decree, error)
	// ByID returns NotFound for an id that the region does not have.
	ByID(ctx context.Context, id string) (Decree, error)
	// Lock is ByID for whoever changes the decree: nobody else locks or changes
	// it before the transaction ends.
	Lock(ctx context.Context, id string) (Decree, error)
	// Save stores d if nobody saved it since d was read, else Conflict; a number
	// that another has is a Conflict of key fault.exists.
	Save(ctx context.Context, d Decree) error
	// BumpVersion counts a save that changed what else is known of a decree.
	BumpVersion(ctx context.Context, id string) error
	// Name has a decree name an innovation, once.
	Name(ctx context.Context, decreeID, innovationID string) error
	// Unname takes that back.
	Unname(ctx context.Context, decreeID, innovationID string) error

	// ScanOf returns the scan of a decree, or NotFound.
	ScanOf(ctx context.Context, decreeID string) (file.Record, error)
}

// What the audit log has of this room.
const (
	EventRegistered   audit.Event = "decree.registered"
	EventChanged      audit.Event = "decree.changed"
	EventScanUploaded audit.Event = "decree.scan_uploaded"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// MayEnter reports whether who enters the region's decrees.
func MayEnter(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// CheckEnter returns the fault that explains why the actor may not enter decrees.
func CheckEnter(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayEnter(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// checkRead returns the fault that explains why the actor may not read decrees:
// whoever has signed in may.
func checkRead(ctx context.Context) error {
	if !actor.From(ctx).SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return nil
}
