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
	"siida.id/internal/base/zone"
)

// MoveStaff gives every assignment at an agency that is running or yet to begin
// to another agency from a day on: the old one ends as that day begins, and a
// new one with the same role, end and decree begins. Where to is empty they
// only end. Admins of the region alone may, as when agencies merge.
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

// LockStaff locks the people of agencies, in the order of their ids, for an act
// that moves them.
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

// ZoneChanged implements region.Days: the first and the last day of an assignment
// stay those days when the region gets another zone. One that began or ended at
// an hour of a day keeps the moment.
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

// inZone is a with its days in the zone named to, where they were in that named from.
// One that began in the last hours of its only day may be over before it begins
// then: it ends as it begins.
func (a Assignment) inZone(from, to string) Assignment {
	a.From = zone.Moved(a.From, from, to)
	if a.Until = zone.Moved(a.Until, from, to); !a.Until.IsZero() && a.Until.Before(a.From) {
		a.Until = a.From
	}
	return a
}

// Post is an assignment with the person who holds it.
type Post struct {
	Person string
	Assignment
}

func (s *Service) movePost(ctx context.Context, p Post, to string, on day.Day) error {
	moment := zone.Start(ctx, on)
	if p.From.Before(moment) {
		if _, err := s.Store.End(ctx, p.Person, p.ID, moment); err != nil {
			return err
		}
	} else if _, err := s.Store.End(ctx, p.Person, p.ID, p.From); err != nil { // it has not begun: it never does
		return err
	}
	if to == "" {
		return nil
	}
	next := p.Assignment
	next.ID, next.Agency = s.NewID(), to
	if next.From.Before(moment) {
		next.From = moment
	}
	return s.Store.Assign(ctx, p.Person, next)
}
