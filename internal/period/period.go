package period

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/instrument"
)

// Period is a measuring year of a region.
type Period struct {
	ID         string // the year in four digits, as in addresses
	Year       int
	PackID     string
	PackSHA256 string // SHA-256 of the pack's bytes, in hex
	OpenedAt   time.Time
	State      State
	MovedAt    time.Time // when it came into this state
	Opens      time.Time // agencies write from this moment; zero for always
	Closes     time.Time // until this moment; zero for no end
	Note       string    // from BRIDA to all agencies
	Version    int64     // incremented when the window or the note is saved
}

// Store stores the periods of the actor's region.
type Store interface {
	// All returns the periods, the newest year first.
	All(ctx context.Context) ([]Period, error)
	// ByID returns NotFound for a year that was not opened.
	ByID(ctx context.Context, id string) (Period, error)
	// LockShared is ByID with a shared lock: nobody else changes the period until the
	// transaction ends.
	LockShared(ctx context.Context, id string) (Period, error)
	// Lock is ByID with an exclusive lock: nobody else shares or changes the period
	// until the transaction ends.
	Lock(ctx context.Context, id string) (Period, error)
	// Add stores an open period, whatever p.State is. It returns Conflict for a year
	// that has one.
	Add(ctx context.Context, p Period) error
	// Move returns Conflict if the period is not in the state from.
	Move(ctx context.Context, id string, from, to State, at time.Time) error
	// Save stores the window and the note of p. It returns Conflict if they were
	// saved since p was read.
	Save(ctx context.Context, p Period) error
	// Deadlines returns those of a period, the earliest first.
	Deadlines(ctx context.Context, id string) ([]Deadline, error)
	// AddDeadline adds a deadline.
	AddDeadline(ctx context.Context, id string, d Deadline) error
	// DropDeadline returns NotFound if there is no such deadline.
	DropDeadline(ctx context.Context, id, deadlineID string) error
	// Extensions returns those of a period, the newest first.
	Extensions(ctx context.Context, id string) ([]Extension, error)
	// Extend adds an extension.
	Extend(ctx context.Context, id string, e Extension) error
	// OpenExtensions returns the extensions of one agency, in periods of any
	// state, that still give it time after now, by period and id: an archived period may
	// be opened again.
	OpenExtensions(ctx context.Context, agencyID string, now time.Time) ([]Extension, error)
	// Unextend records that e was revoked, when and by whom. It returns NotFound if
	// there is no such extension or it was revoked before.
	Unextend(ctx context.Context, id string, e Extension) error
}

// Packs returns the instrument packs.
type Packs interface {
	ByID(id string) (*instrument.Pack, bool)
	All() []*instrument.Pack
}

// Agencies returns the agencies that can get an extension.
type Agencies interface {
	// All returns the region's agencies that have not ended.
	All(ctx context.Context) ([]agency.Agency, error)
}

// Innovations returns the innovations that can get an extension. It belongs to a room of
// higher rank; app sets the implementation.
type Innovations interface {
	// Extendable returns an innovation; NotFound if the actor may not read it.
	Extendable(ctx context.Context, id string) (Innovation, error)
}

// Innovation is the part of an innovation that its extensions need.
type Innovation struct{ ID, Name, AgencyID string }

// Closing is called when a period is closed, in that transaction; its error rolls the
// close back.
type Closing interface {
	Closed(ctx context.Context, periodID string) error
}

// Unfinished is what is not done in a period.
type Unfinished struct {
	Innovations int // that count, with
	Drafts      int // those whose answers are not all finished
	Rows        int // the region's own indicators, with
	OpenRows    int // those whose answer is not finished
	Requests    int // data requests that are not accepted
}

// Work counts what is not done in a period. It belongs to rooms of higher rank; app sets
// the implementation.
type Work interface {
	// Unfinished counts that of one agency, without the region's own indicators, or of
	// the whole region if agencyID is empty.
	Unfinished(ctx context.Context, p Pinned, agencyID string) (Unfinished, error)
	// Since counts what has changed since a closed period was closed.
	Since(ctx context.Context, p Pinned) (Since, error)
}

// Since is the number of innovations that are not as they were when a period was closed.
// If it is opened again, they count as they are now.
type Since struct {
	Changed int // whose profile has changed
	Moved   int // that belong to another agency
	Gained  int // that count now, and did not, or were registered since
	Lost    int // that counted, and do not now
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
