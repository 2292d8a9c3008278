package guidance

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

const maxWords = 4000 // in letters, of guidance

// Guidance is what BRIDA tells about an indicator of a period: what proves an
// answer here, and what does not.
type Guidance struct {
	PeriodID string
	Code     string
	Words    string
	By       string
	At       time.Time
	Version  int64 // counts the saves; zero is not stored yet
}

// Guide is the guidance with the indicator that it is about, for whoever writes it.
type Guide struct {
	Period    period.Pinned
	Indicator *instrument.Indicator
	Guidance  Guidance
	Samples   []Sample // that are shown with it
}

// MayWrite reports whether who writes the region's guidance.
func MayWrite(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// Shown is what a page shows beside an indicator: the words, and the samples with
// their ids, verdicts and captions alone.
type Shown struct {
	Words   string
	Samples []Sample
}

// Empty reports whether there is nothing to show.
func (s Shown) Empty() bool { return s.Words == "" && len(s.Samples) == 0 }

// Store keeps the guidance of the actor's region, and its samples.
type Store interface {
	// Guidance returns NotFound where BRIDA has said nothing yet.
	Guidance(ctx context.Context, periodID, code string) (Guidance, error)
	// Save stores g if nobody saved it since g was read, else Conflict.
	Save(ctx context.Context, g Guidance) error

	// AddSample shows a file as a sample; Conflict for one that is shown already.
	AddSample(ctx context.Context, s Sample) error
	// SampleByID returns NotFound for an id that the region does not have.
	SampleByID(ctx context.Context, id string) (Sample, error)
	// Samples lists those of an indicator that are shown: what is right, then what is wrong.
	Samples(ctx context.Context, periodID, code string) ([]Sample, error)
	// DropSample returns NotFound for an id that the region does not have.
	DropSample(ctx context.Context, id string) error
}

// What the audit log has of this room.
const (
	EventWritten        audit.Event = "guidance.written"
	EventSampleUploaded audit.Event = "guidance.sample_uploaded"
	EventSampleDropped  audit.Event = "guidance.sample_dropped"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
