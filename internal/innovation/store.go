package innovation

import (
	"context"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/decree"
)

// Scope says whose innovations a list holds: those of Agencies, or of the
// whole region.
type Scope struct {
	Region   bool
	Agencies []string
}

// Store keeps what this feature knows of the actor's region.
type Store interface {
	Profiles
	Ownership
	FileStore
}

// Profiles keeps the innovations.
type Profiles interface {
	// List lists the innovations in scope by name, without the long texts of their profiles.
	List(ctx context.Context, scope Scope) ([]Innovation, error)
	// ByID returns NotFound for an id that the region does not have.
	ByID(ctx context.Context, id string) (Innovation, error)
	// Lock is ByID for whoever changes the innovation: nobody else locks or changes it
	// before the transaction ends.
	Lock(ctx context.Context, id string) (Innovation, error)
	// LockAccess is Lock for whoever changes what belongs to it: one statement, which
	// reads no profile.
	LockAccess(ctx context.Context, id string) (Access, error)
	// LockList locks several innovations, in the order of their ids, and returns
	// the ids of those that the region has.
	LockList(ctx context.Context, ids []string) ([]string, error)
	// Save stores i if nobody saved it since i was read, else Conflict.
	Save(ctx context.Context, i Innovation) error
	// NamedBy lists the innovations that a decree names, as List does.
	NamedBy(ctx context.Context, decreeID string) ([]Innovation, error)
	// BumpVersion counts a save that changed what else is known of an innovation.
	BumpVersion(ctx context.Context, id string) error
}

// Ownership keeps whose an innovation was and is, and who wants to hand it on.
type Ownership interface {
	// OwnersOf lists the owners of an innovation, the first first.
	OwnersOf(ctx context.Context, id string) ([]Owner, error)
	// RecordOwner ends what from holds, and has to hold the innovation from that day.
	RecordOwner(ctx context.Context, id, from, to, number string, on day.Day) error
	// Transfers lists the open requests by the name of the innovation.
	Transfers(ctx context.Context) ([]Transfer, error)
	// TransferOf returns NotFound where nobody has asked.
	TransferOf(ctx context.Context, id string) (Transfer, error)
	// AskTransfer returns Conflict where somebody has asked already.
	AskTransfer(ctx context.Context, t Transfer) error
	// EndTransfer returns NotFound where nobody has asked.
	EndTransfer(ctx context.Context, id string) error
}

// Decrees is where a profile chooses the decrees that name it.
type Decrees interface {
	// List lists the decrees, the latest first.
	List(ctx context.Context) ([]decree.Decree, error)
	// Exists reports whether the region has a decree of that id.
	Exists(ctx context.Context, id string) (bool, error)
	// Choose has the decrees chosen, and no others, name an innovation that the
	// caller's transaction has locked; before are those that name it.
	Choose(ctx context.Context, innovationID string, before, chosen []string) error
}

// Agencies is where the owner of an innovation is found.
type Agencies interface {
	All(ctx context.Context) ([]agency.Agency, error)
	ByID(ctx context.Context, id string) (agency.Agency, error)
	// LockShared is ByID for whoever relies on the agency: no act changes it
	// before the transaction ends.
	LockShared(ctx context.Context, id string) (agency.Agency, error)
	// Lock is LockShared for one alone: it waits for the others.
	Lock(ctx context.Context, id string) (agency.Agency, error)
}

// What the audit log has of this room.
const (
	EventRegistered        audit.Event = "innovation.registered"
	EventChanged           audit.Event = "innovation.changed"
	EventWithdrawn         audit.Event = "innovation.withdrawn"
	EventArchived          audit.Event = "innovation.archived"
	EventRestored          audit.Event = "innovation.restored"
	EventFileAttached      audit.Event = "innovation.file_attached"
	EventFileDetached      audit.Event = "innovation.file_detached"
	EventTransferRequested audit.Event = "innovation.transfer_requested"
	EventTransferRefused   audit.Event = "innovation.transfer_refused"
	EventTransferCancelled audit.Event = "innovation.transfer_cancelled"
	EventTransferred       audit.Event = "innovation.transferred"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
