package app

import (
	"context"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/day"
	"siida.id/internal/evidence"
	"siida.id/internal/index"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/regional"
)

// A room imports only rooms of lower rank. What it needs of others it declares as an
// interface, which is implemented here.

// units implements account.Agencies by agency.
type units struct{ *agency.Service }

// Units implements account.Agencies.
func (u units) Units(ctx context.Context) (list []account.Unit, err error) {
	all, err := u.All(ctx)
	for _, a := range all {
		list = append(list, account.Unit{ID: a.ID, Name: a.Name})
	}
	return list, err
}

// holdings implements agency.Holdings by innovation.
type holdings struct{ *innovation.Service }

// Innovations implements agency.Holdings.
func (h holdings) Innovations(ctx context.Context, agencyID string) (list []agency.Holding, err error) {
	all, err := h.OpenOf(ctx, agencyID)
	for _, i := range all {
		if i.State != innovation.Archived {
			list = append(list, agency.Holding{ID: i.ID, Name: i.Name})
		}
	}
	return list, err
}

// Lock implements agency.Holdings.
func (h holdings) Lock(ctx context.Context, agencyIDs []string) error {
	return h.LockOwned(ctx, agencyIDs)
}

// Move implements agency.Holdings.
func (h holdings) Move(ctx context.Context, innovationID, toAgency string, on day.Day, by agency.Decree) error {
	return h.Service.Move(ctx, innovationID, toAgency, by.Number, on)
}

// staff implements agency.Staff by account.
type staff struct{ *account.Service }

// Lock implements agency.Staff.
func (s staff) Lock(ctx context.Context, agencyIDs []string) error {
	return s.LockStaff(ctx, agencyIDs)
}

// Move implements agency.Staff.
func (s staff) Move(ctx context.Context, from, to string, on day.Day) error {
	return s.MoveStaff(ctx, from, to, on)
}

// closing implements period.Closing by all rooms that store something of a close.
type closing []period.Closing

// Closed implements period.Closing.
func (c closing) Closed(ctx context.Context, periodID string) error {
	for _, room := range c {
		if err := room.Closed(ctx, periodID); err != nil {
			return err
		}
	}
	return nil
}

// work implements period.Work by rooms of higher rank.
type work struct {
	evidence    *evidence.Service
	regional    *regional.Service
	index       *index.Service
	innovations *innovation.Service
}

// Since implements period.Work.
func (w work) Since(ctx context.Context, p period.Pinned) (since period.Since, err error) {
	since, err = w.index.SinceClose(ctx, p)
	if err != nil {
		return period.Since{}, err
	}
	since.Changed, err = w.innovations.Store.ChangedSince(ctx, p.ID, p.MovedAt)
	return since, err
}

// Unfinished implements period.Work.
func (w work) Unfinished(ctx context.Context, p period.Pinned, agencyID string) (u period.Unfinished, err error) {
	totals, err := w.evidence.TotalsOf(ctx, p)
	if err != nil {
		return u, err
	}
	for _, t := range totals {
		if agencyID != "" && t.AgencyID != agencyID {
			continue
		}
		u.Innovations += t.Innovations
		u.Drafts += t.Innovations - t.Finished
	}
	if agencyID == "" {
		sheet, err := w.regional.Sheet(ctx, p.ID)
		if err != nil {
			return u, err
		}
		u.Rows, u.OpenRows = sheet.Total, sheet.Total-sheet.Finished
	}
	requests, err := w.regional.Listing(ctx, p.ID)
	for _, r := range requests.List {
		if agencyID != "" && r.AgencyID != agencyID {
			continue
		}
		if r.Waits() || r.State == regional.Answered {
			u.Requests++
		}
	}
	return u, err
}
