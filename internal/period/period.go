package period

import (
	"context"
	"time"

	"siida.id/internal/instrument"
)

// Period is one measuring year of a region.
type Period struct {
	ID       string // the year in four digits, as in addresses
	Year     int
	PackID   string
	PackSum  string // SHA-256 of the pack's bytes, in hex
	OpenedAt time.Time
}

// Store keeps the periods of the actor's region.
type Store interface {
	// All lists the periods, the newest year first.
	All(ctx context.Context) ([]Period, error)
	// ByID returns NotFound for a year that was not opened.
	ByID(ctx context.Context, id string) (Period, error)
	// Current returns the newest period, or NotFound where there is none.
	Current(ctx context.Context) (Period, error)
	// Add returns Conflict for a year that is already there.
	Add(ctx context.Context, p Period) error
}

// Packs is where instrument packs are found.
type Packs interface {
	ByID(id string) (*instrument.Pack, bool)
	All() []*instrument.Pack
}

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}
