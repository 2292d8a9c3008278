package innovation

import (
	"context"
	"slices"

	"siida.id/internal/base/fault"
)

// change is the way in for whoever changes an innovation: in a transaction it
// locks the innovation, reads it again and calls fn, which decides by what it is
// given, writes, and appends to the log last. What else decides is locked before:
// the period, then the agencies in the order of their ids.
func (s *Service) change(ctx context.Context, id string, fn func(ctx context.Context, i Innovation) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		i, err := s.Store.Lock(ctx, id)
		if err != nil {
			return err
		}
		return fn(ctx, i)
	})
}

// LockOwned locks what agencies have, whatever its state, for an act that hands
// it on; the agencies are locked already.
func (s *Service) LockOwned(ctx context.Context, agencyIDs []string) error {
	held, err := s.Store.List(ctx, Scope{Agencies: agencyIDs})
	if err != nil {
		return err
	}
	_, err = s.Store.LockList(ctx, ids(held))
	return err
}

func ids(list []Innovation) []string {
	all := make([]string, 0, len(list))
	for _, i := range list {
		all = append(all, i.ID)
	}
	return all
}

// shareAgencies locks agencies so that no act changes them, in the order of
// their ids; one that the region does not have is left to whoever looks for it.
func (s *Service) shareAgencies(ctx context.Context, list ...string) error {
	slices.Sort(list)
	for _, id := range slices.Compact(list) {
		if _, err := s.Agencies.LockShared(ctx, id); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return nil
}
