package period

import "siida.id/internal/audit"

// State is the state of a period.
type State string

// Agencies write only in an open period; a closed one can be opened again. An archived
// one has no move: only opening its pack opens it again.
const (
	Open     State = "buka"
	Closed   State = "tutup"
	Archived State = "arsip"
)

// States returns the states in their order.
func States() []State { return []State{Open, Closed, Archived} }

// Move is a transition between states.
type Move string

// The moves; their values are those of the buttons.
const (
	Close   Move = "tutup"
	Reopen  Move = "buka-lagi"
	Archive Move = "arsipkan"
)

// Moves returns all moves.
func Moves() []Move { return []Move{Close, Reopen, Archive} }

// table has all transitions.
var table = map[State]map[Move]State{
	Open:     {Close: Closed},
	Closed:   {Reopen: Open, Archive: Archived},
	Archived: {},
}

// After returns the state after the move m from s; ok is false if s has no such move.
func (s State) After(m Move) (State, bool) {
	to, ok := table[s][m]
	return to, ok
}

// The events of this room in the audit log.
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

// event returns the audit event of a move; empty for an unknown one.
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
