package region

import (
	"context"
	"fmt"
	"strings"

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
