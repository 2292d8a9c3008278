package file

// State is the state of a file.
type State string

// The states.
const (
	Receiving State = "receiving" // its bytes are arriving
	Stored    State = "stored"    // complete and synced, with its SHA-256; what the program generates stays so
	Checked   State = "checked"   // and its content agrees with its name
	Refused   State = "refused"   // with a reason; bytes that have their place, if any, go with its row
)

// States returns the states.
func States() []State { return []State{Receiving, Stored, Checked, Refused} }

// Complete reports whether a file in this state has its bytes, and can be used.
func (s State) Complete() bool { return s == Stored || s == Checked }

// Move is a transition between states.
type Move string

// The moves.
const (
	MoveStore  Move = "store"
	MoveCheck  Move = "check"
	MoveRefuse Move = "refuse"
)

// Moves returns the moves.
func Moves() []Move { return []Move{MoveStore, MoveCheck, MoveRefuse} }

// moves has all transitions.
var moves = map[State]map[Move]State{
	Receiving: {MoveStore: Stored, MoveRefuse: Refused},
	Stored:    {MoveCheck: Checked, MoveRefuse: Refused},
}

// After returns the state after the move m; ok is false if s has no such move.
func (s State) After(m Move) (State, bool) {
	next, ok := moves[s][m]
	return next, ok
}
