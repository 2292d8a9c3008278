package registry

import (
	"context"
	"slices"
	"strings"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/day"
	"siida.id/internal/base/text"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Status is a status of innovations in the current period, by which they are counted and
// filtered. Its values are part of addresses.
type Status string

// The statuses. All has those that are neither withdrawn nor archived; each of these either
// counts in the period or does not. What counts is complete or lacking, and a lacking one
// may have something to mend.
const (
	All        Status = ""
	Counted    Status = "dihitung"
	Lacking    Status = "kurang"   // counts, and some of its answers are not finished
	Mend       Status = "perbaiki" // lacking, and documents were sent for such an answer that cannot be opened
	Complete   Status = "lengkap"  // counts, and all answers are finished
	NotCounted Status = "tidak-dihitung"
	Withdrawn  Status = "ditarik"
	Archived   Status = "arsip"
)

// Statuses returns the statuses in the order in which they are shown.
func Statuses() []Status {
	return []Status{All, Counted, Lacking, Mend, Complete, NotCounted, Withdrawn, Archived}
}

// Has reports whether a row has the status.
func (s Status) Has(r Row) bool {
	switch s {
	case All:
		return r.State == innovation.Active
	case Counted:
		return r.Counts
	case Lacking:
		return r.Counts && r.Finished < r.Total
	case Mend:
		return r.Counts && r.Finished < r.Total && r.Mend > 0
	case Complete:
		return r.Counts && r.Finished >= r.Total
	case NotCounted:
		return r.State == innovation.Active && !r.Counts
	case Withdrawn:
		return r.State == innovation.Withdrawn
	case Archived:
		return r.State == innovation.Archived
	}
	return false
}

// Sort is an order of the list. Its values are part of addresses.
type Sort string

// The orders. Rows that are equal in one are ordered by name, and by id.
const (
	ByLacking Sort = "kurang"  // what counts first, with the most missing answers first
	ByName    Sort = "nama"    // as people read
	ByPoints  Sort = "nilai"   // the most points first
	ByChange  Sort = "berubah" // the latest change of profile or answers first
)

// Sorts returns the orders.
func Sorts() []Sort { return []Sort{ByLacking, ByName, ByPoints, ByChange} }

// Query selects innovations; empty fields select all.
type Query struct {
	Words  string // each in the name, the agency's name or the design, apart from case and accents
	Agency string // with those below it
	Affair string
	Stage  innovation.Stage
	Year   string // in which it was first applied, in four digits
	Status Status
	Sort   Sort
	Number int // of the page, from 1
}

// Clean returns q with a Status and a Sort that exist: other ones are those of an empty
// query.
func (q Query) Clean() Query {
	if !slices.Contains(Statuses(), q.Status) {
		q.Status = All
	}
	if !slices.Contains(Sorts(), q.Sort) {
		q.Sort = ByLacking
	}
	if !slices.Contains(innovation.Stages(), q.Stage) {
		q.Stage = ""
	}
	return q
}

// Filtered returns the number of filters that are set, without the Status.
func (q Query) Filtered() (n int) {
	for _, set := range []string{q.Words, q.Agency, q.Affair, string(q.Stage), q.Year} {
		if set != "" {
			n++
		}
	}
	return n
}

// maxWords is the number of words that a search regards; more of them narrow it no further.
const maxWords = 6

// searched returns the words of a search, as text.SortKey has them.
func (q Query) searched() (words [maxWords]string) {
	distinct := text.Distinct(strings.Fields(text.SortKey(q.Words)))
	copy(words[:], distinct)
	return words
}

// Row is an innovation with its answers in the current period.
type Row struct {
	ID, Name             string
	AgencyID, AgencyName string
	Affair               string
	TriedOn              day.Day
	AppliedOn            day.Day
	DevelopedOn          day.Day
	State                innovation.State
	ChangedAt            time.Time // profile or answers

	Counts   bool
	Answered int // indicators with an option
	Finished int // indicators whose answers are finished
	Mend     int // indicators that are not, although documents were sent that cannot be opened
	Points   scoring.Points
	Total    int // indicators of the period; 0 while none is open
}

// Missing returns the number of answers that are not finished.
func (r Row) Missing() int { return max(r.Total-r.Finished, 0) }

// Untouched reports whether nothing was answered.
func (r Row) Untouched() bool { return r.Answered == 0 && r.Finished == 0 }

// Stage returns the stage, which follows from the days.
func (r Row) Stage() innovation.Stage { return r.profile().Stage() }

// profile returns what the eligibility depends on.
func (r Row) profile() innovation.Innovation {
	return innovation.Innovation{TriedOn: r.TriedOn, AppliedOn: r.AppliedOn, DevelopedOn: r.DevelopedOn, State: r.State}
}

// Verdict says why a period counts an innovation, or why it does not, on a day.
func (r Row) Verdict(rule instrument.Eligibility, on day.Day) innovation.Verdict {
	return r.profile().Eligible(rule, on)
}

// Counts are the numbers of the innovations that a query selects, by Status.
type Counts map[Status]int

// Selection is what the statements of a Store depend on.
type Selection struct {
	Scope    innovation.Scope // the innovations that the actor may read, of the agencies that the query selects
	PeriodID string           // empty for none
	Days     innovation.EligibleDays
	Total    int // indicators of the period
	Words    [maxWords]string
	Affair   string
	Stage    innovation.Stage
	Year     string
	Status   Status
	Sort     Sort
}

// Store reads the innovations of the actor's region.
type Store interface {
	// Counts counts what s selects, whatever its Status.
	Counts(ctx context.Context, s Selection) (Counts, error)
	// Rows returns at most limit rows that s selects, in its order, after skipping some.
	Rows(ctx context.Context, s Selection, limit, skip int) ([]Row, error)
	// Years returns the years in which those in scope were first applied, the latest first;
	// an empty one stands for those that are not. It is nil if there are none.
	Years(ctx context.Context, scope innovation.Scope) ([]string, error)
}

// Agencies reads the agencies of the actor's region.
type Agencies interface {
	// All returns the agencies, including ended ones, by kind and name.
	All(ctx context.Context) ([]agency.Agency, error)
}

// Listing is a page of the list, with the values to filter by.
type Listing struct {
	Query    Query // as it was understood: the Number is that of the page
	Rows     []Row
	Counts   Counts
	Last     int            // the number of the last page
	Period   *period.Pinned // the current one; nil while none is open
	Today    day.Day
	Any      bool          // there are innovations that the actor may read
	Agencies []agency.Node // whose innovations the actor may read
	Affairs  []string      // of the pack
	Years    []string      // the latest first
}

// Total returns the number of innovations that the query selects.
func (l Listing) Total() int { return l.Counts[l.Query.Status] }

// Verdict returns that of a row in the period; zero while none is open.
func (l Listing) Verdict(r Row) innovation.Verdict {
	if l.Period == nil {
		return innovation.Verdict{}
	}
	return r.Verdict(l.Period.Pack.Eligibility, l.Today)
}
