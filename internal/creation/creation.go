package creation

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
)

// Claim is a form that has created something.
type Claim struct {
	ID       string // of what it has created
	Person   string // who has sent it
	Location string // where it led, a path and a query
	SHA256   string // of what was sent
	At       time.Time
}

// Store is where claims are stored. All methods are about the region of ctx.
type Store interface {
	// Add stores a claim; added is false if there is one with its id, which is not
	// changed. It waits for another transaction that adds it.
	Add(ctx context.Context, c Claim) (added bool, err error)
	// ByID returns a claim, NotFound if there is none.
	ByID(ctx context.Context, id string) (Claim, error)
}

// Service has the rules of claims.
type Service struct {
	Store Store
	Now   func() time.Time
}

// Find returns nil for a form whose id is not claimed. Otherwise it returns Repeated: with
// the cause creating.First for the person who has sent the first. A form with a version
// that differs from the first gets another id, since its version decides.
func (s *Service) Find(ctx context.Context, c *creating.Creation) error {
	if !actor.From(ctx).SignedIn() {
		return nil
	}
	first, err := s.Store.ByID(ctx, c.ID)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil
	case err != nil:
		return fault.Wrap(err, "creation %s", c.ID)
	}
	return s.repeated(ctx, first, c)
}

func (s *Service) repeated(ctx context.Context, first Claim, c *creating.Creation) error {
	same := first.SHA256 == c.SHA256()
	switch {
	case first.Person != actor.From(ctx).ID:
		return fault.New(fault.Repeated, "fault.created_by_another")
	case !same && c.Versioned:
		c.Renew()
		return nil
	}
	return fault.New(fault.Repeated, "fault.created").Because(creating.First{Location: first.Location, Same: same})
}

// Claim claims the id of c, in the transaction that creates the thing. It returns Invalid
// for a form without an id, and what Find returns if the id is claimed.
func (s *Service) Claim(ctx context.Context, c *creating.Creation) error {
	if !actor.From(ctx).SignedIn() { // who creates nothing
		return nil
	}
	if c.ID == "" {
		var check fault.Check
		check.That(false, creating.FieldID, "fault.creation_id")
		return check.Err()
	}
	for {
		added, err := s.Store.Add(ctx, Claim{ID: c.ID, Person: actor.From(ctx).ID, Location: c.Location, SHA256: c.SHA256(), At: s.Now()})
		if err != nil || added {
			return fault.Wrap(err, "creation %s", c.ID)
		}
		if err := s.Find(ctx, c); err != nil {
			return err
		}
	}
}
