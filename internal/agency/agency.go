package agency

import (
	"context"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
)

// Agency is one perangkat daerah.
type Agency struct {
	ID   string
	Name string // as on its letters, unique among the existing ones of the region
	Kind Kind
	// Parent is the agency of which this one is a unit; empty at the top.
	Parent string
	// From is its first day; empty if unknown.
	From day.Day
	// Until is the day after its last one; empty while it exists.
	Until day.Day
	// Version is incremented by each save; as read.
	Version int64
}

// Lives reports whether the agency exists now: whether no act has ended it.
func (a Agency) Lives() bool { return a.Until == "" }

// On reports whether the agency existed on d.
func (a Agency) On(d day.Day) bool { return a.From <= d && (a.Until == "" || d < a.Until) }

// Settings are a region's settings about its agencies.
type Settings struct {
	// ParentEndorses requires an endorsement by the head of the agency above too.
	ParentEndorses bool
}

// Store stores the agencies of the actor's region.
type Store interface {
	// All returns the agencies, including ended ones, by kind and name.
	All(ctx context.Context) ([]Agency, error)
	// ByID returns NotFound if the region has no such agency.
	ByID(ctx context.Context, id string) (Agency, error)
	// Lock is ByID with an exclusive lock: nobody else locks, shares or writes the
	// agency until the transaction ends.
	Lock(ctx context.Context, id string) (Agency, error)
	// LockShared is ByID with a shared lock: nobody locks or writes the agency until
	// the transaction ends.
	LockShared(ctx context.Context, id string) (Agency, error)
	// Add returns Conflict if the region has an existing agency with that name,
	// ignoring case.
	Add(ctx context.Context, a Agency) error
	// Save stores all changes of a, and increments its version. It returns Conflict
	// for a name that is taken.
	Save(ctx context.Context, a Agency) error
	// LockAll locks all agencies of the region, including ended ones, in the order of
	// their ids, so that what is read afterwards does not change.
	LockAll(ctx context.Context) error
	// Record adds an act.
	Record(ctx context.Context, a Act) error
	// Acts returns the acts from and to an agency, the newest first.
	Acts(ctx context.Context, agencyID string) ([]Act, error)
	// Renames returns all renames of the region, the oldest first.
	Renames(ctx context.Context) ([]Act, error)
	// Kinds returns the region's own kinds by label.
	Kinds(ctx context.Context) ([]LabelledKind, error)
	// AddKind returns Conflict for an id that is taken.
	AddKind(ctx context.Context, id Kind, label string) error
	// Settings returns the stored settings, or zero ones.
	Settings(ctx context.Context) (Settings, error)
	// SaveSettings stores the settings.
	SaveSettings(ctx context.Context, s Settings) error
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
