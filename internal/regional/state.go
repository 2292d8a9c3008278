package regional

import "siida.id/internal/audit"

// RequestState is the state of a data request.
type RequestState string

// An agency answers a request, and again if it was returned or not yet checked; an
// accepted or withdrawn one does not change.
const (
	Asked     RequestState = "diminta"
	Answered  RequestState = "dijawab"
	Returned  RequestState = "dikembalikan"
	Accepted  RequestState = "diterima"
	Withdrawn RequestState = "ditarik"
)

// RequestStates returns the states in their order.
func RequestStates() []RequestState {
	return []RequestState{Asked, Answered, Returned, Accepted, Withdrawn}
}

// Move is a transition between states; its values are part of addresses.
type Move string

// The first move is the agency's, the others are BRIDA's.
const (
	Reply    Move = "jawab"
	Accept   Move = "terima"
	Return   Move = "kembalikan"
	Withdraw Move = "tarik"
)

// Moves returns the moves.
func Moves() []Move { return []Move{Reply, Accept, Return, Withdraw} }

// moves has all transitions.
var moves = map[RequestState]map[Move]RequestState{
	Asked:     {Reply: Answered, Withdraw: Withdrawn},
	Answered:  {Reply: Answered, Accept: Accepted, Return: Returned, Withdraw: Withdrawn},
	Returned:  {Reply: Answered, Withdraw: Withdrawn},
	Accepted:  {},
	Withdrawn: {},
}

// After returns the state after the move m from s; ok is false if s has no such move.
func (s RequestState) After(m Move) (RequestState, bool) {
	to, ok := moves[s][m]
	return to, ok
}

// standing has the sentences that say in which state a request is, to people who were
// shown another one.
var standing = map[RequestState]string{
	Asked: "regional.is_asked", Answered: "regional.is_answered", Returned: "regional.is_returned",
	Accepted: "regional.is_accepted", Withdrawn: "regional.is_withdrawn",
}

// event returns the audit event of a move; empty for an unknown one.
func (m Move) event() audit.Event {
	switch m {
	case Reply:
		return EventReplied
	case Accept:
		return EventReplyAccepted
	case Return:
		return EventReplyReturned
	case Withdraw:
		return EventRequestWithdrawn
	}
	return ""
}
