package regional

import "siida.id/internal/audit"

// RequestState is where a data request stands.
type RequestState string

// The states. An agency answers what it is asked, and again what was returned or
// not looked at yet; what is accepted, or withdrawn, stays as it is.
const (
	Asked     RequestState = "diminta"
	Answered  RequestState = "dijawab"
	Returned  RequestState = "dikembalikan"
	Accepted  RequestState = "diterima"
	Withdrawn RequestState = "ditarik"
)

// RequestStates lists them in the order of a request's life.
func RequestStates() []RequestState {
	return []RequestState{Asked, Answered, Returned, Accepted, Withdrawn}
}

// Move takes a request from one state to another, in the word of its route.
type Move string

// The moves. The first is the agency's, the others are BRIDA's.
const (
	Reply    Move = "jawab"
	Accept   Move = "terima"
	Return   Move = "kembalikan"
	Withdraw Move = "tarik"
)

// Moves lists them.
func Moves() []Move { return []Move{Reply, Accept, Return, Withdraw} }

// moves is the whole life of a request: a move that is not here does not exist.
var moves = map[RequestState]map[Move]RequestState{
	Asked:     {Reply: Answered, Withdraw: Withdrawn},
	Answered:  {Reply: Answered, Accept: Accepted, Return: Returned, Withdraw: Withdrawn},
	Returned:  {Reply: Answered, Withdraw: Withdrawn},
	Accepted:  {},
	Withdrawn: {},
}

// After is the state that m leads to from s, if there is such a move.
func (s RequestState) After(m Move) (RequestState, bool) {
	to, ok := moves[s][m]
	return to, ok
}

// event is how the log calls a move; empty for one that there is not.
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
