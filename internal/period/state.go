package period

import "siida.id/internal/audit"

// State is where a period stands.
type State string

// The states. Agencies write in an open period alone; a closed one can be
// opened again, an archived one stays as it is.
const (
	Open     State = "buka"
	Closed   State = "tutup"
	Archived State = "arsip"
)

// States lists them in the order of a period's life.
func States() []State { return []State{Open, Closed, Archived} }

// Move takes a period from one state to another.
type Move string

// The moves, in the words of their buttons.
const (
	Close   Move = "tutup"
	Reopen  Move = "buka-lagi"
	Archive Move = "arsipkan"
)

// Moves lists them.
func Moves() []Move { return []Move{Close, Reopen, Archive} }

// table is the whole life of a period: a move that is not here does not exist.
var table = map[State]map[Move]State{
	Open:     {Close: Closed},
	Closed:   {Reopen: Open, Archive: Archived},
	Archived: {},
}

// After is the state that m leads to from s, if there is such a move.
func (s State) After(m Move) (State, bool) {
	to, ok := table[s][m]
	return to, ok
}

// What the audit log has of this room.
const (
	EventOpened           audit.Event = "period.opened"
	EventChanged          audit.Event = "period.changed"
	EventClosed           audit.Event = "period.closed"
	EventReopened         audit.Event = "period.reopened"
	EventArchived         audit.Event = "period.archived"
	EventDeadlineAdded    audit.Event = "period.deadline_added"
	EventDeadlineDropped  audit.Event = "period.deadline_dropped"
	EventExtended         audit.Event = "period.extended"
	EventExtensionRevoked audit.Event = "period.extension_revoked"
)

// event is how the log calls a move; empty for one that there is not.
func (m Move) event() audit.Event {
	switch m {
	case Close:
		return EventClosed
	case Reopen:
		return EventReopened
	case Archive:
		return EventArchived
	}
	return ""
}
