package region

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
)

// Service holds the rules of the list. It asks nobody for permission: reading
// it comes before signing in, and adding to it is left to the command line.
type Service struct{ Store Store }

// Add adds r to the list, or says everything that is wrong with it. Without a
// zone it has that of its province.
func (s *Service) Add(ctx context.Context, r Region) error {
	r.Zone = cmp.Or(r.Zone, zone.OfRegion(r.Code))
	r = r.normal()
	others, err := s.Store.All(ctx)
	if err != nil {
		return fmt.Errorf("add region %s: %w", r.Code, err)
	}
	if err := r.check(others); err != nil {
		return err
	}
	if err := s.Store.Add(ctx, r); err != nil {
		return fmt.Errorf("add region %s: %w", r.Code, err)
	}
	return nil
}

// Change is what is to be set of a region; nil stays as it is. An empty address
// takes it away.
type Change struct{ URL, Zone *string }

// Set changes the region with that code and returns it as it is then. It returns
// Invalid with everything that is wrong with the change.
func (s *Service) Set(ctx context.Context, code string, c Change) (Region, error) {
	all, err := s.Store.All(ctx)
	if err != nil {
		return Region{}, fmt.Errorf("set region %s: %w", code, err)
	}
	r := Region{Code: code, Zone: zone.Default}
	at := slices.IndexFunc(all, func(o Region) bool { return o.Code == code })
	if at >= 0 {
		r = all[at]
	}
	if c.URL != nil {
		r.URL = *c.URL
	}
	if c.Zone != nil {
		r.Zone = *c.Zone
	}
	r = r.normal()
	var check fault.Check
	check.That(at >= 0, "code", "region.code_unknown")
	check.That(c != Change{}, "url", "region.nothing_set")
	r.checkPlace(&check, all)
	if err := check.Err(); err != nil {
		return Region{}, err
	}
	if err := s.Store.Set(ctx, r); err != nil {
		return Region{}, fmt.Errorf("set region %s: %w", code, err)
	}
	return r, nil
}

// Here is the region of the actor, whoever that is.
func (s *Service) Here(ctx context.Context) (Region, error) {
	return s.Store.ByCode(ctx, actor.From(ctx).Region)
}

// ByHost returns the region that a request to host is meant for. The only
// region answers every host; among several an unknown host is NotFound.
func (s *Service) ByHost(ctx context.Context, host string) (Region, error) {
	r, err := s.Store.ByHost(ctx, bare(host))
	if fault.KindOf(err) == fault.NotFound {
		return Region{}, fault.New(fault.NotFound, "region.unknown_host").Because(err)
	}
	return r, err
}

// All lists the regions by code.
func (s *Service) All(ctx context.Context) ([]Region, error) { return s.Store.All(ctx) }

// LockShared implements uow.Region for the actor's region.
func (s *Service) LockShared(ctx context.Context) error {
	return s.Store.LockShared(ctx, actor.From(ctx).Region)
}

// Lock implements uow.Region for the actor's region.
func (s *Service) Lock(ctx context.Context) error {
	return s.Store.Lock(ctx, actor.From(ctx).Region)
}
