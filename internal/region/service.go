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

// Service has the rules of the list of regions. It checks no permission: reading
// precedes sign-in, and writing is done by the command line.
type Service struct {
	Store Store
	Days  Days
	Log   Log
	Tx    uow.Transactor
}

// Log appends to the audit log; audit.Log implements it.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// Days stores moments at which days of the actor's region begin.
type Days interface {
	// ZoneChanged moves each of them, in the caller's transaction, from the start of
	// its day in the zone from to the start of the same day in the zone to. It
	// returns their number.
	ZoneChanged(ctx context.Context, from, to string) (int, error)
}

// Add adds r to the list, or returns Invalid with all its mistakes. Without a zone it
// gets that of its province, as it gets the motif.
func (s *Service) Add(ctx context.Context, r Region) error {
	r.Zone = cmp.Or(r.Zone, zone.OfRegion(r.Code))
	r.Motif = MotifOf(r.Code)
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

// Change has the new values of a region; nil leaves a value. An empty address deletes
// the address, NoQuota the quota, NoMotif the motif.
type Change struct{ URL, Zone, Quota, Motif *string }

// Set changes the region with that code and returns its new values. It returns
// Invalid with all mistakes of the change.
//
// If the zone changes, assignments keep their days, which begin and end at midnight
// in the new zone. A moment with an hour, such as a deadline, stays the same moment
// and is shown in the new zone.
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

// changed returns r with a change, or Invalid with all its mistakes.
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
	motif := true
	if c.Motif != nil {
		r.Motif, motif = ParseMotif(*c.Motif)
	}
	r = r.normal()
	var check fault.Check
	check.That(slices.ContainsFunc(all, func(o Region) bool { return o.Code == r.Code }), "code", "region.code_unknown")
	check.That(c != Change{}, "url", "region.nothing_set")
	r.checkPlace(&check, all)
	check.That(quota, "quota", "region.quota_form")
	check.That(motif, "motif", "region.motif_form")
	if err := check.Err(); err != nil {
		return Region{}, err
	}
	return r, nil
}

// The events of this room in the audit log.
const (
	EventSet audit.Event = "region.set"
)

// follow updates what depends on the zone, and logs the change.
func (s *Service) follow(ctx context.Context, before, r Region) error {
	details := audit.Details{
		audit.KeyURL: r.URL, audit.KeyURLBefore: before.URL, audit.KeyZone: r.Zone, audit.KeyZoneBefore: before.Zone,
	}
	if r.Quota != before.Quota {
		details[audit.KeyQuota], details[audit.KeyQuotaBefore] = FormatQuota(r.Quota), FormatQuota(before.Quota)
	}
	if r.Motif != before.Motif {
		details[audit.KeyMotif], details[audit.KeyMotifBefore] = cmp.Or(string(r.Motif), NoMotif), cmp.Or(string(before.Motif), NoMotif)
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

// Here returns the region of the actor.
func (s *Service) Here(ctx context.Context) (Region, error) {
	return s.Store.ByCode(ctx, actor.From(ctx).Region)
}

// ByHost returns the region of a request to host. The only region answers every host;
// among several, an unknown host is NotFound.
func (s *Service) ByHost(ctx context.Context, host string) (Region, error) {
	r, err := s.Store.ByHost(ctx, bare(host))
	if fault.KindOf(err) == fault.NotFound {
		return Region{}, fault.New(fault.NotFound, "region.unknown_host").Because(err)
	}
	return r, err
}

// All returns the regions by code.
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
