package agency

import (
	"context"
	"slices"

	"siida.id/internal/audit"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// MergeEntry is the form of a merger.
type MergeEntry struct {
	DecreeForm
	With string // another agency that ends with the first; may be empty
	Into Target
}

// SplitEntry is the form of a split. The numbers in Things, Units and Others and People
// are indices of targets in Into; a missing number is a mistake, except in Others, where
// it is that of People.
type SplitEntry struct {
	DecreeForm
	Into   []Target
	Things map[string]int // by the id of an innovation
	Units  map[string]int // by the id of a unit
	Others map[string]int // by the key of another reference
	People int            // of the assignments, which are transferred together
}

// Rename changes the name of an agency from a day on.
func (s *Service) Rename(ctx context.Context, id, name string, p DecreeForm) error {
	name = text.Line(name)
	return s.within(ctx, id, Rename, func(ctx context.Context, w *directory, a Agency) (audit.Details, error) {
		var check fault.Check
		checkName(&check, "name", name)
		check.That(name == "" || name != a.Name, "name", "agency.name_same")
		w.checkUnique(&check, "name", Agency{ID: a.ID, Name: name})
		decree, on := s.checkDecree(ctx, &check, p)
		w.checkOn(&check, a, on)
		if err := check.Err(); err != nil {
			return nil, err
		}
		act := Act{ID: creating.ID(ctx, s.NewID), Move: Rename, On: on, Decree: decree, From: id, To: id, FromName: a.Name, ToName: name}
		a.Name = name
		if err := named(&check, "name", s.Store.Save(ctx, a)); err != nil {
			return nil, err
		}
		return act.details(), s.Store.Record(ctx, act)
	})
}

// Merge ends an agency, and another one if e.With is set, and transfers all that they
// have to the target.
func (s *Service) Merge(ctx context.Context, id string, e MergeEntry) error {
	return s.within(ctx, id, Merge, func(ctx context.Context, w *directory, a Agency) (audit.Details, error) {
		c := reorganisation{move: Merge, from: []Agency{a}, into: []Target{e.Into}, only: true}
		var check fault.Check
		if e.With != "" {
			other, known := w.byID[e.With]
			check.That(known && other.Lives() && e.With != id, "with", "agency.with_choose")
			check.That(e.With != e.Into.ID, "with", "agency.with_target")
			c.from = append(c.from, other)
		}
		check.That(e.Into.ID != id, intoOnly.id, "agency.target_self")
		c.into[0].Name = text.Line(e.Into.Name)
		w.checkTarget(&check, c.into[0], intoOnly)
		return s.carryOut(ctx, w, c, e.DecreeForm, &check)
	})
}

// Split transfers all that an agency has to two or more targets. It ends unless it is
// one of them.
func (s *Service) Split(ctx context.Context, id string, e SplitEntry) error {
	return s.within(ctx, id, Split, func(ctx context.Context, w *directory, a Agency) (audit.Details, error) {
		c := reorganisation{move: Split, from: []Agency{a}, things: e.Things, units: e.Units, others: e.Others, people: e.People}
		var check fault.Check
		for i, t := range e.Into {
			fields := intoAt(i)
			t.Name = text.Line(t.Name)
			w.checkTarget(&check, t, fields)
			twice := slices.ContainsFunc(c.into, func(o Target) bool {
				return o.ID == t.ID && (t.ID != "" || text.SameName(o.Name, t.Name))
			})
			field := fields.name
			if t.ID != "" {
				field = fields.id
			}
			check.That(!twice, field, "agency.target_twice")
			c.into = append(c.into, t)
		}
		check.That(len(c.into) > 1, intoAt(0).name, "agency.target_choose")
		check.That(c.in(e.People), "people", "agency.split_choose")
		return s.carryOut(ctx, w, c, e.DecreeForm, &check)
	})
}

// Close ends an agency without a successor. It returns Conflict while it has active
// innovations or units, which must be transferred first.
func (s *Service) Close(ctx context.Context, id string, p DecreeForm) error {
	return s.within(ctx, id, Close, func(ctx context.Context, w *directory, a Agency) (audit.Details, error) {
		holdings, err := s.Holdings.Innovations(ctx, id)
		if err != nil {
			return nil, err
		}
		if n := len(holdings) + len(w.units(id)); n > 0 {
			return nil, fault.New(fault.Conflict, "agency.close_holds").With(fault.Args{"Count": n})
		}
		var check fault.Check
		return s.carryOut(ctx, w, reorganisation{move: Close, from: []Agency{a}}, p, &check)
	})
}

// within is change for an act on an existing agency; it appends the act's entry to
// the audit log.
func (s *Service) within(ctx context.Context, id string, m Move, act func(context.Context, *directory, Agency) (audit.Details, error)) error {
	err := s.change(ctx, func(ctx context.Context, w *directory) error {
		a, err := w.living(id)
		if err != nil {
			return err
		}
		details, err := act(ctx, w, a)
		if err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Agency.Of(id), m.event(), details)
	})
	return fault.Wrap(err, "agency %s: %s", id, m)
}

func (a Act) details() audit.Details {
	return audit.Details{
		audit.KeyNumber: a.Decree.Number, audit.KeyDate: string(a.Decree.Signed), audit.KeyEffective: string(a.On),
		audit.KeyFrom: a.FromName, audit.KeyTo: a.ToName,
	}
}
