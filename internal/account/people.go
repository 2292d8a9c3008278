package account

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/page"
)

// maxListed is the number of people on a page of the list.
const maxListed = 50

// Listing is a page of the list of people.
type Listing struct {
	People       []Entry
	Total        int
	Number, Last int // page
}

// MayLook reports whether who may read the people of the region.
func MayLook(who actor.Actor) bool { return who.Serves("", actor.Admin, actor.Brida) }

// MayMake reports whether who may add people and assign them.
func MayMake(who actor.Actor) bool { return who.Serves("", actor.Admin) }

func check(ctx context.Context, may func(actor.Actor) bool) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !may(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// CheckCreate returns the fault if the actor may not add people.
func (s *Service) CheckCreate(ctx context.Context) error { return check(ctx, MayMake) }

// List returns a page of the people selected by f.
func (s *Service) List(ctx context.Context, f Filter) (Listing, error) {
	if err := check(ctx, MayLook); err != nil {
		return Listing{}, err
	}
	at := page.Of(f.Number, maxListed)
	f.Number = at.Number
	list, total, err := s.Store.List(ctx, f, s.Now(), at.Size, at.Offset())
	if err != nil {
		return Listing{}, fmt.Errorf("list people: %w", err)
	}
	if len(list) == 0 && f.Number > 1 {
		return Listing{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return Listing{list, total, f.Number, at.Last(total)}, nil
}

// Units returns the agencies to which people may be assigned.
func (s *Service) Units(ctx context.Context) ([]Unit, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Agencies.Units(ctx)
}

// ByID returns a person with all assignments, the latest first.
func (s *Service) ByID(ctx context.Context, person string) (Entry, error) {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return Entry{}, fault.New(fault.Unknown, "fault.sign_in")
	case !MayLook(who):
		return Entry{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return s.entry(ctx, person)
}

func (s *Service) entry(ctx context.Context, person string) (e Entry, err error) {
	if e.Person, err = s.Store.ByID(ctx, person); err != nil {
		return Entry{}, fmt.Errorf("person %s: %w", person, err)
	}
	if e.Assignments, err = s.Store.Assignments(ctx, person); err != nil {
		return Entry{}, fmt.Errorf("person %s: %w", person, err)
	}
	return e, nil
}

// change runs every change of another person or their assignments. It locks the
// region exclusively, the person and the admins, calls may, which reads the person
// again and decides, then fn, which writes, and last appends the details that fn
// returns to the audit log. If fn returns nil details, nothing has changed.
func (s *Service) change(
	ctx context.Context, person string, event audit.Event, may func(context.Context, string) (Entry, error),
	fn func(ctx context.Context, e Entry) (audit.Details, error),
) error {
	if _, err := may(ctx, person); err != nil { // before any lock
		return err
	}
	err := s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.LockAdmins(ctx, person); err != nil {
			return err
		}
		e, err := may(ctx, person)
		if err != nil {
			return err
		}
		details, err := fn(ctx, e)
		if err != nil || details == nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(person), event, details)
	})
	if err != nil {
		return fmt.Errorf("person %s: %s: %w", person, event, err)
	}
	return nil
}

// changed returns a person whom the actor may change.
func (s *Service) changed(ctx context.Context, person string) (Entry, error) {
	e, err := s.ByID(ctx, person)
	if err == nil && !MayMake(actor.From(ctx)) {
		err = fault.New(fault.Forbidden, "fault.forbidden")
	}
	return e, err
}

// Create adds a person with a one-time code and, unless task is empty, a first
// assignment.
func (s *Service) Create(ctx context.Context, form PersonForm, task TaskForm) (InviteCode, error) {
	if err := s.CheckCreate(ctx); err != nil {
		return InviteCode{}, err
	}
	var mistakes fault.Check
	form = form.Tidy()
	form.Check(&mistakes)
	first, err := s.readTask(ctx, task, &mistakes)
	if err != nil {
		return InviteCode{}, err
	}
	if err := mistakes.Err(); err != nil {
		return InviteCode{}, err
	}
	p := Person{ID: creating.ID(ctx, s.NewID), Name: form.Name, Login: form.Login, Phone: form.Phone, Language: form.Language, Active: true}
	code, err := s.Access.NewCode(ctx)
	if err != nil {
		return InviteCode{}, fmt.Errorf("create %s: %w", p.ID, err)
	}
	err = s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckCreate(ctx); err != nil {
			return err
		}
		if first, err = s.readTask(ctx, task, &mistakes); err != nil { // its agency may have ended meanwhile
			return err
		}
		if err := mistakes.Err(); err != nil {
			return err
		}
		if err := s.Add(ctx, p, first); err != nil {
			return err
		}
		if err := s.Access.SetCode(ctx, p.ID, code); err != nil {
			return err
		}
		details := audit.Details{audit.KeyName: p.Name, audit.KeyLogin: p.Login}
		for _, a := range first {
			details[audit.KeyRole], details[audit.KeyAgency] = string(a.Role), a.Agency
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventPersonAdded, details)
	})
	if err != nil {
		return InviteCode{}, fmt.Errorf("create %s: %w", p.ID, err)
	}
	return InviteCode{p, code.Text, code.Until}, nil
}

