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

// MoveStaff transfers the assignments at an agency that have not ended to another
// agency from a day on: each ends as that day begins, and a new one with the same
// role, end and decree begins. If to is empty, they only end. Only an admin of the
// region may; agencies call it when they merge or close.
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
	a.From = zone.Moved(a.From, from, to)
	if a.Until = zone.Moved(a.Until, from, to); !a.Until.IsZero() && a.Until.Before(a.From) {
		a.Until = a.From
	}
	return a
}

// Post is an assignment with the person appointed.
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
	} else if _, err := s.Store.End(ctx, p.Person, p.ID, p.From); err != nil { // not begun: ended before its start
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
