package index

import (
	"context"
	"maps"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/text"
	"siida.id/internal/instrument"
)

// ChangeKind is what changed between two days.
type ChangeKind string

// The kinds of changes.
const (
	Joined  ChangeKind = "masuk"   // an innovation counts now
	Dropped ChangeKind = "keluar"  // an innovation no longer counts
	Changed ChangeKind = "berubah" // another option of an indicator earns points
)

// Change is a difference between two days, with the last change in the audit log.
type Change struct {
	ChangeKind
	Innovation    string // its id; empty where it is about the region
	Name, Agency  string // of the innovation
	Indicator     *instrument.Indicator
	Before, After int        // options proven, of Changed
	Last          LastChange // zero if the log has none
}

// Comparison is the index of two days, with the changes between them.
type Comparison struct {
	Before, After Report
	Changes       []Change // visible to the actor: the region's first, then by name and indicator
	Others        int      // changes that the actor may not see
}

// Compare compares the snapshots of two days; without an until, the first day
// with now. It returns NotFound if there is no snapshot of the first day or
// before.
func (s *Service) Compare(ctx context.Context, periodID string, from, until day.Day) (c Comparison, err error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return c, err
	}
	snapshots, err := s.Store.Snapshots(ctx, p.ID)
	if err != nil {
		return c, err
	}
	before, err := s.on(ctx, p, from)
	if err != nil {
		return c, err
	}
	after, err := s.on(ctx, p, until)
	if err != nil {
		return c, err
	}
	first, last := before.snapshot, after.snapshot
	if last.At.IsZero() {
		last.At = s.Now()
	}
	var deeds []LastChange
	if last.At.After(first.At) { // the same snapshot has no changes
		if deeds, err = s.Store.LastChanges(ctx, first.At, last.At); err != nil {
			return c, err
		}
	}
	c.Before, c.After = before.view(ctx, p), after.view(ctx, p)
	c.Before.Day, c.Before.SnapshotAt, c.Before.Snapshots = first.Day, first.At, snapshots
	c.After.Day, c.After.SnapshotAt, c.After.Snapshots = last.Day, last.At, snapshots
	c.differ(actor.From(ctx), before, after, deeds)
	return c, nil
}

func (c *Comparison) differ(who actor.Actor, before, after *Computation, deeds []LastChange) {
	last := map[string]LastChange{}
	for _, d := range deeds {
		last[d.Subject] = d
	}
	pack, periodID := after.scorer.Pack(), c.After.Period.ID
	for _, row := range pack.Rows(instrument.PerRegion) {
		if from, to := before.facts.Region.Proven.Of(row.Code), after.facts.Region.Proven.Of(row.Code); from != to {
			c.Changes = append(c.Changes, Change{
				ChangeKind: Changed, Indicator: row, Before: from, After: to, Last: last["regional/"+periodID+"/"+row.Code],
			})
		}
	}
	old, now := byID(before.entries), byID(after.entries)
	ids := slices.Collect(maps.Keys(now))
	for id := range old {
		if _, still := now[id]; !still {
			ids = append(ids, id)
		}
	}
	named := func(id string) Entry {
		if e, still := now[id]; still {
			return e
		}
		return old[id]
	}
	text.SortByName(ids, func(id string) (name, same string) { return named(id).Name, id })
	for _, id := range ids {
		e := named(id)
		changes := innovationChanges(old, now, id, pack, periodID, last)
		if !mayOpen(who, e.AgencyID) {
			c.Others += len(changes)
			continue
		}
		c.Changes = append(c.Changes, changes...)
	}
}

func byID(entries []Entry) map[string]Entry {
	all := make(map[string]Entry, len(entries))
	for _, e := range entries {
		all[e.ID] = e
	}
	return all
}

// innovationChanges returns the changes of one innovation.
func innovationChanges(old, now map[string]Entry, id string, pack *instrument.Pack, periodID string, last map[string]LastChange) (list []Change) {
	before, was := old[id]
	after, is := now[id]
	switch {
	case !is:
		return []Change{{ChangeKind: Dropped, Innovation: id, Name: before.Name, Agency: before.AgencyName, Last: last["innovation/"+id]}}
	case !was:
		return []Change{{ChangeKind: Joined, Innovation: id, Name: after.Name, Agency: after.AgencyName, Last: last["innovation/"+id]}}
	}
	for _, row := range pack.Rows(instrument.PerInnovation) {
		from, to := before.Levels.Proven.Of(row.Code), after.Levels.Proven.Of(row.Code)
		if from == to {
			continue
		}
		list = append(list, Change{
			ChangeKind: Changed, Innovation: id, Name: after.Name, Agency: after.AgencyName, Indicator: row, Before: from, After: to,
			Last: last["answer/"+id+"/"+periodID+"/"+row.Code],
		})
	}
	return list
}
