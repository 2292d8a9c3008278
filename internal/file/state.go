package file

// State is the state of a file.
type State string

// The states.
const (
	Receiving State = "receiving" // its bytes are arriving
	Checked   State = "checked"   // complete and synced, with its SHA-256, and its content agrees with its name
	Refused   State = "refused"   // with a reason; its bytes are deleted
)

// States returns the states.
func States() []State { return []State{Receiving, Checked, Refused} }

// Move is a transition between states.
type Move string

// The moves.
const (
	MoveCheck  Move = "check"
	MoveRefuse Move = "refuse"
)

// Moves returns the moves.
func Moves() []Move { return []Move{MoveCheck, MoveRefuse} }

// moves has all transitions.
var moves = map[State]map[Move]State{
	Receiving: {MoveCheck: Checked, MoveRefuse: Refused},
}

// After returns the state after the move m; ok is false if s has no such move.
func (s State) After(m Move) (State, bool) {
	next, ok := moves[s][m]
	return next, ok
}
