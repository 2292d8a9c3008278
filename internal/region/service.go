package region

import (
	"context"
	"fmt"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Service holds the rules of the list. It asks nobody for permission: reading
// it comes before signing in, and adding to it is left to the command line.
type Service struct{ Store Store }

// Add adds r to the list, or says everything that is wrong with it.
func (s *Service) Add(ctx context.Context, r Region) error {
	r.Name = strings.Join(strings.Fields(r.Name), " ")
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

// Answer gives the region with that code the host name that it answers under;
// an empty one takes it away.
func (s *Service) Answer(ctx context.Context, code, host string) error {
	all, err := s.Store.All(ctx)
	if err != nil {
		return fmt.Errorf("host of region %s: %w", code, err)
	}
	known := false
	var check fault.Check
	check.That(host == "" || isHost(host), "host", "region.host_form")
	for _, r := range all {
		known = known || r.Code == code
		check.That(host == "" || r.Host != host || r.Code == code, "host", "region.host_taken")
	}
	check.That(known, "code", "region.code_unknown")
	if err := check.Err(); err != nil {
		return err
	}
	if err := s.Store.SetHost(ctx, code, host); err != nil {
		return fmt.Errorf("host of region %s: %w", code, err)
	}
	return nil
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
