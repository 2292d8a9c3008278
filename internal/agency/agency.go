package agency

import (
	"context"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
)

// Agency is one perangkat daerah.
type Agency struct {
	ID   string
	Name string // as on its letters, unique among the living of the region
	Kind Kind
	// Parent is the agency that this one is a unit of; empty at the top.
	Parent string
	// From is its first day; none where nobody remembers.
	From day.Day
	// Until is the first day on which it is no more; none while it lives.
	Until day.Day
	// Version counts the saves, as read.
	Version int64
}

// Lives reports whether nothing has ended the agency.
func (a Agency) Lives() bool { return a.Until == "" }

// On reports whether the agency was there on d.
func (a Agency) On(d day.Day) bool { return a.From <= d && (a.Until == "" || d < a.Until) }

// Settings are what a region has decided about its agencies.
type Settings struct {
	// ParentEndorses asks the head of the agency above as well.
	ParentEndorses bool
}

// Store keeps the agencies of the actor's region.
type Store interface {
	// All lists the agencies, the ended too, by kind and name.
	All(ctx context.Context) ([]Agency, error)
	// ByID returns NotFound for an id that the region does not have.
	ByID(ctx context.Context, id string) (Agency, error)
	// Lock is ByID for whoever changes the agency, or wants nobody beside them to
	// rely on it: both wait for the end of the transaction.
	Lock(ctx context.Context, id string) (Agency, error)
	// LockShared is ByID for whoever relies on the agency: nobody locks or writes
	// it before the transaction ends.
	LockShared(ctx context.Context, id string) (Agency, error)
	// Add returns Conflict when the region has a living agency of that name,
	// whatever its capitals.
	Add(ctx context.Context, a Agency) error
	// Save keeps all of a that has changed, but for its id, and counts as a save. It
	// returns Conflict for a name that is taken.
	Save(ctx context.Context, a Agency) error
	// LockAll locks the agencies of the region, the ended too, in the order of
	// their ids, so that what is read of them afterwards stays true.
	LockAll(ctx context.Context) error
	// Record adds an act.
	Record(ctx context.Context, a Act) error
	// Acts lists the acts from and to an agency, the newest first.
	Acts(ctx context.Context, agencyID string) ([]Act, error)
	// Renames lists every change of a name in the region, the oldest first.
	Renames(ctx context.Context) ([]Act, error)
	// Kinds lists the region's own kinds by label.
	Kinds(ctx context.Context) ([]LabelledKind, error)
	// AddKind returns Conflict for an id that is taken.
	AddKind(ctx context.Context, id Kind, label string) error
	// Settings are the zero ones until somebody has saved others.
	Settings(ctx context.Context) (Settings, error)
	// SaveSettings keeps them.
	SaveSettings(ctx context.Context, s Settings) error
}

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
