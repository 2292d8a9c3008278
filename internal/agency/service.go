package agency

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
)

// longest is the most letters that a name may have; official names stay far below.
const longest = 200

// Service holds the rules of agencies. Holdings and Staff serve the acts alone.
type Service struct {
	Store    Store
	Holdings Holdings
	Staff    Staff
	Log      Log
	Tx       uow.Transactor
	NewID    func() string
	Now      func() time.Time
}

// MayAdd reports whether who makes and changes the region's agencies.
func MayAdd(who actor.Actor) bool { return who.Serves("", actor.Admin) }

// All lists the region's living agencies to whoever has signed in: their names are public.
func (s *Service) All(ctx context.Context) ([]Agency, error) {
	all, err := s.AllIncludingEnded(ctx)
	return slices.DeleteFunc(all, func(a Agency) bool { return !a.Lives() }), err
}

// AllIncludingEnded is All with the agencies that have ended.
func (s *Service) AllIncludingEnded(ctx context.Context) ([]Agency, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.All(ctx)
}

// ByID returns one agency of the region, living or not.
func (s *Service) ByID(ctx context.Context, id string) (Agency, error) {
	if !actor.From(ctx).SignedIn() {
		return Agency{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.ByID(ctx, id)
}

// Living is ByID for whoever wants to give the agency something: it returns
// Conflict for one that has ended.
func (s *Service) Living(ctx context.Context, id string) (Agency, error) {
	a, err := s.ByID(ctx, id)
	if err == nil && !a.Lives() {
		return Agency{}, ended(a)
	}
	return a, err
}

// LockShared is ByID for features above that rely on the agency as it is: no act
// changes it before the caller's transaction ends.
func (s *Service) LockShared(ctx context.Context, id string) (Agency, error) {
	return s.Store.LockShared(ctx, id)
}

// Lock is LockShared for one transaction alone: others that rely on the agency
// wait for its end too.
func (s *Service) Lock(ctx context.Context, id string) (Agency, error) { return s.Store.Lock(ctx, id) }

func ended(a Agency) error {
	return fault.New(fault.Conflict, "agency.ended").With(fault.Args{"Name": a.Name})
}

// CheckAdd returns the fault that explains why the actor may not make an
// agency or change one.
func (s *Service) CheckAdd(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayAdd(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Entry is what a person writes of an agency.
type Entry struct {
	Name   string
	Kind   Kind
	Parent string
	From   string // a day as a person writes it, or nothing
	// Version is that of the agency that an edit has been shown.
	Version int64
}

// Add makes an agency of that name and kind at the top of the tree.
func (s *Service) Add(ctx context.Context, name string, kind Kind) (Agency, error) {
	return s.Create(ctx, Entry{Name: name, Kind: kind})
}

// Create makes an agency. It returns Invalid with every field that needs a
// repair; a name that is taken is one of them.
func (s *Service) Create(ctx context.Context, e Entry) (Agency, error) {
	var check fault.Check
	a := Agency{ID: s.NewID(), Name: plain(e.Name), Kind: e.Kind, Parent: e.Parent, Version: 1}
	err := s.change(ctx, func(ctx context.Context, w *directory) error {
		checkName(&check, "name", a.Name)
		check.That(w.knows(a.Kind), "kind", "agency.kind_missing")
		w.checkParent(&check, a)
		a.From = s.checkFrom(ctx, &check, e.From)
		if err := check.Err(); err != nil {
			return err
		}
		if err := named(&check, "name", s.Store.Add(ctx, a)); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Agency.Of(a.ID), EventAdded, a.details())
	})
	if err != nil {
		return Agency{}, fault.Wrap(err, "agency %s: add", a.ID)
	}
	return a, nil
}

// change is the way in for whoever changes agencies: in a transaction it locks
// all of the region and reads them again, then fn decides, writes, and appends
// to the log last. What an act hands on is locked before it is written.
func (s *Service) change(ctx context.Context, fn func(ctx context.Context, w *directory) error) error {
	if err := s.CheckAdd(ctx); err != nil { // who may not locks nothing
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckAdd(ctx); err != nil {
			return err
		}
		w, err := s.load(ctx)
		if err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// Edit changes where an agency stands in the tree, its kind and its first day.
// Its name changes by an act alone. It returns Conflict when somebody else has
// changed the agency since the form was opened.
func (s *Service) Edit(ctx context.Context, id string, e Entry) error {
	err := s.change(ctx, func(ctx context.Context, w *directory) error {
		a, err := w.living(id)
		if err != nil {
			return err
		}
		var check fault.Check
		a.Kind, a.Parent = e.Kind, e.Parent
		check.That(w.knows(a.Kind), "kind", "agency.kind_missing")
		w.checkParent(&check, a)
		a.From = s.checkFrom(ctx, &check, e.From)
		if first := w.first[id]; a.From != "" && first != "" {
			check.That(a.From < first, "from", "agency.from_late", fault.Args{"Day": first})
		}
		if err := check.Err(); err != nil {
			return err
		}
		if e.Version != a.Version {
			return fault.New(fault.Conflict, "agency.moved_on")
		}
		if err := s.Store.Save(ctx, a); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Agency.Of(id), EventChanged, a.details())
	})
	return fault.Wrap(err, "agency %s: edit", id)
}

func (a Agency) details() audit.Details {
	d := audit.Details{audit.KeyName: a.Name, audit.KeyKind: string(a.Kind)}
	if a.Parent != "" {
		d[audit.KeyParent] = a.Parent
	}
	if a.From != "" {
		d[audit.KeyBegins] = string(a.From)
	}
	return d
}

func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

func checkName(check *fault.Check, field fault.FieldName, name string) {
	check.That(name != "", field, "agency.name_missing")
	check.That(utf8.RuneCountInString(name) <= longest, field, "agency.name_long", fault.Args{"Most": longest})
}

// named turns the Conflict of a name that is taken into a mistake of its field.
func named(check *fault.Check, field fault.FieldName, err error) error {
	if fault.KindOf(err) != fault.Conflict {
		return err
	}
	check.That(false, field, "agency.name_taken")
	return check.Err()
}

func (s *Service) checkFrom(ctx context.Context, check *fault.Check, text string) day.Day {
	d, ok := day.Parse(text)
	check.That(ok, "from", "agency.day_unread")
	if ok && d != "" {
		check.That(d <= zone.Today(ctx, s.Now()), "from", "agency.day_future")
	}
	return d
}
