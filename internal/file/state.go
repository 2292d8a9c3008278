package file

// State is how far a file has come.
type State string

// The states.
const (
	Receiving State = "receiving" // its bytes are on their way
	Checked   State = "checked"   // whole and safe, with its SHA-256, and what its name says
	Refused   State = "refused"   // for a reason; its bytes are gone
)

// States lists them.
func States() []State { return []State{Receiving, Checked, Refused} }

// Move is what happens to a file.
type Move string

// The moves.
const (
	MoveCheck  Move = "check"
	MoveRefuse Move = "refuse"
)

// Moves lists them.
func Moves() []Move { return []Move{MoveCheck, MoveRefuse} }

// moves is the whole of it: a move that is not here does not exist.
var moves = map[State]map[Move]State{
	Receiving: {MoveCheck: Checked, MoveRefuse: Refused},
}

// After is the state that m leads to, if there is such a move.
func (s State) After(m Move) (State, bool) {
	next, ok := moves[s][m]
	return next, ok
}
