package index

import (
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
)

// Kind is the origin of a snapshot.
type Kind string

// The kinds of snapshots.
const (
	Daily    Kind = "harian"
	Closing  Kind = "tutup"
	National Kind = "nasional"
)

// Snapshot is the index of a period on a day.
type Snapshot struct {
	PeriodID    string
	Day         day.Day // in the region's zone; the day of publication of a national one
	Kind        Kind
	At          time.Time
	By          string          // who entered it; empty for a job
	Figure      decimal.Decimal // the printed index
	Innovations int             // number of innovations that counted; 0 for a national one
	Source      string          // of a national one
	Facts       string          // as JSON; empty in Snapshots and for a national one
}
