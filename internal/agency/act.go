package agency

import (
	"context"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/base/reference"
)

// Move is the kind of an act on agencies.
type Move string

// The acts; their values are part of addresses.
const (
	Rename Move = "ganti-nama"
	Merge  Move = "gabung"
	Split  Move = "pecah"
	Close  Move = "tutup"
)

// Decree is the letter that orders an act.
type Decree struct {
	Number string
	Signed day.Day
}

// Act is the effect of a decree on one agency: From became To on a day. For a rename
// To is From; it is empty if no agency follows. The names are those at the time.
type Act struct {
	ID               string
	Move             Move
	On               day.Day // the first day on which it has effect
	Decree           Decree
	From, To         string
	FromName, ToName string
}

// Holding is an active innovation that an agency owns.
type Holding struct{ ID, Name string }

// Holdings has the innovations of agencies. They belong to a room of higher rank; app
// sets the implementation.
type Holdings interface {
	// Innovations returns the innovations of an agency except archived ones, which
	// stay with the agency that had them.
	Innovations(ctx context.Context, agencyID string) ([]Holding, error)
	// Lock locks all innovations of agencies until the transaction ends.
	Lock(ctx context.Context, agencyIDs []string) error
	// Move transfers an innovation with its history to another agency.
	Move(ctx context.Context, innovationID, toAgency string, on day.Day, by Decree) error
}

// Staff has the people assigned to agencies.
type Staff interface {
	// Lock locks the people of agencies until the transaction ends.
	Lock(ctx context.Context, agencyIDs []string) error
	// OfAgency returns the assignments at an agency that have not ended, for the page of
	// an act.
	OfAgency(ctx context.Context, agencyID string) ([]reference.Reference, error)
	// Move transfers the assignments at an agency that have not ended to another
	// agency from a day on; if to is empty, they end on it. Nobody gets a task twice.
	Move(ctx context.Context, from, to string, on day.Day) error
}

// The events of this room in the audit log.
const (
	EventAdded           audit.Event = "agency.added"
	EventChanged         audit.Event = "agency.changed"
	EventRenamed         audit.Event = "agency.renamed"
	EventMerged          audit.Event = "agency.merged"
	EventSplit           audit.Event = "agency.split"
	EventClosed          audit.Event = "agency.closed"
	EventKindAdded       audit.Event = "agency.kind_added"
	EventSettingsChanged audit.Event = "agency.settings_changed"
)

// PlaceEvents returns the events about an agency that change what its form has.
func PlaceEvents() []audit.Event {
	return []audit.Event{EventAdded, EventChanged, EventRenamed, EventMerged, EventSplit, EventClosed}
}

// event returns the audit event of an act.
func (m Move) event() audit.Event {
	switch m {
	case Rename:
		return EventRenamed
	case Merge:
		return EventMerged
	case Split:
		return EventSplit
	case Close:
		return EventClosed
	}
	return ""
}
