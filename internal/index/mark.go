package index

import (
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
)

// Kind says how a mark came to be.
type Kind string

// The kinds of marks.
const (
	Daily    Kind = "harian"
	Closing  Kind = "tutup"
	National Kind = "nasional"
)

// Mark is the index of a period on a day.
type Mark struct {
	PeriodID    string
	Day         day.Day // in the region's zone; of a national one the day of publication
	Kind        Kind
	At          time.Time
	By          string          // who entered it; empty where the program did
	Figure      decimal.Decimal // the printed index
	Innovations int             // how many counted; none of a national one
	Source      string          // of a national one
	Facts       string          // as JSON; Marks leaves it out, and a national one has none
}
