package regional

import (
	"context"
	"slices"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
	"siida.id/internal/period"
)

var (
	_ reference.Agencies = References{}
	_ reference.People   = References{}
)

// References are the data requests that an agency, or one of its people, may still have
// to answer.
type References struct{ *Service }

// OfAgency implements reference.Agencies. The name of a request is that of its
// indicator.
func (r References) OfAgency(ctx context.Context, agencyID string) ([]reference.Reference, error) {
	if err := asking(ctx); err != nil {
		return nil, err
	}
	open, err := r.Store.OpenRequests(ctx, agencyID)
	if err != nil {
		return nil, err
	}
	return r.references(ctx, open)
}

// OfPerson implements reference.People.
func (r References) OfPerson(ctx context.Context, personID, agencyID string) ([]reference.Reference, error) {
	if err := asking(ctx); err != nil {
		return nil, err
	}
	open, err := r.Store.RequestsTo(ctx, personID)
	if err != nil {
		return nil, err
	}
	return r.references(ctx, slices.DeleteFunc(open, func(q Request) bool { return agencyID != "" && q.AgencyID != agencyID }))
}

func (s *Service) references(ctx context.Context, list []Request) (found []reference.Reference, err error) {
	periods := map[string]period.Pinned{}
	for _, q := range list {
		p, known := periods[q.PeriodID]
		if !known {
			if p, err = s.Periods.ByID(ctx, q.PeriodID); err != nil {
				return nil, err
			}
			periods[q.PeriodID] = p
		}
		row, _ := p.Pack.Indicator(q.Code) // the pack has every row that was asked for
		found = append(found, reference.Reference{Kind: reference.Request, ID: q.ID, Name: row.Name})
	}
	return found, nil
}

// Follow implements reference.Agencies. A request to one of the people stays with them
// if they have come along. Without an agency that follows, the request ends: BRIDA asks
// another one.
func (r References) Follow(ctx context.Context, s reference.Succession) error {
	err := r.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := asking(ctx); err != nil {
			return err
		}
		open, err := r.Store.OpenRequests(ctx, s.From.ID)
		if err != nil {
			return err
		}
		for _, q := range open {
			if err := r.follow(ctx, q, s); err != nil {
				return err
			}
		}
		return r.Release(ctx)
	})
	return fault.Wrap(err, "data requests to agency %s", s.From.ID)
}

func (r References) follow(ctx context.Context, q Request, s reference.Succession) error {
	to, event := s.Chosen(reference.Reference{Kind: reference.Request, ID: q.ID}), EventRequestMoved
	switch to.ID {
	case q.AgencyID:
		return nil
	case "":
		q.State, event = Withdrawn, EventRequestWithdrawn
		q.Former.Until = r.Now()
	default:
		q.Former = Addressee{AgencyID: q.AgencyID, Until: r.Now()}
		q.AgencyID = to.ID
	}
	if err := r.Store.MoveRequest(ctx, q); err != nil {
		return err
	}
	return r.Log.Append(ctx, audit.Request.Of(q.ID), event, audit.Details{
		audit.KeyFrom: s.From.ID, audit.KeyTo: to.ID, audit.KeyNumber: s.Decree,
	})
}

// Release implements reference.People.
func (r References) Release(ctx context.Context) error {
	err := r.Tx.InTx(ctx, func(ctx context.Context) error {
		list, err := r.Store.Unanswerable(ctx, r.Now())
		if err != nil {
			return err
		}
		for _, q := range list {
			q.Former.PersonID, q.Former.Until = q.PersonID, r.Now()
			details := audit.Details{audit.KeyPerson: q.PersonID, audit.KeyTo: q.AgencyID}
			q.PersonID = ""
			if err := r.Store.MoveRequest(ctx, q); err != nil {
				return err
			}
			if err := r.Log.Append(ctx, audit.Request.Of(q.ID), EventRequestMoved, details); err != nil {
				return err
			}
		}
		return nil
	})
	return fault.Wrap(err, "data requests to people who have gone")
}

// Moved returns the requests of an open period that BRIDA has to know of: those that
// somebody else has to answer than was asked, and those that ended with an agency and
// were not asked again. To others it returns none.
func (s *Service) Moved(ctx context.Context, p period.Pinned) (list []Listed, err error) {
	if !open(p.Period) || !actor.From(ctx).Serves("", actor.Brida) {
		return nil, nil
	}
	all, err := s.Store.Requests(ctx, p.ID)
	for _, q := range all {
		again := func(o Request) bool { return o.Code == q.Code && o.State != Withdrawn && o.AskedAt.After(q.AskedAt) }
		if q.Waits() && !q.Former.Until.IsZero() || q.Lapsed() && !slices.ContainsFunc(all, again) {
			list = append(list, s.listed(ctx, p, q))
		}
	}
	return list, err
}
