package innovation

import (
	"context"
	"slices"

	"siida.id/internal/base/fault"
)

// change runs every change of an innovation: in a transaction it locks the
// innovation, reads it again and calls fn, which decides, writes, and appends to the
// audit log last. If a decision depends on a period or agencies too, they are locked
// before: the period first, then the agencies in the order of their ids.
func (s *Service) change(ctx context.Context, id string, fn func(ctx context.Context, i Innovation) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		i, err := s.Store.Lock(ctx, id)
		if err != nil {
			return err
		}
		return fn(ctx, i)
	})
}

// changeInWindows is change for what windows may refuse.
func (s *Service) changeInWindows(ctx context.Context, id string, fn func(ctx context.Context, w *windows, i Innovation) error) error {
	return s.inWindows(ctx, func(ctx context.Context, w *windows) error {
		return s.change(ctx, id, func(ctx context.Context, i Innovation) error { return fn(ctx, w, i) })
	})
}

// lockOwners locks the owner of an innovation, shared, and the agency that will own it, in
// the order of their ids, as far as they exist.
func (s *Service) lockOwners(ctx context.Context, owner, next string) error {
	list := []string{owner, next}
	slices.Sort(list)
	for _, id := range slices.Compact(list) {
		lock := s.Agencies.LockShared
		if id == next {
			lock = s.Agencies.Lock
		}
		if _, err := lock(ctx, id); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return nil
}

// LockOwned locks all innovations of agencies, in any state, for an act that
// transfers them. The agencies must be locked before.
func (s *Service) LockOwned(ctx context.Context, agencyIDs []string) error {
	owned, err := s.Store.List(ctx, Scope{Agencies: agencyIDs})
	if err != nil {
		return err
	}
	_, err = s.Store.LockList(ctx, ids(owned))
	return err
}

func ids(list []Innovation) []string {
	all := make([]string, 0, len(list))
	for _, i := range list {
		all = append(all, i.ID)
	}
	return all
}
