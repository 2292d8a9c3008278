package guidance

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

const maxWords = 4000 // characters of guidance

// Guidance is what BRIDA explains about an indicator in a period: what proves an
// answer to it, and what does not.
type Guidance struct {
	PeriodID string
	Code     string
	Words    string
	By       string
	At       time.Time
	Version  int64 // incremented by each save; zero before the first
}

// Details is the guidance of an indicator with its period, its indicator and its
// samples, for those who may write it.
type Details struct {
	Period    period.Pinned
	Indicator *instrument.Indicator
	Guidance  Guidance
	Samples   []Sample // those that are shown
}

// MayWrite reports whether who may write the region's guidance.
func MayWrite(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// Shown is what an indicator's page shows of guidance. Its samples have only id,
// verdict and caption.
type Shown struct {
	Words   string
	Samples []Sample
}

// Empty reports whether there is nothing to show.
func (s Shown) Empty() bool { return s.Words == "" && len(s.Samples) == 0 }

// Store stores guidance and samples of the actor's region.
type Store interface {
	// Guidance returns NotFound if an indicator has none.
	Guidance(ctx context.Context, periodID, code string) (Guidance, error)
	// Save stores g; Conflict if it was saved since g was read.
	Save(ctx context.Context, g Guidance) error

	// AddSample shows a file as a sample; Conflict if it is shown already.
	AddSample(ctx context.Context, s Sample) error
	// SampleByID returns NotFound if the region has no such sample.
	SampleByID(ctx context.Context, id string) (Sample, error)
	// Samples returns the samples of an indicator, right ones before wrong ones.
	Samples(ctx context.Context, periodID, code string) ([]Sample, error)
	// DropSample returns NotFound if the region has no such sample.
	DropSample(ctx context.Context, id string) error
}

// The events of this room in the audit log.
const (
	EventWritten        audit.Event = "guidance.written"
	EventSampleUploaded audit.Event = "guidance.sample_uploaded"
	EventSampleDropped  audit.Event = "guidance.sample_dropped"
)

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
