package evidence

import (
	"cmp"
	"context"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
)

// weakPageSize is the number of documents on a page of the list of weak evidence.
const weakPageSize = 50

// ListedDocument is a document that proves an indicator, with what a list of several
// innovations shows of it.
type ListedDocument struct {
	UsedDocument
	InnovationName string
	AgencyID       string
	AgencyName     string
}

// WeakDocument is weak evidence for an indicator, or evidence that cannot be opened.
type WeakDocument struct {
	ListedDocument
	question.Place
}

// WeakCount is the number of weak documents of an agency.
type WeakCount struct {
	AgencyID, AgencyName string
	Count                int
}

// WeakList is a page of the weak evidence of a period.
type WeakList struct {
	Period       period.Pinned
	Agency       WeakCount   // the only one in the list, if an agency was chosen; without a name if it has none
	Agencies     []WeakCount // the most first
	Rows         []WeakDocument
	Total        int // of rows on all pages
	Number, Last int // of the page, and of the last page
}

// Weak returns a page of the weak evidence of the innovations that the actor may list,
// except withdrawn and archived ones, in a period (period.Shown); of one agency if
// agencyID is not empty. It returns NotFound for a page that
// does not exist. The database returns what may be weak, and here it is decided.
func (s *Service) Weak(ctx context.Context, periodID, agencyID string, number int) (list WeakList, err error) {
	if err := signedIn(ctx); err != nil {
		return WeakList{}, err
	}
	if list.Period, err = s.Periods.Shown(ctx, periodID); err != nil {
		return WeakList{}, err
	}
	since, until := question.Sound(list.Period.Pack.Rows(instrument.PerInnovation), list.Period.Year)
	used, err := s.Store.Doubtful(ctx, list.Period.ID, innovation.ScopeOf(actor.From(ctx)), since, until)
	if err != nil {
		return WeakList{}, err
	}
	list.fill(used, agencyID)
	list.Total, list.Number, list.Last = len(list.Rows), number, max(1, (len(list.Rows)+weakPageSize-1)/weakPageSize)
	if number < 1 || number > list.Last {
		return WeakList{}, fault.New(fault.NotFound, "fault.not_found")
	}
	list.Rows = list.Rows[(number-1)*weakPageSize : min(number*weakPageSize, len(list.Rows))]
	return list, nil
}

// fill sets the rows of the agency, or all if it is empty, and the counts.
func (list *WeakList) fill(used []ListedDocument, agencyID string) {
	counts := map[string]*WeakCount{}
	for _, d := range used {
		place, err := question.At(list.Period, instrument.PerInnovation, d.Code)
		if err != nil { // the pack was exchanged, and the code is in the old one only
			continue
		}
		e := d.Evidence()
		if e.File.State != file.Unopenable && len(question.Weaknesses(place.Indicator, list.Period.Year, e)) == 0 {
			continue
		}
		if counts[d.AgencyID] == nil {
			counts[d.AgencyID] = &WeakCount{AgencyID: d.AgencyID, AgencyName: d.AgencyName}
		}
		counts[d.AgencyID].Count++
		if agencyID == "" || agencyID == d.AgencyID {
			list.Rows = append(list.Rows, WeakDocument{d, place})
		}
	}
	list.Agency.AgencyID = agencyID
	for id, c := range counts {
		list.Agencies = append(list.Agencies, *c)
		if id == agencyID {
			list.Agency = *c
		}
	}
	slices.SortFunc(list.Agencies, func(a, b WeakCount) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.AgencyName, b.AgencyName), cmp.Compare(a.AgencyID, b.AgencyID))
	})
}
