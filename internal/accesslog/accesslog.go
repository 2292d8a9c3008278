package accesslog

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/background"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
)

const (
	lasts       = 90 * 24 * time.Hour // how long entries and counts are kept
	maxRefusals = 300                 // of a person in an hour that are entries; more are counted
	maxPath     = 200                 // characters
	shown       = 50                  // rows of a page
	maxExport   = 10_000              // rows of a workbook
)

// Outcome is what became of a request.
type Outcome string

// Something was opened, or refused: to somebody who is not signed in, or whose task it
// is not; what is not there, or may not be seen; what came in a way that the address
// does not take, too large, of another type, or too often.
const (
	OutcomeOpened    Outcome = "opened"
	OutcomeUnknown   Outcome = "unknown"
	OutcomeForbidden Outcome = "forbidden"
	OutcomeNotFound  Outcome = "not_found"
	OutcomeMethod    Outcome = "method"
	OutcomeTooLarge  Outcome = "too_large"
	OutcomeMedia     Outcome = "media"
	OutcomeThrottled Outcome = "throttled"
)

// Entry is a request of a person.
type Entry struct {
	ID      string // sorts by time
	At      time.Time
	Person  string // empty for one who was not signed in, of whom no entry is stored
	Name    string // of the person, at that moment
	Address string // of the client on the network
	Route   string // the pattern, such as "GET /bukti/{id}"; empty for none
	Path    string // what was asked for; empty where it has a secret
	Outcome Outcome
}

// Refused reports whether the request was refused; otherwise something was opened.
func (e Entry) Refused() bool { return e.Outcome != OutcomeOpened }

// Count is how many requests were refused in an hour.
type Count struct {
	Hour    time.Time
	Route   string
	Outcome Outcome
	N       int
}

// AuditEntry is an entry of the audit log.
type AuditEntry = audit.Entry

// Filter selects entries of either log. Its zero value selects all.
type Filter struct {
	Person string // by id
	From   day.Day
	To     day.Day    // included
	Kind   audit.Kind // of the subject, of the audit log alone
	What   What       // of the access log alone
	Before string     // the page that follows: only entries before that one
}

// What selects what was opened, what was refused, or both.
type What string

// The values of What.
const (
	Both    What = ""
	Opened  What = "dibuka"
	Refused What = "ditolak"
)

// Range is a Filter as the stores take it.
type Range struct {
	Filter
	Since, Until time.Time // Until is excluded
	Limit        int
}

// Store stores entries of the actor's region.
type Store interface {
	Add(ctx context.Context, e Entry) error
	// Refusals counts the refusals of a person since a moment.
	Refusals(ctx context.Context, person string, since time.Time) (int, error)
	// AddCount adds to the count of an hour.
	AddCount(ctx context.Context, c Count) error
	// List returns entries, the latest first.
	List(ctx context.Context, r Range) ([]Entry, error)
	// Counts adds up the counts of the hours since a moment by route and outcome, the
	// highest first.
	Counts(ctx context.Context, since time.Time) ([]Count, error)
	// Sweep deletes entries and counts before a moment.
	Sweep(ctx context.Context, before time.Time) error
	// Audit returns entries of the audit log, the latest first.
	Audit(ctx context.Context, r Range) ([]AuditEntry, error)
	// People returns everybody of the region, by name.
	People(ctx context.Context) ([]Person, error)
}

// Person is somebody by whom a log is filtered.
type Person struct{ ID, Name, Login string }

// Service records and reads entries.
type Service struct {
	Store Store
	// Pending has the notes about people, and Strangers those about everybody else, so
	// that strangers cannot fill the queue of the others.
	Pending, Strangers *Pending
	NewID              func() string
	Now                func() time.Time
}

// Key identifies a note among those of all regions. An opening of the same thing by the
// same person within a minute is one.
type Key struct{ Region, ID, Person, Path string }

// Pending has the notes that are not yet written.
type Pending = background.Queue[Key, Entry]

// NewPending returns a queue of notes that are written to store.
func NewPending(store Store, tx uow.Transactor) *Pending {
	const maxWaiting = 10_000 // notes, of about 500 bytes each
	return background.NewQueue(maxWaiting, func(ctx context.Context, notes map[Key]Entry) error {
		return tx.InTx(ctx, func(ctx context.Context) error { return write(ctx, store, notes) })
	})
}

