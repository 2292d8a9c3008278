package registry

import (
	"context"
	"slices"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/page"
	"siida.id/internal/base/zone"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// PageSize is the number of innovations on a page of the list.
const PageSize = 50

// Service reads the list.
type Service struct {
	Store    Store
	Agencies Agencies
	Periods  *period.Service
	Now      func() time.Time
}

// Browse returns a page of the innovations that the actor may read and q selects. A page
// after the last is the last, one before the first the first. It takes the same number of
// statements for any number of rows.
func (s *Service) Browse(ctx context.Context, q Query) (Listing, error) {
	l, selection, err := s.listing(ctx, q)
	if err != nil {
		return Listing{}, err
	}
	l.Last = page.Of(1, PageSize).Last(l.Total())
	at := page.Of(min(l.Query.Number, l.Last), PageSize)
	l.Query.Number = at.Number
	l.Rows, err = s.Store.Rows(ctx, selection, at.Size, at.Offset())
	return l, err
}

// listing returns a Listing without rows, and what these are selected by.
func (s *Service) listing(ctx context.Context, q Query) (l Listing, selection Selection, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return l, selection, fault.New(fault.Unknown, "fault.sign_in")
	}
	l.Query, l.Today = q.Clean(), zone.Today(ctx, s.Now())
	scope := innovation.ScopeOf(who)
	selection = Selection{
		Scope: scope, Words: l.Query.searched(), Affair: q.Affair, Stage: l.Query.Stage, Year: q.Year,
		Status: l.Query.Status, Sort: l.Query.Sort,
	}
	now, err := s.Periods.Current(ctx)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return l, selection, err
	}
	if err == nil {
		l.Period, selection.PeriodID = &now, now.ID
		selection.Total = len(now.Pack.Rows(instrument.PerInnovation))
		selection.Days = innovation.EligibleOn(now.Pack.Eligibility, l.Today)
		l.Affairs = now.Pack.AffairNames()
	}
	agencies, err := s.Agencies.All(ctx)
	if err != nil {
		return l, selection, err
	}
	readable := slices.DeleteFunc(slices.Clone(agencies), func(a agency.Agency) bool { return !innovation.MayRead(who, a.ID) })
	l.Agencies = agency.Tree(readable)
	if q.Agency != "" {
		selection.Scope = within(scope, below(agencies, q.Agency))
	}
	if l.Years, err = s.Store.Years(ctx, scope); err != nil {
		return l, selection, err
	}
	l.Any = len(l.Years) > 0
	l.Years = slices.DeleteFunc(l.Years, func(year string) bool { return year == "" })
	l.Counts, err = s.Store.Counts(ctx, selection)
	return l, selection, err
}

// below returns the ids of an agency and of all below it.
func below(agencies []agency.Agency, id string) []string {
	ids := []string{id}
	for at := 0; at < len(ids); at++ {
		for _, a := range agencies {
			if a.Parent == ids[at] && !slices.Contains(ids, a.ID) {
				ids = append(ids, a.ID)
			}
		}
	}
	return ids
}

// within returns the part of a scope that belongs to agencies.
func within(scope innovation.Scope, agencies []string) innovation.Scope {
	if !scope.Region {
		agencies = slices.DeleteFunc(agencies, func(id string) bool { return !slices.Contains(scope.Agencies, id) })
	}
	return innovation.Scope{Agencies: agencies}
}
