package instrument

import "slices"

// Basis says where something was read and how sure it is.
type Basis struct {
	Sources   []string  `json:"sources"` // codes of the pack's sources; empty only for what is unknown
	Certainty Certainty `json:"certainty"`
	Note      string    `json:"note,omitzero"`
}

// Certainty says how sure something is.
type Certainty string

// Certainties, surest first. The marks are those of our notes on the sources.
const (
	Confirmed Certainty = "confirmed" // [C] read in a source
	Inferred  Certainty = "inferred"  // [I] concluded from sources
	Disputed  Certainty = "disputed"  // [≠] sources disagree
	Announced Certainty = "prognosis" // for a year whose instrument is not published yet
	Unknown   Certainty = "unknown"   // [?] nobody has read it
)

var certainties = []Certainty{Confirmed, Inferred, Disputed, Announced, Unknown}

// Known says whether c is one of the certainties.
func (c Certainty) Known() bool { return slices.Contains(certainties, c) }

// Join is the basis of what follows from all of them: their sources together,
// and the certainty of the least sure, because a sum is no surer than its parts.
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
