package innovation

import "siida.id/internal/audit"

// State says whether an innovation is at work or put away.
type State string

// An innovation is active until its agency takes it back, with a reason, or
// puts it in the archive. Neither of those counts in any period.
const (
	Active    State = ""
	Withdrawn State = "ditarik"
	Archived  State = "arsip"
)

// States lists them.
func States() []State { return []State{Active, Withdrawn, Archived} }

// Move is what somebody does to the state, in the word of its route.
type Move string

// The moves.
const (
	Withdraw Move = "tarik"
	Archive  Move = "arsipkan"
	Restore  Move = "pulihkan"
)

// Moves lists them.
func Moves() []Move { return []Move{Withdraw, Archive, Restore} }

// moves is the whole of it: a move that is not here does not exist.
var moves = map[State]map[Move]State{
	Active:    {Withdraw: Withdrawn, Archive: Archived},
	Withdrawn: {Archive: Archived, Restore: Active},
	Archived:  {Restore: Active},
}

// After is the state that m leads to, if there is such a move.
func (s State) After(m Move) (State, bool) {
	next, ok := moves[s][m]
	return next, ok
}

// event is how the log calls a move; empty for one that there is not.
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
