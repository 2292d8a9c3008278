package innovation

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/decree"
)

// Scope selects the innovations of a list: those of Agencies, or of the whole region.
type Scope struct {
	Region   bool
	Agencies []string
}

// Store stores the innovations of the actor's region.
type Store interface {
	Profiles
	Ownership
	FileStore
	ClosedStore
}

// Profiles stores the profiles.
type Profiles interface {
	// List returns the innovations in scope by name, without the long texts of their
	// profiles.
	List(ctx context.Context, scope Scope) ([]Innovation, error)
	// Named returns the innovations of an agency, except archived ones, that people would
	// take for one of that name, the oldest first: their ids, names and the agency's name.
	Named(ctx context.Context, agencyID, name string) ([]Innovation, error)
	// ByID returns NotFound if the region has no such innovation.
	ByID(ctx context.Context, id string) (Innovation, error)
	// Lock is ByID with an exclusive lock on the innovation until the transaction ends.
	Lock(ctx context.Context, id string) (Innovation, error)
	// LockAccess is Lock for changes of the innovation's data: one statement, which
	// reads no profile.
	LockAccess(ctx context.Context, id string) (Access, error)
	// LockList locks several innovations in the order of their ids, and returns the
	// ids of those that exist.
	LockList(ctx context.Context, ids []string) ([]string, error)
	// Save stores i and its SearchWords; Conflict if it was saved since i was read.
	Save(ctx context.Context, i Innovation) error
	// NamedBy returns the innovations that a decree names, as List does.
	NamedBy(ctx context.Context, decreeID string) ([]Innovation, error)
	// BumpVersion increments the version after a change of other data of an
	// innovation.
	BumpVersion(ctx context.Context, id string) error
	// SaveWords stores the SearchWords of i.
	SaveWords(ctx context.Context, i Innovation) error
	// Wordless returns the ids of those whose SearchWords are not stored, because an
	// earlier version of the program has stored them.
	Wordless(ctx context.Context) ([]string, error)
}

// Ownership stores the owners of innovations and the open transfers.
type Ownership interface {
	// OwnersOf returns the owners of an innovation, the first one first.
	OwnersOf(ctx context.Context, id string) ([]Owner, error)
	// RecordOwner ends the ownership of from on a day and begins that of to on it.
	RecordOwner(ctx context.Context, id, from, to, number string, on day.Day) error
	// Transfers returns the open transfers by the name of the innovation.
	Transfers(ctx context.Context) ([]Transfer, error)
	// TransferOf returns NotFound if there is no open transfer.
	TransferOf(ctx context.Context, id string) (Transfer, error)
	// AskTransfer returns Conflict if there is an open transfer.
	AskTransfer(ctx context.Context, t Transfer) error
	// EndTransfer returns NotFound if there is no open transfer.
	EndTransfer(ctx context.Context, id string) error
	// RedirectTransfer gives the open transfer of an innovation another receiver.
	RedirectTransfer(ctx context.Context, id, to string) error
	// LapseTransfer records that the open transfer of an innovation has ended with its
	// receiver.
	LapseTransfer(ctx context.Context, id string, at time.Time) error
	// LapsedTransfers returns those that have lapsed after a moment and were not asked
	// again, by the name of the innovation.
	LapsedTransfers(ctx context.Context, after time.Time) ([]Transfer, error)
}

// Decrees reads and sets the decrees that name an innovation.
type Decrees interface {
	// List returns the decrees, the latest first.
	List(ctx context.Context) ([]decree.Decree, error)
	// Exists reports whether the region has a decree with that id.
	Exists(ctx context.Context, id string) (bool, error)
	// Choose sets the decrees that name an innovation, which the caller's transaction
	// has locked, from before to chosen.
	Choose(ctx context.Context, innovationID string, before, chosen []string) error
}

// Agencies reads and locks the owners of innovations.
type Agencies interface {
	All(ctx context.Context) ([]agency.Agency, error)
	ByID(ctx context.Context, id string) (agency.Agency, error)
	// LockShared is ByID with a shared lock: no act changes the agency until the
	// transaction ends.
	LockShared(ctx context.Context, id string) (agency.Agency, error)
	// Lock is LockShared with an exclusive lock.
	Lock(ctx context.Context, id string) (agency.Agency, error)
}

// The events of this room in the audit log.
const (
	EventRegistered         audit.Event = "innovation.registered"
	EventChanged            audit.Event = "innovation.changed"
	EventWithdrawn          audit.Event = "innovation.withdrawn"
	EventArchived           audit.Event = "innovation.archived"
	EventRestored           audit.Event = "innovation.restored"
	EventFileAttached       audit.Event = "innovation.file_attached"
	EventFileDetached       audit.Event = "innovation.file_detached"
	EventTransferRequested  audit.Event = "innovation.transfer_requested"
	EventTransferRefused    audit.Event = "innovation.transfer_refused"
	EventTransferCancelled  audit.Event = "innovation.transfer_cancelled"
	EventTransferRedirected audit.Event = "innovation.transfer_redirected"
	EventTransferLapsed     audit.Event = "innovation.transfer_lapsed"
	EventTransferred        audit.Event = "innovation.transferred"
	EventNamed              audit.Event = "innovation.named" // by a decree, or no longer
)

// ProfileEvents returns the events about an innovation that change its version.
func ProfileEvents() []audit.Event {
	return []audit.Event{
		EventRegistered, EventChanged, EventWithdrawn, EventArchived, EventRestored, EventFileAttached, EventFileDetached, EventTransferred, EventNamed,
	}
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
