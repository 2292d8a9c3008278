package innovation

import (
	"context"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/zone"
)

// ClosedStore stores the profiles as they were when a period was closed.
type ClosedStore interface {
	// SaveClosed stores the profiles of all innovations of the region as those of the
	// close of a period, in place of an earlier close.
	SaveClosed(ctx context.Context, periodID string, at time.Time) error
	// ClosedByID returns the profile of an innovation at the last close of a period;
	// NotFound if the close was before these were stored, or before the innovation was
	// registered.
	ClosedByID(ctx context.Context, periodID, id string) (ClosedProfile, error)
	// ChangedSince returns the number of innovations whose profile has changed since the
	// last close of a period, at that moment; those registered since are not among them.
	ChangedSince(ctx context.Context, periodID string, at time.Time) (int, error)
}

// ClosedProfile is a profile at the close of a period.
type ClosedProfile struct {
	Innovation
	ClosedAt time.Time
}

// On returns the day of the close.
func (c ClosedProfile) On(ctx context.Context) day.Day { return zone.Day(ctx, c.ClosedAt) }

// Closed implements period.Closing: it stores the profiles of a period that is being
// closed, in the transaction of the close. What changes a profile in an open period holds
// a shared lock on the period, the close an exclusive one: a change is in what is stored,
// or comes after the close.
func (s *Service) Closed(ctx context.Context, periodID string) error {
	return s.Store.SaveClosed(ctx, periodID, s.Now())
}
