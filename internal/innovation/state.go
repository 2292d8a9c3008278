package innovation

import "siida.id/internal/audit"

// State says whether an innovation is active.
type State string

// An innovation is active until its agency withdraws it, with a reason, or archives
// it. Neither of these counts in any period.
const (
	Active    State = ""
	Withdrawn State = "ditarik"
	Archived  State = "arsip"
)

// States returns the states.
func States() []State { return []State{Active, Withdrawn, Archived} }

// Move is a change of the state; its values are part of addresses.
type Move string

// The moves.
const (
	Withdraw Move = "tarik"
	Archive  Move = "arsipkan"
	Restore  Move = "pulihkan"
)

// Moves returns the moves.
func Moves() []Move { return []Move{Withdraw, Archive, Restore} }

// moves has all transitions.
var moves = map[State]map[Move]State{
	Active:    {Withdraw: Withdrawn, Archive: Archived},
	Withdrawn: {Archive: Archived, Restore: Active},
	Archived:  {Restore: Active},
}

// After returns the state after the move m; ok is false if s has no such move.
func (s State) After(m Move) (State, bool) {
	next, ok := moves[s][m]
	return next, ok
}

// event returns the audit event of a move; empty for an unknown one.
func (m Move) event() audit.Event {
	switch m {
	case Withdraw:
		return EventWithdrawn
	case Archive:
		return EventArchived
	case Restore:
		return EventRestored
	}
	return ""
}
