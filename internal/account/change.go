package account

import (
	"context"
	"slices"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
)

// Assignment returns a person whom the actor may change, and their assignment with
// that id.
func (s *Service) Assignment(ctx context.Context, person, assignment string) (Entry, Assignment, error) {
	e, err := s.changed(ctx, person)
	if err != nil {
		return Entry{}, Assignment{}, err
	}
	i := slices.IndexFunc(e.Assignments, func(a Assignment) bool { return a.ID == assignment })
	if i < 0 {
		return Entry{}, Assignment{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return e, e.Assignments[i], nil
}

// EndAssignment ends an assignment after the day last, as it was typed, or now if it
// is empty; what waits for the person by name goes back to the agency when it ends. It
// neither changes an ended assignment nor extends one.
func (s *Service) EndAssignment(ctx context.Context, person, assignment, last string) error {
	may := func(ctx context.Context, person string) (Entry, error) {
		e, _, err := s.Assignment(ctx, person, assignment)
		return e, err
	}
	return s.change(ctx, person, EventAssignmentEnded, may, func(ctx context.Context, _ Entry) (audit.Details, error) {
		_, a, err := s.Assignment(ctx, person, assignment)
		if err != nil || a.State(s.Now()) == Ended {
			return nil, err
		}
		if a.Until, err = s.readEnd(ctx, a, last); err != nil {
			return nil, err
		}
		ended, err := s.Store.End(ctx, person, assignment, a.Until)
		if err != nil || !ended { // it has the same end already
			return nil, err
		}
		if a.Role == actor.Admin {
			if err := s.checkAdmin(ctx, person); err != nil {
				return nil, err
			}
		}
		if err := s.Release(ctx); err != nil {
			return nil, err
		}
		details := taskDetails(a)
		details[audit.KeyUntil] = string(a.LastDay(ctx))
		return details, nil
	})
}

// readEnd returns the end of an assignment with that last day, which is included.
func (s *Service) readEnd(ctx context.Context, a Assignment, last string) (time.Time, error) {
	var check fault.Check
	d, ok := day.Parse(last)
	check.That(ok, fieldLast, "account.day_form")
	if d == "" {
		return s.Now(), check.Err()
	}
	end := zone.Start(ctx, d.AddDays(1))
	check.That(end.After(s.Now()), fieldLast, "account.last_past")
	check.That(end.After(a.From), fieldLast, "account.until_early")
	check.That(a.Until.IsZero() || !end.After(a.Until), fieldLast, "account.last_late", fault.Args{"Day": a.LastDay(ctx)})
	return end, check.Err()
}

// MayCorrect reports whether who may correct the name of a person: an admin may, of
// others who do not rank higher. One's own name is changed on one's own page.
func (s *Service) MayCorrect(who actor.Actor, e Entry) bool {
	return MayMake(who) && who.ID != e.ID && rank(e.Assignments, s.Now()) <= rankOf(who)
}

// CheckCorrect returns a person whose name the actor may correct, or the fault why
// not.
func (s *Service) CheckCorrect(ctx context.Context, person string) (Entry, error) {
	e, err := s.changed(ctx, person)
	switch who := actor.From(ctx); {
	case err != nil:
		return Entry{}, err
	case who.ID == e.ID:
		return Entry{}, fault.New(fault.Conflict, "account.correct_own")
	case !s.MayCorrect(who, e):
		return Entry{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	return e, nil
}

// Correct changes the name and phone of another person. Login, language, password and
// sessions stay; the audit log has the previous name. It returns Conflict if somebody
// else has changed them since the form was opened.
func (s *Service) Correct(ctx context.Context, person string, form PersonForm) error {
	return s.change(ctx, person, EventPersonCorrected, s.CheckCorrect, func(ctx context.Context, e Entry) (audit.Details, error) {
		form := form.Tidy()
		form.Language = e.Language
		return audit.Details{audit.KeyName: form.Name, audit.KeyNameBefore: e.Name}, s.saveProfile(ctx, e.Person, form, "account.name_of_missing")
	})
}

// saveProfile stores the profile of a form for a person who is locked. Its mistake
// for an empty name is the key missing.
func (s *Service) saveProfile(ctx context.Context, p Person, form PersonForm, missing string) error {
	var mistakes fault.Check
	form.checkProfile(&mistakes, missing)
	if err := mistakes.Err(); err != nil {
		return err
	}
	if form.Version != p.Version {
		return fault.Moved("account.moved_on")
	}
	return s.Store.SaveProfile(ctx, Person{ID: p.ID, Name: form.Name, Phone: form.Phone, Language: form.Language})
}
