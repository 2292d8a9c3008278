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
	AgencyName string // as read; never written
	Name       string
	Affair     string  // urusan utama, spelled as in the pack
	TriedOn    day.Day // waktu uji coba
	AppliedOn  day.Day // waktu penerapan
	// DevelopedOn is the day of its latest development (pengembangan), which
	// may bring an older innovation back into the window of a period.
	DevelopedOn day.Day
	Design      string // cara kerja, the part of the rancang bangun that says how it works
	Profile            // what else the national form asks for
	State       State
	StateNote   string // why it was withdrawn
	CreatedAt   time.Time
	ChangedAt   time.Time
	Version     int64 // counts the saves; zero is not stored yet

	// As read; never written with the profile.
	EarlierName  string   // of what it goes on from
	DecreeIDs    []string // the decrees that name it
	DecreeNumber string   // of the first of them that is of its cohort
	DecreeDay    day.Day
	ThirdReport  bool // what it goes on from goes on from an earlier one itself
}

// Stage is how far an innovation has come.
type Stage string

// The stages, in their order, spelled as in the packs.
const (
	Initiative  Stage = "Inisiatif"
	Trial       Stage = "Uji Coba"
	Application Stage = "Penerapan"
)

// Stages lists them.
func Stages() []Stage { return []Stage{Initiative, Trial, Application} }

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

// Cohort is the year in which it was first applied, in four digits; empty
// where it is not applied yet.
func (i Innovation) Cohort() string {
	year, _, _ := strings.Cut(string(i.AppliedOn), "-")
	return year
}

// DesignWords counts the words of all parts of the rancang bangun together.
func (i Innovation) DesignWords() (n int) {
	for _, part := range i.parts(i.Design) {
		n += Words(part)
	}
	return n
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
