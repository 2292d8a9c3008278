package innovation

import (
	"context"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/decree"
)

// ForDecrees implements decree.Innovations.
type ForDecrees struct{ *Service }

var _ decree.Innovations = ForDecrees{}

// Readable implements decree.Innovations.
func (f ForDecrees) Readable(ctx context.Context) ([]decree.Innovation, error) {
	list, err := f.List(ctx)
	return brief(list), err
}

// NamedBy implements decree.Innovations.
func (f ForDecrees) NamedBy(ctx context.Context, decreeID string) ([]decree.Innovation, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	all, err := f.Store.NamedBy(ctx, decreeID)
	var named []Innovation
	for _, i := range all {
		if MayRead(who, i.AgencyID) {
			named = append(named, i)
		}
	}
	return brief(named), err
}

func brief(list []Innovation) (all []decree.Innovation) {
	for _, i := range list {
		all = append(all, decree.Innovation{ID: i.ID, Name: i.Name, AgencyName: i.AgencyName})
	}
	return all
}

// Lock implements decree.Innovations.
func (f ForDecrees) Lock(ctx context.Context, ids []string) ([]string, error) {
	if _, err := f.lockWindows(ctx); err != nil { // before the innovations
		return nil, err
	}
	return f.Store.LockList(ctx, ids)
}

// CheckNaming implements decree.Innovations. No index depends on which decrees name an
// innovation, but what heads have endorsed does. Its statements do not grow with ids.
func (f ForDecrees) CheckNaming(ctx context.Context, ids []string) error {
	if len(ids) == 0 || f.Endorsements == nil {
		return nil
	}
	w, err := f.windows(ctx) // which Lock has locked
	if err != nil {
		return err
	}
	for _, p := range w.open {
		if p.Closes.IsZero() || f.Now().Before(p.Closes) { // nobody's time is over
			continue
		}
		list, err := f.Endorsements.EndorsedAmong(ctx, ids, p.ID)
		if err != nil {
			return err
		}
		ends, err := f.Periods.Ends(ctx, p.Period)
		if err != nil {
			return err
		}
		for _, i := range list {
			if end, open := ends.Of(i.Access().Data()); !open {
				return fault.New(fault.Conflict, keyNamedOver).With(fault.Args{"Year": p.ID, "Moment": end, "Name": i.Name})
			}
		}
	}
	return nil
}

// BumpVersion implements decree.Innovations.
func (f ForDecrees) BumpVersion(ctx context.Context, id string) error {
	if err := f.Store.BumpVersion(ctx, id); err != nil {
		return err
	}
	return f.Log.Append(ctx, audit.Innovation.Of(id), EventNamed, nil)
}
