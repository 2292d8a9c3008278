package instrument

import "slices"

// Basis says where a value was read and how certain it is.
type Basis struct {
	Sources   []string  `json:"sources"` // codes of the pack's sources; empty only if the value is unknown
	Certainty Certainty `json:"certainty"`
	Note      string    `json:"note,omitzero"`
}

// Certainty says how certain a value is.
type Certainty string

// The certainties, most certain first. The marks are those of our notes on the
// sources.
const (
	Confirmed Certainty = "confirmed" // [C] read in a source
	Inferred  Certainty = "inferred"  // [I] concluded from sources
	Disputed  Certainty = "disputed"  // [≠] sources disagree
	Announced Certainty = "prognosis" // for a year whose instrument is not published yet
	Unknown   Certainty = "unknown"   // [?] nobody has read it
)

var certainties = []Certainty{Confirmed, Inferred, Disputed, Announced, Unknown}

// Known reports whether c is one of the certainties.
func (c Certainty) Known() bool { return slices.Contains(certainties, c) }

// Join returns the basis of a value computed from others: all their sources, and the
// certainty of the least certain one.
func Join(all ...Basis) Basis {
	joined := Basis{Certainty: Confirmed}
	for _, b := range all {
		if slices.Index(certainties, b.Certainty) > slices.Index(certainties, joined.Certainty) {
			joined.Certainty = b.Certainty
		}
		for _, s := range b.Sources {
			if !slices.Contains(joined.Sources, s) {
				joined.Sources = append(joined.Sources, s)
			}
		}
	}
	return joined
}
