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

// Find returns Repeated, with the cause creating.First, for a form that its person has sent
// before. It returns nil for an id that is not claimed, and for a form of that person that
// differs from the first, about which Claim decides; one with a version gets another id,
// since its version decides. One with an id that somebody else has claimed gets another
// too, and is refused by Claim.
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
	switch {
	case first.Person != actor.From(ctx).ID:
		c.Take()
	case first.SHA256 == c.SHA256():
		return fault.New(fault.Repeated, "fault.created").Because(creating.First{Location: first.Location})
	case c.Versioned:
		c.Renew()
	}
	return nil
}

// Claim claims the id of c, in the transaction that creates the thing. It returns Invalid
// for a form without an id, Taken for one that was sent with somebody else's, and what Find
// returns if the id is claimed. A form of the same
// person that differs from the first gets another id and is Invalid: sent once more, it
// creates another thing.
func (s *Service) Claim(ctx context.Context, c *creating.Creation) error {
	if !actor.From(ctx).SignedIn() { // who creates nothing
		return nil
	}
	if c.ID == "" {
		return mistake("fault.creation_id")
	}
	for !c.Taken {
		added, err := s.Store.Add(ctx, Claim{ID: c.ID, Person: actor.From(ctx).ID, Location: c.Location, SHA256: c.SHA256(), At: s.Now()})
		if err != nil || added {
			return fault.Wrap(err, "creation %s", c.ID)
		}
		claimed := c.ID
		if err := s.Find(ctx, c); err != nil {
			return err
		}
		if c.ID == claimed {
			c.Renew()
			return mistake("fault.creation_changed")
		}
	}
	return &fault.Error{Kind: fault.Taken, Key: "fault.created_by_another", Fields: []fault.Field{{Name: creating.FieldID, Key: "fault.created_by_another"}}}
}

func mistake(key string) error {
	var check fault.Check
	check.That(false, creating.FieldID, key)
	return check.Err()
}
