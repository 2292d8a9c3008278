package period

import (
	"context"
	"slices"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/zone"
)

var _ reference.Agencies = References{}

// References are the open extensions of agencies.
type References struct{ *Service }

// OfAgency implements reference.Agencies. The name of an extension is the year.
func (r References) OfAgency(ctx context.Context, agencyID string) (list []reference.Reference, err error) {
	if err := r.CheckOpen(ctx); err != nil {
		return nil, err
	}
	open, err := r.Store.OpenExtensions(ctx, agencyID, r.Now())
	for _, e := range open {
		list = append(list, reference.Reference{Kind: reference.Extension, ID: e.ID, Name: e.PeriodID, Shared: true})
	}
	return list, err
}

// Follow implements reference.Agencies. Each agency that follows gets as much time as
// the one before had; an extension of an agency that ends, ends.
func (r References) Follow(ctx context.Context, s reference.Succession) error {
	err := r.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := r.CheckOpen(ctx); err != nil {
			return err
		}
		open, err := r.Store.OpenExtensions(ctx, s.From.ID, r.Now())
		if err != nil {
			return err
		}
		for _, e := range open {
			if err := r.follow(ctx, e, s); err != nil {
				return err
			}
		}
		return nil
	})
	return fault.Wrap(err, "extensions of agency %s", s.From.ID)
}

func (r References) follow(ctx context.Context, e Extension, s reference.Succession) error {
	who := actor.From(ctx)
	for _, to := range s.Into {
		if to.ID == s.From.ID {
			continue
		}
		has, err := r.Store.OpenExtensions(ctx, to.ID, r.Now())
		if err != nil {
			return err
		}
		if slices.ContainsFunc(has, func(h Extension) bool { return h.PeriodID == e.PeriodID && !h.Until.Before(e.Until) }) {
			continue
		}
		next := Extension{
			ID: r.NewID(), Agency: to.ID, AgencyName: to.Name, Until: e.Until, Reason: e.Reason,
			ByID: who.ID, ByName: who.Name, GrantedAt: r.Now(), FollowsID: e.ID,
		}
		if err := r.Store.Extend(ctx, e.PeriodID, next); err != nil {
			return err
		}
		if err := r.Log.Append(ctx, audit.Period.Of(e.PeriodID), EventExtended, audit.Details{
			audit.KeyAgency: to.ID, audit.KeyUntil: zone.Format(ctx, next.Until), audit.KeyReason: next.Reason, audit.KeyFrom: s.From.Name,
		}); err != nil {
			return err
		}
	}
	if !s.Ends {
		return nil
	}
	e.Ended, e.EndedID, e.EndedName = r.Now(), who.ID, who.Name
	if err := r.Store.Unextend(ctx, e.PeriodID, e); err != nil {
		return err
	}
	return r.Log.Append(ctx, audit.Period.Of(e.PeriodID), EventExtensionRevoked, audit.Details{
		audit.KeyExtension: e.ID, audit.KeyAgency: s.From.ID, audit.KeyNumber: s.Decree,
	})
}
