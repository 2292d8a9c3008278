package region

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
)

// Service holds the rules of the list. It asks nobody for permission: reading
// it comes before signing in, and adding to it is left to the command line.
type Service struct {
	Store Store
	Days  Days
	Log   Log
	Tx    uow.Transactor
}

// Log notes what was done; audit.Log is one.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// Days are what is kept as the moments at which days of the actor's region begin.
type Days interface {
	// ZoneChanged keeps them the same days, in the caller's transaction: each is
	// moved from the beginning of its day in the zone named from to that in the zone
	// named to. It returns how many were moved.
	ZoneChanged(ctx context.Context, from, to string) (int, error)
}

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
// takes it away, and so does the quota NoQuota.
type Change struct{ URL, Zone, Quota *string }

// Set changes the region with that code and returns it as it is then. It returns
// Invalid with everything that is wrong with the change.
//
// With another zone the days of assignments stay those days, and begin and end at
// the new midnight. What was announced with its hour, such as a deadline, stays the
// moment that it was, and is shown with the hour that the new clocks have then.
func (s *Service) Set(ctx context.Context, code string, c Change) (r Region, err error) {
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		before, err := s.Store.Lock(ctx, code)
		if fault.KindOf(err) == fault.NotFound {
			before, err = Region{Code: code, Zone: zone.Default}, nil
		}
		if err != nil {
			return err
		}
		all, err := s.Store.All(ctx)
		if err != nil {
			return err
		}
		if r, err = before.changed(c, all); err != nil {
			return err
		}
		if r == before {
			return nil
		}
		if err := s.Store.Set(ctx, r); err != nil {
			return err
		}
		return s.follow(ctx, before, r)
	})
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return Region{}, fmt.Errorf("set region %s: %w", code, err)
	}
	return r, err
}

// changed is r with a change, or Invalid with everything that is wrong with it.
func (r Region) changed(c Change, all []Region) (Region, error) {
	if c.URL != nil {
		r.URL = *c.URL
	}
	if c.Zone != nil {
		r.Zone = *c.Zone
	}
	quota := true
	if c.Quota != nil {
		r.Quota, quota = ParseQuota(*c.Quota)
	}
	r = r.normal()
	var check fault.Check
	check.That(slices.ContainsFunc(all, func(o Region) bool { return o.Code == r.Code }), "code", "region.code_unknown")
	check.That(c != Change{}, "url", "region.nothing_set")
	r.checkPlace(&check, all)
	check.That(quota, "quota", "region.quota_form")
	if err := check.Err(); err != nil {
		return Region{}, err
	}
	return r, nil
}

// What the audit log has of this room.
const (
	EventSet audit.Event = "region.set"
)

// follow has what hangs on the zone follow a change of it, and logs the change.
func (s *Service) follow(ctx context.Context, before, r Region) error {
	details := audit.Details{
		audit.KeyURL: r.URL, audit.KeyURLBefore: before.URL, audit.KeyZone: r.Zone, audit.KeyZoneBefore: before.Zone,
	}
	if r.Quota != before.Quota {
		details[audit.KeyQuota], details[audit.KeyQuotaBefore] = FormatQuota(r.Quota), FormatQuota(before.Quota)
	}
	ctx = Within(ctx, r)
	if r.Zone != before.Zone {
		moved, err := s.Days.ZoneChanged(ctx, before.Zone, r.Zone)
		if err != nil {
			return err
		}
		details[audit.KeyDaysMoved] = strconv.Itoa(moved)
	}
	return s.Log.Append(ctx, audit.Region.Of(r.Code), EventSet, details)
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
func (s *Service) LockShared(ctx context.Context) (context.Context, error) {
	r, err := s.Store.LockShared(ctx, actor.From(ctx).Region)
	return zone.With(ctx, r.Zone), err
}

// Lock implements uow.Region for the actor's region.
func (s *Service) Lock(ctx context.Context) (context.Context, error) {
	r, err := s.Store.Lock(ctx, actor.From(ctx).Region)
	return zone.With(ctx, r.Zone), err
}
