package period

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/instrument"
)

// Period is one measuring year of a region.
type Period struct {
	ID       string // the year in four digits, as in addresses
	Year     int
	PackID   string
	PackSum  string // SHA-256 of the pack's bytes, in hex
	OpenedAt time.Time
	State    State
	MovedAt  time.Time // since when it is in this state
	Opens    time.Time // agencies write from here; the zero moment is always
	Closes   time.Time // up to here; the zero moment is never
	Note     string    // what BRIDA has to say to all
	Version  int64     // counts the saves of the window and the note
}

// Store keeps the periods of the actor's region.
type Store interface {
	// All lists the periods, the newest year first.
	All(ctx context.Context) ([]Period, error)
	// ByID returns NotFound for a year that was not opened.
	ByID(ctx context.Context, id string) (Period, error)
	// LockShared is ByID, and keeps others from changing the period until the
	// transaction ends; several may share it.
	LockShared(ctx context.Context, id string) (Period, error)
	// Lock is ByID for whoever changes the period: nobody else shares or changes
	// it before the transaction ends.
	Lock(ctx context.Context, id string) (Period, error)
	// Add keeps a period as an open one, whatever its state. It returns Conflict for a year that is already there.
	Add(ctx context.Context, p Period) error
	// Move returns Conflict when the period is no longer in the state from.
	Move(ctx context.Context, id string, from, to State, at time.Time) error
	// Save stores the window and the note of p if nobody saved them since p was
	// read, else Conflict.
	Save(ctx context.Context, p Period) error
	// Deadlines lists those of a period, the first to come first.
	Deadlines(ctx context.Context, id string) ([]Deadline, error)
	// AddDeadline adds one.
	AddDeadline(ctx context.Context, id string, d Deadline) error
	// DropDeadline returns NotFound for one that is not there.
	DropDeadline(ctx context.Context, id, deadlineID string) error
	// Extensions lists those of a period, the newest first.
	Extensions(ctx context.Context, id string) ([]Extension, error)
	// Extend adds one.
	Extend(ctx context.Context, id string, e Extension) error
	// Unextend notes that e was taken back. It returns NotFound for one that is
	// not there, or was taken back before.
	Unextend(ctx context.Context, id string, e Extension) error
}

// Packs is where instrument packs are found.
type Packs interface {
	ByID(id string) (*instrument.Pack, bool)
	All() []*instrument.Pack
}

// Agencies are those that an extension can be given to.
type Agencies interface {
	// All lists the region's living agencies.
	All(ctx context.Context) ([]agency.Agency, error)
}

// Closing is told of the close of a period, in its transaction: what it cannot
// keep keeps the period open.
type Closing interface {
	Closed(ctx context.Context, periodID string) error
}

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