// write stores notes: by region, and in one order, so that two transactions do not
// deadlock.
func write(ctx context.Context, store Store, notes map[Key]Entry) error {
	keys := slices.SortedFunc(maps.Keys(notes), func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(notes[a].ID, notes[b].ID))
	})
	counts := map[string]map[Count]int{} // by region; N is zero in the key
	refused := map[personHour]int{}
	for _, key := range keys {
		e := notes[key]
		ctx := actor.With(ctx, actor.Actor{Region: key.Region})
		hour := e.At.UTC().Truncate(time.Hour)
		counted := e.Person == ""
		if !counted && e.Refused() {
			whose := personHour{key.Region, e.Person, hour}
			if _, known := refused[whose]; !known {
				n, err := store.Refusals(ctx, e.Person, hour)
				if err != nil {
					return err
				}
				refused[whose] = n
			}
			refused[whose]++
			counted = refused[whose] > maxRefusals
		}
		if !counted {
			if err := store.Add(ctx, e); err != nil {
				return err
			}
			continue
		}
		if counts[key.Region] == nil {
			counts[key.Region] = map[Count]int{}
		}
		counts[key.Region][Count{Hour: hour, Route: e.Route, Outcome: e.Outcome}]++
	}
	for _, region := range slices.Sorted(maps.Keys(counts)) {
		ctx := actor.With(ctx, actor.Actor{Region: region})
		for _, c := range slices.SortedFunc(maps.Keys(counts[region]), compare) {
			c.N = counts[region][c]
			if err := store.AddCount(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// personHour is what the refusals that are entries are limited by.
type personHour struct {
	region, person string
	hour           time.Time
}

func compare(a, b Count) int {
	return cmp.Or(a.Hour.Compare(b.Hour), cmp.Compare(a.Route, b.Route), cmp.Compare(a.Outcome, b.Outcome))
}

// Note queues an entry about the request of the actor. It takes moment and person from
// there.
func (s *Service) Note(ctx context.Context, e Entry) {
	who := actor.From(ctx)
	e.ID, e.At, e.Person, e.Name = s.NewID(), s.Now(), who.ID, who.Name
	e.Path = text.Shorten(text.Line(e.Path), maxPath)
	key := Key{Region: who.Region, ID: e.ID}
	if !e.Refused() {
		key = Key{who.Region, fmt.Sprint(e.At.Unix() / 60), who.ID, e.Path}
	}
	if e.Person == "" {
		s.Strangers.Put(key, e)
		return
	}
	s.Pending.Put(key, e)
}

// MayRead reports whether who may read the logs of their region.
func MayRead(who actor.Actor) bool { return who.Serves("", actor.Admin) }

func reader(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayRead(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Page is a page of a log.
type Page[T any] struct {
	Rows   []T
	People []Person
	Next   string // the Before of the page that follows; empty for none
}

// rangeOf returns the range of a filter, with one row more than are shown.
func rangeOf(ctx context.Context, f Filter, rows int) Range {
	r := Range{Filter: f, Until: latest, Limit: rows + 1}
	if f.From != "" {
		r.Since = zone.Start(ctx, f.From)
	}
	if f.To != "" {
		r.Until = zone.Start(ctx, f.To.AddDays(1))
	}
	return r
}

// latest is after every moment in the logs.
var latest = time.Unix(253402300799, 0) // the end of the year 9999

// Entries returns a page of the access log.
func (s *Service) Entries(ctx context.Context, f Filter) (p Page[Entry], err error) {
	if p.Rows, p.People, err = read(ctx, s, f, shown, s.Store.List); err != nil || len(p.Rows) <= shown {
		return p, err
	}
	p.Rows = p.Rows[:shown]
	p.Next = p.Rows[shown-1].ID
	return p, nil
}

// Audit returns a page of the audit log.
func (s *Service) Audit(ctx context.Context, f Filter) (p Page[AuditEntry], err error) {
	if p.Rows, p.People, err = read(ctx, s, f, shown, s.Store.Audit); err != nil || len(p.Rows) <= shown {
		return p, err
	}
	p.Rows = p.Rows[:shown]
	p.Next = fmt.Sprint(p.Rows[shown-1].Seq)
	return p, nil
}

// ExportEntries returns all that a filter selects of the access log, for a workbook; more
// reports whether there are more than 10,000.
func (s *Service) ExportEntries(ctx context.Context, f Filter) (list []Entry, more bool, err error) {
	f.Before = ""
	list, _, err = read(ctx, s, f, maxExport, s.Store.List)
	return list[:min(len(list), maxExport)], len(list) > maxExport, err
}

// ExportAudit is ExportEntries for the audit log.
func (s *Service) ExportAudit(ctx context.Context, f Filter) (list []AuditEntry, more bool, err error) {
	f.Before = ""
	list, _, err = read(ctx, s, f, maxExport, s.Store.Audit)
	return list[:min(len(list), maxExport)], len(list) > maxExport, err
}

// read returns what a filter selects, of at most one row more than rows, and everybody
// of the region.
func read[T any](
	ctx context.Context, s *Service, f Filter, rows int, list func(context.Context, Range) ([]T, error),
) (found []T, people []Person, err error) {
	if err := reader(ctx); err != nil {
		return nil, nil, err
	}
	if people, err = s.Store.People(ctx); err != nil {
		return nil, nil, fmt.Errorf("read a log: %w", err)
	}
	if found, err = list(ctx, rangeOf(ctx, f, rows)); err != nil {
		return nil, nil, fmt.Errorf("read a log: %w", err)
	}
	return found, people, nil
}

// Counts returns what was only counted in the last 24 hours.
func (s *Service) Counts(ctx context.Context) ([]Count, error) {
	if err := reader(ctx); err != nil {
		return nil, err
	}
	return s.Store.Counts(ctx, s.Now().Add(-24*time.Hour))
}

// Sweep deletes the region's entries and counts older than 90 days. It is called by a
// job, without an actor.
func (s *Service) Sweep(ctx context.Context) error {
	return s.Store.Sweep(ctx, s.Now().Add(-lasts))
}
