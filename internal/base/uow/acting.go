package uow

import (
	"context"
	"errors"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
)

// Region locks the row of the actor's region until the transaction ends, and
// returns ctx with the region's current time zone.
type Region interface {
	// LockShared takes a shared lock.
	LockShared(ctx context.Context) (context.Context, error)
	// Lock takes an exclusive lock.
	Lock(ctx context.Context) (context.Context, error)
}

// Actors reads people's current assignments.
type Actors interface {
	// Refresh returns ctx with the actor's current assignments. It returns Unknown
	// for a person whose account is closed.
	Refresh(ctx context.Context) (context.Context, error)
}

// Creations remembers which forms have created something.
type Creations interface {
	// Claim claims the id that a form has for the new thing. It returns Invalid for a form
	// without one, and Repeated if the form was sent before.
	Claim(ctx context.Context, c *creating.Creation) error
}

// ActorTransactor is a Transactor for what an actor does. Before fn runs it locks
// the actor's region and reads the actor again, so that actor.From in fn has the
// person's current permissions, which cannot change until fn is done.
//
// Exclusive is for changes of assignments or agencies: they wait for all other
// transactions in the region, and the others for them. Everything else shares
// the region. The lock is the first in the order region, period, agency,
// innovation, log.
//
// If the request of ctx is a form that creates something, its first transaction claims
// the id of the new thing, before fn runs.
//
// A nested transaction joins the outer one, with its lock and actor.
type ActorTransactor struct {
	Tx        Transactor
	Region    Region
	Actors    Actors
	Creations Creations
	Exclusive bool
}

type lockedKey struct{}

// errShared is returned when a transaction with a shared lock begins an Exclusive one.
var errShared = errors.New("uow: a unit of work that shares its region cannot have it alone")

// InTx implements Transactor.
func (a ActorTransactor) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if exclusive, within := ctx.Value(lockedKey{}).(bool); within {
		if a.Exclusive && !exclusive {
			return errShared
		}
		return a.Tx.InTx(ctx, fn)
	}
	lock := a.Region.LockShared
	if a.Exclusive {
		lock = a.Region.Lock
	}
	c := creating.From(ctx)
	err := a.Tx.InTx(ctx, func(ctx context.Context) error {
		region := actor.From(ctx).Region
		ctx, err := lock(ctx)
		if err != nil {
			return fmt.Errorf("lock region %s: %w", region, err)
		}
		if actor.From(ctx).SignedIn() {
			if ctx, err = a.Actors.Refresh(ctx); err != nil {
				return err
			}
		}
		if c != nil && !c.Claimed() {
			if err := a.Creations.Claim(ctx, c); err != nil {
				return err
			}
		}
		return fn(context.WithValue(ctx, lockedKey{}, a.Exclusive))
	})
	if err == nil && c != nil {
		c.Commit()
	}
	return err
}
