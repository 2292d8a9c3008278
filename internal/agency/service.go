package agency

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
)

// longest is the limit of a name in characters, far above that of official names.
const longest = 200

// Service has the rules of agencies. Holdings, Staff and References are used by acts
// only.
type Service struct {
	Store      Store
	Holdings   Holdings
	Staff      Staff
	References []reference.Agencies // of rooms of higher rank; app sets them
	Log        Log
	Tx         uow.Transactor
	NewID      func() string
	Now        func() time.Time
}

// MayAdd reports whether who may add and change the region's agencies.
func MayAdd(who actor.Actor) bool { return who.Serves("", actor.Admin) }

// All returns the region's existing agencies to anybody signed in.
func (s *Service) All(ctx context.Context) ([]Agency, error) {
	all, err := s.AllIncludingEnded(ctx)
	return slices.DeleteFunc(all, func(a Agency) bool { return !a.Lives() }), err
}

// AllIncludingEnded is All with the ended agencies.
func (s *Service) AllIncludingEnded(ctx context.Context) ([]Agency, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.All(ctx)
}

// ByID returns an agency of the region, ended or not.
func (s *Service) ByID(ctx context.Context, id string) (Agency, error) {
	if !actor.From(ctx).SignedIn() {
		return Agency{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.ByID(ctx, id)
}

// Living is ByID for an agency that must not have ended; otherwise it returns
// Conflict.
func (s *Service) Living(ctx context.Context, id string) (Agency, error) {
	a, err := s.ByID(ctx, id)
	if err == nil && !a.Lives() {
		return Agency{}, ended(a)
	}
	return a, err
}

// LockShared is ByID with a shared lock: no act changes the agency until the caller's
// transaction ends.
func (s *Service) LockShared(ctx context.Context, id string) (Agency, error) {
	return s.Store.LockShared(ctx, id)
}

// Lock is LockShared with an exclusive lock.
func (s *Service) Lock(ctx context.Context, id string) (Agency, error) { return s.Store.Lock(ctx, id) }

func ended(a Agency) error {
	return fault.New(fault.Conflict, "agency.ended").With(fault.Args{"Name": a.Name})
}

// CheckAdd returns the fault if the actor may not add or change agencies.
func (s *Service) CheckAdd(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayAdd(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Entry is the form of an agency.
type Entry struct {
	Name   string
	Kind   Kind
	Parent string
	From   string // as typed; may be empty
	// Version is that of the agency when the form was opened.
	Version int64
}

// Add adds an agency with that name and kind at the top of the tree.
func (s *Service) Add(ctx context.Context, name string, kind Kind) (Agency, error) {
	return s.Create(ctx, Entry{Name: name, Kind: kind})
}

// Create adds an agency. It returns Invalid with all mistakes of the form, among them
// a name that is taken.
func (s *Service) Create(ctx context.Context, e Entry) (Agency, error) {
	var check fault.Check
	a := Agency{ID: creating.ID(ctx, s.NewID), Name: text.Line(e.Name), Kind: e.Kind, Parent: e.Parent, Version: 1}
	err := s.change(ctx, func(ctx context.Context, w *directory) error {
		checkName(&check, "name", a.Name)
		w.checkUnique(&check, "name", a)
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

// change runs every change of agencies: in a transaction it locks all agencies of the
// region and reads them again, then fn decides, writes, and appends to the audit log
// last. fn must lock what an act transfers before it writes.
func (s *Service) change(ctx context.Context, fn func(ctx context.Context, w *directory) error) error {
	if err := s.CheckAdd(ctx); err != nil { // before any lock
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

// Edit changes the place of an agency in the tree, its kind and its first day. Only
// an act changes its name. It returns Conflict if the agency was changed since the
// form was opened.
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
			return fault.Moved("agency.moved_on")
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

func checkName(check *fault.Check, field fault.FieldName, name string) {
	check.That(name != "", field, "agency.name_missing")
	check.That(utf8.RuneCountInString(name) <= longest, field, "agency.name_long", fault.Args{"Most": longest})
}

// checkUnique adds a mistake if an existing agency has the name of a, or one that people
// would take for it.
func (w *directory) checkUnique(check *fault.Check, field fault.FieldName, a Agency) {
	for _, other := range w.byID {
		if a.Name != "" && other.ID != a.ID && other.Lives() && text.SameName(other.Name, a.Name) {
			check.That(false, field, "agency.name_taken")
			return
		}
	}
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
