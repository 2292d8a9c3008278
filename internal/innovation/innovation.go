package innovation

import (
	"context"
	"strings"
	"time"
	"unicode"

	"siida.id/internal/agency"
	"siida.id/internal/base/day"
)

// Innovation is the profile of one innovation.
type Innovation struct {
	ID         string
	AgencyID   string
	AgencyName string // as read; never written
	Name       string
	Affair     string  // urusan, spelled as in the pack
	TriedOn    day.Day // waktu uji coba
	AppliedOn  day.Day // waktu penerapan
	// DevelopedOn is the day of its latest development (pengembangan), which
	// may bring an older innovation back into the window of a period.
	DevelopedOn day.Day
	Design      string // rancang bangun
	MadeAt      time.Time
	ChangedAt   time.Time
	Version     int64 // counts the saves; zero is not stored yet
}

// Stage is how far an innovation has come.
type Stage string

// The stages, in their order, spelled as in the packs.
const (
	Initiative  Stage = "Inisiatif"
	Trial       Stage = "Uji Coba"
	Application Stage = "Penerapan"
)

// Stage follows from the dates.
func (i Innovation) Stage() Stage {
	switch {
	case i.AppliedOn != "":
		return Application
	case i.TriedOn != "":
		return Trial
	}
	return Initiative
}

// Words counts the words of a text; a word has a letter or a digit.
func Words(text string) (n int) {
	for word := range strings.FieldsSeq(text) {
		if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			n++
		}
	}
	return n
}

// Scope says whose innovations a list holds: those of Agencies, or of the
// whole region.
type Scope struct {
	Region   bool
	Agencies []string
}

// Store keeps the innovations of the actor's region.
type Store interface {
	// List lists the innovations in scope by name.
	List(ctx context.Context, scope Scope) ([]Innovation, error)
	// ByID returns NotFound for an id that the region does not have.
	ByID(ctx context.Context, id string) (Innovation, error)
	// Save stores i if nobody saved it since i was read, else Conflict.
	Save(ctx context.Context, i Innovation) error
}

// Agencies is where the owner of an innovation is found.
type Agencies interface {
	All(ctx context.Context) ([]agency.Agency, error)
	ByID(ctx context.Context, id string) (agency.Agency, error)
}

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}
