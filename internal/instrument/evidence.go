package instrument

import "slices"

// Evidence is the rule of what proves an answer.
type Evidence struct {
	Description string   `json:"description"`
	Kinds       []Kind   `json:"kinds"`   // empty: unknown
	Formats     []string `json:"formats"` // file extensions; empty: unknown, or no file at all
	Years       *Years   `json:"years"`   // nil: unknown
	Note        string   `json:"note,omitzero"`
}

// Years bounds the date of evidence, relative to the measuring year: -2 is T-2. A
// bound that the text does not give is nil.
type Years struct {
	Text string `json:"text"`
	From *int   `json:"from"`
	To   *int   `json:"to"`
}

// Kind is a kind of evidence.
type Kind string

// Kinds of evidence.
const (
	Document Kind = "document" // with number, date and subject
	Photo    Kind = "photo"    // or a screenshot
	Link     Kind = "link"     // an address on the web, no file
	Video    Kind = "video"
)

// formats are the file formats of each kind.
var formats = map[Kind][]string{
	Document: {"pdf"},
	Photo:    {"jpg", "jpeg", "png"},
	Link:     {},
	Video:    {"mp4", "mov"},
}

// Of returns the formats of the rule that belong to kind k.
func (e *Evidence) Of(k Kind) (list []string) {
	for _, f := range e.Formats {
		if slices.Contains(formats[k], f) {
			list = append(list, f)
		}
	}
	return list
}
