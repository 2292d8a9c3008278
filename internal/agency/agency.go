package agency

import (
	"context"
	"slices"
)

// Agency is one perangkat daerah.
type Agency struct {
	ID   string
	Name string // as on its letters, unique in the region
	Kind Kind
}

// Kind says what sort of agency it is.
type Kind string

// Kinds lists the kinds in the order in which a regency lists its agencies.
// The words are the field's own and stand in the catalogue as agency.kind_….
func Kinds() []Kind {
	return []Kind{
		"sekretariat", "inspektorat", "satpol", "rsud", "badan", "dinas",
		"bagian", "kecamatan", "puskesmas", "uptd", "sekolah", "desa",
	}
}

func (k Kind) known() bool { return slices.Contains(Kinds(), k) }

// Store keeps the agencies of the actor's region.
type Store interface {
	// All lists the agencies by kind and name.
	All(ctx context.Context) ([]Agency, error)
	// ByID returns NotFound for an id that the region does not have.
	ByID(ctx context.Context, id string) (Agency, error)
	// Add returns Conflict when the region has an agency of that name,
	// whatever its capitals.
	Add(ctx context.Context, a Agency) error
}

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}
