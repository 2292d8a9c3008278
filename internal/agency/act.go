package agency

import (
	"context"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
)

// Move is what an act does to agencies.
type Move string

// The acts.
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

// Act is what a decree made of one agency: From became To on a day. To is From
// where only its name has changed, and empty where nothing follows. The names
// are those of the time.
type Act struct {
	ID               string
	Move             Move
	On               day.Day // the first day on which it counts
	Decree           Decree
	From, To         string
	FromName, ToName string
}

// Holding is an open innovation that an agency owns.
type Holding struct{ ID, Name string }

// Holdings are the innovations of agencies. They belong to a feature above
// this one, so that app fills them in.
type Holdings interface {
	// Innovations lists the open innovations of an agency. What is archived
	// stays with the agency that had it.
	Innovations(ctx context.Context, agencyID string) ([]Holding, error)
	// Lock locks all that agencies have until the transaction ends.
	Lock(ctx context.Context, agencyIDs []string) error
	// Move gives an innovation with all of its history to another agency.
	Move(ctx context.Context, innovationID, toAgency string, on day.Day, by Decree) error
}

// Staff are the people of agencies.
type Staff interface {
	// Lock locks the people of agencies until the transaction ends.
	Lock(ctx context.Context, agencyIDs []string) error
	// Move gives every assignment at an agency that is running or yet to begin
	// to another agency from a day on; where to is empty they end on it.
	Move(ctx context.Context, from, to string, on day.Day) error
}

// What the audit log has of this room.
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

// event is how the log calls an act.
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
