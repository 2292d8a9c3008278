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

// Decree is an SK: it names the innovations of a year and who implements them.
type Decree struct {
	ID            string
	Number        string // as on its letter, unique in the region
	Day           day.Day
	Subject       string
	Implementers  string // one a line
	CreatedAt     time.Time
	ChangedAt     time.Time
	Version       int64    // incremented by each save; zero before the first
	InnovationIDs []string // those that it names, in their order; as read, not written with the decree
}

// Form is a decree as it was typed, with the innovations that it names.
type Form struct {
	Number, Day, Subject, Implementers string
	Innovations                        []string
	Version                            int64
}

// Sheet is a decree with those of its innovations that the actor may read; Others is
// the number of the rest.
type Sheet struct {
	Decree
	Named  []Innovation
	Others int
	Scan   *file.Record // nil for none
}

// FormOf returns the form with the stored values of a decree.
func FormOf(d Decree) Form {
	return Form{
		Number: d.Number, Day: string(d.Day), Subject: d.Subject, Implementers: d.Implementers, Innovations: d.InnovationIDs, Version: d.Version,
	}
}

// Innovation is the part of an innovation that decrees need.
type Innovation struct{ ID, Name, AgencyName string }

// Innovations reads and locks innovations. Methods that write or lock do so in the
// caller's transaction.
type Innovations interface {
	// Readable returns the innovations that the actor may read, by name.
	Readable(ctx context.Context) ([]Innovation, error)
	// NamedBy returns those of them that a decree names, by name.
	NamedBy(ctx context.Context, decreeID string) ([]Innovation, error)
	// Lock locks the open periods, shared, and then innovations in the order of their ids, and returns the ids of those
	// that exist.
	Lock(ctx context.Context, ids []string) ([]string, error)
	// CheckNaming returns Conflict if heads have endorsed one of these innovations, which a
	// decree begins or ceases to name, in a period whose window is over. It is called before
	// the writes, and again at the end of their transaction, which may have waited.
	CheckNaming(ctx context.Context, ids []string) error
	// BumpVersion increments the version of an innovation after a decree has begun or
	// ceased to name it.
	BumpVersion(ctx context.Context, id string) error
}

// Store stores the decrees of the actor's region, the innovations that they name, and
// their scans.
type Store interface {
	// All returns the decrees, the latest first.
	All(ctx context.Context) ([]Decree, error)
	// ByID returns NotFound if the region has no such decree.
	ByID(ctx context.Context, id string) (Decree, error)
	// Lock is ByID with an exclusive lock until the transaction ends.
	Lock(ctx context.Context, id string) (Decree, error)
	// Save stores d; Conflict if it was saved since d was read, Conflict with the key
	// fault.exists if its number is taken.
	Save(ctx context.Context, d Decree) error
	// BumpVersion increments the version after a change of other data of a decree.
	BumpVersion(ctx context.Context, id string) error
	// Name adds an innovation to those that a decree names, if it is not among them.
	Name(ctx context.Context, decreeID, innovationID string) error
	// Unname removes it.
	Unname(ctx context.Context, decreeID, innovationID string) error

	// ScanOf returns the scan of a decree, or NotFound.
	ScanOf(ctx context.Context, decreeID string) (file.Record, error)
}

// The events of this room in the audit log.
const (
	EventRegistered   audit.Event = "decree.registered"
	EventChanged      audit.Event = "decree.changed"
	EventScanUploaded audit.Event = "decree.scan_uploaded"
	EventChosen       audit.Event = "decree.chosen" // by the form of an innovation, or no longer
)

// Events returns the events about a decree, each of which changes its version.
func Events() []audit.Event {
	return []audit.Event{EventRegistered, EventChanged, EventScanUploaded, EventChosen}
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// MayEnter reports whether who may enter and change the region's decrees.
func MayEnter(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// CheckEnter returns the fault if the actor may not enter decrees.
func CheckEnter(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayEnter(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// checkRead returns the fault if the actor may not read decrees; anybody signed in
// may.
func checkRead(ctx context.Context) error {
	if !actor.From(ctx).SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return nil
}
