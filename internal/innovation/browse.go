package innovation

import (
	"context"
	"slices"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/page"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/period"
)

// pageSize is the number of innovations on a page of the list.
const pageSize = 50

// Filter selects innovations of a list; empty fields select all, but an empty state
// only those that are active.
type Filter struct {
	Words                  string // each in the name of the innovation or of its agency, apart from case and accents
	Agency, Affair, Cohort string
	Stage                  Stage
	Counts                 string // Counting or NotCounting in the current period
	State                  State
}

// The values of Filter.Counts.
const (
	Counting    = "ya"
	NotCounting = "belum"
)

// Used returns the number of fields that are set.
func (f Filter) Used() (n int) {
	for _, asked := range []string{f.Words, f.Agency, f.Affair, f.Cohort, string(f.Stage), f.Counts, string(f.State)} {
		if asked != "" {
			n++
		}
	}
	return n
}

func (f Filter) lets(i Innovation, v Verdict) bool {
	is := func(asked, value string) bool { return asked == "" || asked == value }
	return is(f.Agency, i.AgencyID) && is(f.Affair, i.Affair) && is(f.Cohort, i.Cohort()) && is(string(f.Stage), string(i.Stage())) &&
		f.State == i.State && f.finds(i) && (f.Counts == "" || (f.Counts == Counting) == v.Counts)
}

// finds reports whether all words are in the name of an innovation or of its agency.
func (f Filter) finds(i Innovation) bool {
	words := strings.Fields(text.SortKey(f.Words))
	if len(words) == 0 {
		return true
	}
	key := text.SortKey(i.Name + " " + i.AgencyName)
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(key, word) })
}

// Row is an innovation with its verdict in the current period.
type Row struct {
	Innovation
	Verdict Verdict // zero while no period is open
}

// Named is an agency's id and name.
type Named struct{ ID, Name string }

// Listing is a page of a list, with the values to filter by.
type Listing struct {
	Period *period.Pinned // nil while none is open
	page.Part[Row]
	Any      bool     // there are innovations, whatever the filter
	Agencies []Named  // of the innovations that the actor may read, by name
	Affairs  []string // of the same, in alphabetical order
	Cohorts  []string // of the same, the latest first
}

// Browse returns a page of the innovations that the actor may read and f selects, by
// name. A page after the last is the last.
func (s *Service) Browse(ctx context.Context, f Filter, number int) (l Listing, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Listing{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	now, err := s.Periods.Current(ctx)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Listing{}, err
	}
	if err == nil {
		l.Period = &now
	}
	all, err := s.Store.List(ctx, ScopeOf(who))
	if err != nil {
		return Listing{}, err
	}
	l.choices(all)
	var rows []Row
	for _, i := range all {
		row := Row{Innovation: i}
		if l.Period != nil {
			row.Verdict = i.Eligible(now.Pack.Eligibility, zone.Today(ctx, s.Now()))
		}
		if f.lets(i, row.Verdict) {
			rows = append(rows, row)
		}
	}
	l.Any, l.Part = len(all) > 0, page.Cut(rows, number, pageSize)
	return l, nil
}

// choices collects the values to filter by.
func (l *Listing) choices(all []Innovation) {
	for _, i := range all {
		if a := (Named{i.AgencyID, i.AgencyName}); !slices.Contains(l.Agencies, a) {
			l.Agencies = append(l.Agencies, a)
		}
		l.Affairs, l.Cohorts = append(l.Affairs, i.Affair), append(l.Cohorts, i.Cohort())
	}
	text.SortByName(l.Agencies, func(a Named) (name, id string) { return a.Name, a.ID })
	l.Affairs, l.Cohorts = text.Distinct(l.Affairs), text.Distinct(l.Cohorts)
	slices.Sort(l.Affairs)
	slices.Sort(l.Cohorts)
	slices.Reverse(l.Cohorts)
}

// Earlier returns the innovations that another one can continue: those of the
// agencies for which the actor may register, except the one with that id.
func (s *Service) Earlier(ctx context.Context, except string) (list []Innovation, err error) {
	all, err := s.List(ctx)
	for _, i := range all {
		if i.ID != except && MayEdit(actor.From(ctx), i.AgencyID) {
			list = append(list, i)
		}
	}
	return list, err
}
