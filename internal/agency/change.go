package agency

import (
	"context"
	"maps"
	"slices"
	"strings"

	"siida.id/internal/audit"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
)

// reorganisation is an act that transfers what agencies have.
type reorganisation struct {
	move   Move
	from   []Agency
	into   []Target
	only   bool // everything is transferred to the one target
	things map[string]int
	units  map[string]int
	others map[string]int
	people int
	decree Decree
	on     day.Day
	ids    []string // of the targets
}

func (c *reorganisation) in(at int) bool { return at >= 0 && at < len(c.into) }

// at returns the index of the target of a thing with that id.
func (c *reorganisation) at(choice map[string]int, id string) (int, bool) {
	if c.only {
		return 0, true
	}
	at, chosen := choice[id]
	return at, chosen && c.in(at)
}

func (c *reorganisation) ends(a Agency) bool { return !slices.Contains(c.ids, a.ID) }

// units returns the existing agencies directly below one.
func (w *directory) units(id string) (list []Agency) {
	for _, a := range w.list {
		if a.Parent == id && a.Lives() {
			list = append(list, a)
		}
	}
	return list
}

// carryOut checks the rest of an act and does it: it ends and creates agencies,
// transfers innovations, units and people, and records which agency follows which.
func (s *Service) carryOut(ctx context.Context, w *directory, c reorganisation, p DecreeForm, check *fault.Check) (audit.Details, error) {
	c.decree, c.on = s.checkDecree(ctx, check, p)
	for _, a := range c.from {
		w.checkOn(check, a, c.on)
	}
	for _, t := range c.into {
		if a, known := w.byID[t.ID]; known && c.on != "" {
			check.That(a.From <= c.on, "on", "agency.act_early", fault.Args{"Name": a.Name, "Day": a.From})
		}
	}
	if err := s.lockHoldings(ctx, c.from); err != nil {
		return nil, err
	}
	holdings, err := s.share(ctx, w, &c, check)
	if err != nil {
		return nil, err
	}
	if err := check.Err(); err != nil {
		return nil, err
	}
	if err := s.found(ctx, w, &c, check); err != nil {
		return nil, err
	}
	if err := s.moveUnits(ctx, w, &c, check); err != nil {
		return nil, err
	}
	if err := s.handOver(ctx, &c, holdings); err != nil {
		return nil, err
	}
	if err := s.follow(ctx, w, &c); err != nil {
		return nil, err
	}
	return s.recordAll(ctx, w, &c)
}

// lockHoldings locks what an act transfers, all of it before the first write: each
// transferred innovation has its own entry in the audit log, and the first entry
// locks the log.
func (s *Service) lockHoldings(ctx context.Context, from []Agency) error {
	var ids []string
	for _, a := range from {
		ids = append(ids, a.ID)
	}
	if err := s.Holdings.Lock(ctx, ids); err != nil {
		return err
	}
	return s.Staff.Lock(ctx, ids)
}

