package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/zone"
)

// MoveStaff transfers the assignments at an agency that have not ended to another
// agency from a day on: each ends as that day begins, and a new one with the same
// role, end and decree begins, for the time in which the person does not hold that task
// already. If to is empty, they only end. Only an admin of the region may; agencies call
// it when they merge or close, and then have the references to these people follow.
func (s *Service) MoveStaff(ctx context.Context, from, to string, on day.Day) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !who.Serves("", actor.Admin):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		posts, err := s.Store.Posts(ctx, from, zone.Start(ctx, on))
		if err != nil {
			return fmt.Errorf("staff of %s: %w", from, err)
		}
		for _, p := range posts {
			if err := s.movePost(ctx, p, to, on); err != nil {
				return fmt.Errorf("staff of %s: %w", from, err)
			}
		}
		return s.Log.Append(ctx, audit.Agency.Of(from), EventStaffMoved, audit.Details{audit.KeyTo: to, audit.KeyDate: string(on)})
	})
}

// LockStaff locks the people assigned to agencies, in the order of their ids.
func (s *Service) LockStaff(ctx context.Context, agencyIDs []string) error {
	var people []string
	for _, id := range agencyIDs {
		posts, err := s.Store.Posts(ctx, id, time.Time{})
		if err != nil {
			return fmt.Errorf("staff of %s: %w", id, err)
		}
		for _, p := range posts {
			people = append(people, p.Person)
		}
	}
	slices.Sort(people)
	for _, person := range slices.Compact(people) {
		if _, err := s.Store.LockPerson(ctx, person); err != nil {
			return fmt.Errorf("staff: person %s: %w", person, err)
		}
	}
	return nil
}

// ZoneChanged implements region.Days: assignments keep their first and last day when
// the region's zone changes. One that began or ended within a day keeps that moment.
func (s *Service) ZoneChanged(ctx context.Context, from, to string) (moved int, err error) {
	list, err := s.Store.AllAssignments(ctx)
	if err != nil {
		return 0, fmt.Errorf("days of assignments: %w", err)
	}
	for _, a := range list {
		next := a.inZone(from, to)
		if next.From.Equal(a.From) && next.Until.Equal(a.Until) {
			continue
		}
		if err := s.Store.SetBounds(ctx, next); err != nil {
			return 0, fmt.Errorf("days of assignment %s: %w", a.ID, err)
		}
		moved++
	}
	return moved, nil
}

// inZone returns a with the same days in the zone to as it had in the zone from. If
// the new end would be before the new start, because a began in the last hours of its
// only day, it is the start.
func (a Assignment) inZone(from, to string) Assignment {
	never := !a.Until.IsZero() && a.Until.Before(a.From) // it ended before its start
	a.From = zone.Moved(a.From, from, to)
	if a.Until = zone.Moved(a.Until, from, to); !never && !a.Until.IsZero() && a.Until.Before(a.From) {
		a.Until = a.From
	}
	return a
}

// Post is an assignment with the person appointed.
type Post struct {
	Person, Name string
	Assignment
}

func (s *Service) movePost(ctx context.Context, p Post, to string, on day.Day) error {
	moment, end := zone.Start(ctx, on), p.From
	switch {
	case p.From.Before(moment):
		end = moment
	case p.From.After(s.Now()): // ended before its start
		end = s.Now()
	}
	if _, err := s.Store.End(ctx, p.Person, p.ID, end); err != nil {
		return err
	}
	if to == "" {
		return nil
	}
	next := p.Assignment
	next.Agency = to
	if next.From.Before(moment) {
		next.From = moment
	}
	held, err := s.Store.Assignments(ctx, p.Person)
	if err != nil {
		return err
	}
	for _, part := range next.without(held) {
		part.ID = s.NewID()
		if err := s.Store.Assign(ctx, p.Person, part); err != nil {
			return err
		}
	}
	return nil
}

// without returns the parts of a in which none of the held assignments is for the same
// task.
func (a Assignment) without(held []Assignment) []Assignment {
	parts := []Assignment{a}
	for _, h := range held {
		var left []Assignment
		for _, part := range parts {
			if !part.meets(h) {
				left = append(left, part)
				continue
			}
			if part.From.Before(h.From) {
				before := part
				before.Until = h.From
				left = append(left, before)
			}
			if !h.Until.IsZero() && (part.Until.IsZero() || h.Until.Before(part.Until)) {
				after := part
				after.From = h.Until
				left = append(left, after)
			}
		}
		parts = left
	}
	return parts
}

// OfAgency returns the assignments at an agency that have not ended, as references of
// the person who holds it, to those who may read people.
func (s *Service) OfAgency(ctx context.Context, agencyID string) ([]reference.Reference, error) {
	if err := check(ctx, MayLook); err != nil {
		return nil, err
	}
	posts, err := s.Store.Posts(ctx, agencyID, s.Now())
	if err != nil {
		return nil, fmt.Errorf("staff of %s: %w", agencyID, err)
	}
	list := make([]reference.Reference, 0, len(posts))
	for _, p := range posts {
		list = append(list, reference.Reference{Kind: reference.Assignment, ID: p.ID, Name: p.Name})
	}
	return list, nil
}

// ReferencesTo returns what waits for a person by name, to those who may read people;
// at an agency only, unless agencyID is empty. It goes back to all people of the agency
// when the person's assignment ends or their account is closed.
func (s *Service) ReferencesTo(ctx context.Context, person, agencyID string) (list []reference.Reference, err error) {
	if err := check(ctx, MayLook); err != nil {
		return nil, err
	}
	for _, room := range s.References {
		found, err := room.OfPerson(ctx, person, agencyID)
		if err != nil {
			return nil, fmt.Errorf("references to %s: %w", person, err)
		}
		list = append(list, found...)
	}
	return list, nil
}

// Release has every room give what waits for people who can no longer do it back to
// all people of the agency. A job calls it daily, for assignments that have ended.
func (s *Service) Release(ctx context.Context) error {
	err := s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		for _, room := range s.References {
			if err := room.Release(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return fault.Wrap(err, "release references to people")
}