// readTask returns the assignment of a form in a list, which is empty for an empty
// form.
func (s *Service) readTask(ctx context.Context, task TaskForm, mistakes *fault.Check) ([]Assignment, error) {
	if task.Empty() {
		return nil, nil
	}
	units, err := s.Agencies.Units(ctx)
	if err != nil {
		return nil, fmt.Errorf("agencies: %w", err)
	}
	a := task.read(ctx, mistakes, units, s.Now())
	a.ID = s.NewID()
	return []Assignment{a}, nil
}

// Assign adds an assignment of a person.
func (s *Service) Assign(ctx context.Context, person string, task TaskForm) error {
	return s.change(ctx, person, EventAssigned, s.changed, func(ctx context.Context, e Entry) (audit.Details, error) {
		var mistakes fault.Check
		units, err := s.Agencies.Units(ctx)
		if err != nil {
			return nil, fmt.Errorf("agencies: %w", err)
		}
		a := task.read(ctx, &mistakes, units, s.Now())
		a.ID = creating.ID(ctx, s.NewID)
		if err := mistakes.Err(); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(e.Assignments, a.meets) {
			mistakes.That(false, fieldRole, "account.role_taken")
			return nil, mistakes.Err()
		}
		return taskDetails(a), s.Store.Assign(ctx, person, a)
	})
}

func taskDetails(a Assignment) audit.Details {
	return audit.Details{audit.KeyRole: string(a.Role), audit.KeyAgency: a.Agency, audit.KeyDecree: a.Decree.Number}
}

// checkAdmin is called in the transaction of a change, with the admins locked. It
// returns a Conflict if the actor is no longer an admin, or the region has no admin
// without end.
func (s *Service) checkAdmin(ctx context.Context, person string) error {
	if person == actor.From(ctx).ID {
		left, err := s.Store.Assignments(ctx, person)
		if err != nil {
			return err
		}
		counts := func(a Assignment) bool { return a.Role == actor.Admin && a.State(s.Now()) == Counting }
		if !slices.ContainsFunc(left, counts) {
			return fault.New(fault.Conflict, "account.own_admin")
		}
	}
	has, err := s.Store.HasLastingAdmin(ctx, s.Now())
	if err == nil && !has {
		return fault.New(fault.Conflict, "account.last_admin")
	}
	return err
}

// SetActive allows a person to sign in, or forbids it and ends all their sessions.
// What they have done is unchanged; what waits for them by name goes back to their
// agencies.
func (s *Service) SetActive(ctx context.Context, person string, active bool) error {
	event := EventActivated
	if !active {
		event = EventDeactivated
	}
	return s.change(ctx, person, event, s.changed, func(ctx context.Context, e Entry) (audit.Details, error) {
		if !active && person == actor.From(ctx).ID {
			return nil, fault.New(fault.Conflict, "account.own_active")
		}
		if e.Active == active {
			return nil, nil
		}
		if err := s.Store.SetActive(ctx, person, active); err != nil {
			return nil, err
		}
		admin := slices.ContainsFunc(e.Assignments, func(a Assignment) bool { return a.Role == actor.Admin })
		if !active && admin {
			if err := s.checkAdmin(ctx, person); err != nil {
				return nil, err
			}
		}
		if err := s.Release(ctx); err != nil {
			return nil, err
		}
		return audit.Details{}, s.Access.EndSessions(ctx, person)
	})
}

// ResetFactor removes the second factor of a person who has lost it and ends their
// sessions; if the region demands one, they set up another at their next sign-in.
func (s *Service) ResetFactor(ctx context.Context, person string) error {
	return s.change(ctx, person, EventFactorReset, s.changed, func(ctx context.Context, _ Entry) (audit.Details, error) {
		if person == actor.From(ctx).ID {
			return nil, fault.New(fault.Conflict, "account.factor_own")
		}
		return audit.Details{}, s.Access.EndFactor(ctx, person)
	})
}

// DemandsFactor reports whether the region demands a second factor of admins and
// BRIDA.
func (s *Service) DemandsFactor(ctx context.Context) (bool, error) {
	if err := check(ctx, MayLook); err != nil {
		return false, err
	}
	return s.Access.DemandsFactor(ctx)
}

// SetDemand sets what DemandsFactor reports; it takes effect at each person's next
// sign-in.
func (s *Service) SetDemand(ctx context.Context, demand bool) error {
	if err := s.CheckCreate(ctx); err != nil {
		return err
	}
	err := s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckCreate(ctx); err != nil {
			return err
		}
		if err := s.Access.SetDemand(ctx, demand); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Region.Of(actor.From(ctx).Region), EventFactorDemandSet, audit.Details{audit.KeyDemand: strconv.FormatBool(demand)})
	})
	if err != nil {
		return fmt.Errorf("demand a second factor: %w", err)
	}
	return nil
}

// LoginStatuses returns the login status of people, by id.
func (s *Service) LoginStatuses(ctx context.Context, people ...Entry) (map[string]LoginStatus, error) {
	if err := check(ctx, MayLook); err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(people))
	for _, e := range people {
		ids = append(ids, e.ID)
	}
	return s.Access.LoginStatuses(ctx, ids)
}