// share reads what the agencies have and checks that each thing has a target.
func (s *Service) share(ctx context.Context, w *directory, c *reorganisation, check *fault.Check) (map[string][]Holding, error) {
	all := map[string][]Holding{}
	if len(c.into) == 0 {
		return all, nil // a closed agency has nothing
	}
	for _, a := range c.from {
		holdings, err := s.Holdings.Innovations(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		all[a.ID] = holdings
		for _, h := range holdings {
			_, chosen := c.at(c.things, h.ID)
			check.That(chosen, fieldHolding.At(h.ID), "agency.split_choose_of", fault.Args{"Name": h.Name})
		}
		for _, u := range w.units(a.ID) {
			_, chosen := c.at(c.units, u.ID)
			check.That(chosen, fieldUnit.At(u.ID), "agency.split_choose_of", fault.Args{"Name": u.Name})
		}
	}
	for key, at := range c.others {
		check.That(c.in(at), fieldOther.At(key), "agency.split_choose")
	}
	return all, nil
}

// found ends agencies and creates new ones, in this order: a new one may have the
// name of one that ends.
func (s *Service) found(ctx context.Context, w *directory, c *reorganisation, check *fault.Check) error {
	for _, t := range c.into {
		if t.ID == "" {
			t.ID = s.NewID()
		}
		c.ids = append(c.ids, t.ID)
	}
	for _, a := range c.from {
		if !c.ends(a) {
			continue
		}
		a.Until = c.on
		if err := s.Store.Save(ctx, a); err != nil {
			return err
		}
		w.byID[a.ID] = a
	}
	for i, t := range c.into {
		if t.ID != "" {
			continue
		}
		a := Agency{ID: c.ids[i], Name: t.Name, Kind: t.Kind, From: c.on, Parent: w.above(c.from[0].Parent)}
		field := intoOnly.name
		if len(c.into) > 1 {
			field = intoAt(i).name
		}
		w.checkUnique(check, field, a)
		if err := check.Err(); err != nil {
			return err
		}
		if err := named(check, field, s.Store.Add(ctx, a)); err != nil {
			return err
		}
		w.byID[a.ID] = a
		w.list = append(w.list, a)
	}
	return nil
}

// above returns the nearest existing agency from id upwards.
func (w *directory) above(id string) string {
	for range len(w.byID) {
		if id == "" || w.byID[id].Lives() {
			return id
		}
		id = w.byID[id].Parent
	}
	return ""
}

// moveUnits gives the units of ended agencies an existing parent. A target below an
// agency that ends gets that one's parent; a choice that would make a circle is a
// mistake.
func (s *Service) moveUnits(ctx context.Context, w *directory, c *reorganisation, check *fault.Check) error {
	parents := map[string]string{}
	for _, id := range c.ids {
		top := ""
		for at, steps := w.byID[id].Parent, 0; at != "" && steps < len(w.byID); at, steps = w.byID[at].Parent, steps+1 {
			if !w.byID[at].Lives() {
				top = at
			}
		}
		if top != "" {
			parents[id] = w.above(w.byID[top].Parent)
		}
	}
	for _, a := range c.from {
		for _, u := range w.units(a.ID) {
			if _, moved := parents[u.ID]; moved {
				continue
			}
			if at, chosen := c.at(c.units, u.ID); chosen && c.ids[at] != u.ID {
				parents[u.ID] = c.ids[at]
			}
		}
	}
	for id, parent := range parents {
		a := w.byID[id]
		a.Parent = parent
		w.byID[id] = a
	}
	for _, id := range slices.Sorted(maps.Keys(parents)) {
		check.That(!w.under(w.byID[id].Parent, id), fieldUnit.At(id), "agency.parent_cycle")
	}
	if err := check.Err(); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(parents)) {
		if err := s.Store.Save(ctx, w.byID[id]); err != nil {
			return err
		}
		if err := s.Log.Append(ctx, audit.Agency.Of(id), EventChanged, w.byID[id].details()); err != nil {
			return err
		}
	}
	return nil
}

// handOver transfers innovations and people.
func (s *Service) handOver(ctx context.Context, c *reorganisation, holdings map[string][]Holding) error {
	for _, a := range c.from {
		for _, h := range holdings[a.ID] {
			at, _ := c.at(c.things, h.ID)
			if c.ids[at] == a.ID {
				continue
			}
			if err := s.Holdings.Move(ctx, h.ID, c.ids[at], c.on, c.decree); err != nil {
				return err
			}
		}
		to := ""
		if len(c.ids) > 0 {
			to = c.ids[c.people]
		}
		if to == a.ID {
			continue
		}
		if err := s.Staff.Move(ctx, a.ID, to, c.on); err != nil {
			return err
		}
	}
	return nil
}

// follow gives the other references to each agency to those that follow it, or ends
// them.
func (s *Service) follow(ctx context.Context, w *directory, c *reorganisation) error {
	var into []reference.Agency
	for _, id := range c.ids {
		into = append(into, reference.Agency{ID: id, Name: w.byID[id].Name})
	}
	for _, a := range c.from {
		act := reference.Succession{
			From: reference.Agency{ID: a.ID, Name: a.Name}, Ends: c.ends(a), Into: into, Decree: c.decree.Number,
			Chosen: func(r reference.Reference) reference.Agency {
				if len(into) == 0 {
					return reference.Agency{}
				}
				if at, chosen := c.others[r.Key()]; chosen {
					return into[at]
				}
				return into[c.people]
			},
		}
		for _, room := range s.References {
			if err := room.Follow(ctx, act); err != nil {
				return err
			}
		}
	}
	return nil
}

// recordAll records each pair of an agency and one that follows it.
func (s *Service) recordAll(ctx context.Context, w *directory, c *reorganisation) (audit.Details, error) {
	act := Act{ID: creating.ID(ctx, s.NewID), Move: c.move, On: c.on, Decree: c.decree}
	var before, after []string
	for _, id := range c.ids {
		after = append(after, w.byID[id].Name)
	}
	for _, a := range c.from {
		before = append(before, a.Name)
		act.From, act.FromName = a.ID, a.Name
		if len(c.ids) == 0 {
			if err := s.Store.Record(ctx, act); err != nil {
				return nil, err
			}
		}
		for _, id := range c.ids {
			act.To, act.ToName = id, w.byID[id].Name
			if err := s.Store.Record(ctx, act); err != nil {
				return nil, err
			}
		}
	}
	act.FromName, act.ToName = strings.Join(before, "; "), strings.Join(after, "; ")
	return act.details(), nil
}
