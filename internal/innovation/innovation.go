package innovation

import (
	"strings"
	"time"
	"unicode"

	"siida.id/internal/base/day"
)

// Innovation is the profile of one innovation.
type Innovation struct {
	ID         string
	AgencyID   string
	AgencyName string // as read; not written
	Name       string
	Affair     string  // urusan utama, spelled as in the pack
	TriedOn    day.Day // waktu uji coba
	AppliedOn  day.Day // waktu penerapan
	// DevelopedOn is the day of its latest development (pengembangan), because of
	// which the window of a period may include an older innovation.
	DevelopedOn day.Day
	Design      string // cara kerja, the part of the rancang bangun about how it works
	Profile            // the other fields of the national form
	State       State
	StateNote   string // the reason of a withdrawal
	CreatedAt   time.Time
	ChangedAt   time.Time
	Version     int64 // incremented by each save; zero before the first

	// As read; not written with the profile.
	EarlierName  string   // of the innovation that it continues
	DecreeIDs    []string // of the decrees that name it
	DecreeNumber string   // of the first one of its cohort
	DecreeDay    day.Day
	ThirdReport  bool // the innovation that it continues is a continuation itself
}

// Stage is the stage of development of an innovation.
type Stage string

// The stages in their order, spelled as in the packs.
const (
	Initiative  Stage = "Inisiatif"
	Trial       Stage = "Uji Coba"
	Application Stage = "Penerapan"
)

// Stages returns the stages in their order.
func Stages() []Stage { return []Stage{Initiative, Trial, Application} }

// Stage returns the stage, which follows from the dates.
func (i Innovation) Stage() Stage {
	switch {
	case i.AppliedOn != "":
		return Application
	case i.TriedOn != "":
		return Trial
	}
	return Initiative
}

// Cohort returns the year in which i was first applied, in four digits; empty if it
// is not yet applied.
func (i Innovation) Cohort() string {
	year, _, _ := strings.Cut(string(i.AppliedOn), "-")
	return year
}

// DesignWords returns the number of words in all parts of the rancang bangun.
func (i Innovation) DesignWords() (n int) {
	for _, part := range i.parts(i.Design) {
		n += Words(part)
	}
	return n
}

// Words returns the number of words in a text; a word has a letter or a digit.
func Words(text string) (n int) {
	for word := range strings.FieldsSeq(text) {
		if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			n++
		}
	}
	return n
}
