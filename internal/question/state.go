package question

// State is the state of an answer. It is derived from the answer and its evidence, and
// never stored.
type State string

// The states. An answer is finished when it is proven, or when a person has marked that
// nothing will be added although something is missing.
const (
	Empty  State = "empty"  // neither an option nor evidence
	Begun  State = "begun"  // an option without evidence, or evidence without an option
	Marked State = "marked" // marked as finished, without an option or without evidence
	Proven State = "proven" // an option with evidence
)

// StateOf returns the state of an answer with an option, zero for none, and a number of
// pieces of evidence that count: detached and void ones do not. Weak evidence counts. A
// mark on a proven answer means nothing.
func StateOf(level, evidence int, marked bool) State {
	switch {
	case level > 0 && evidence > 0:
		return Proven
	case marked:
		return Marked
	case level > 0, evidence > 0:
		return Begun
	}
	return Empty
}

// Finished reports whether nothing is left to do.
func (s State) Finished() bool { return s == Marked || s == Proven }
