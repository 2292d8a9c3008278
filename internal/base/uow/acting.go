package uow

import (
	"context"
	"errors"
	"fmt"

	"siida.id/internal/base/actor"
)

// Region locks the row of the actor's region until the unit of work ends, and
// returns ctx in the time zone that the region has then.
type Region interface {
	// LockShared lets others share the region, and keeps out who wants it alone.
	LockShared(ctx context.Context) (context.Context, error)
	// Lock has the region alone.
	Lock(ctx context.Context) (context.Context, error)
}

// Actors knows what people may do.
type Actors interface {
	// Refresh returns ctx with the actor as they are now. It returns Unknown for a
	// person whose account is closed.
	Refresh(ctx context.Context) (context.Context, error)
}

// Acting is a Transactor for what an actor does. Before fn runs it locks the
// actor's region and reads the actor again, so that actor.From in fn says what the
// person may do now, not what they might when the request came, and it stays so
// until fn is done.
//
// What changes assignments or agencies is Exclusive: it waits for all others in
// the region, and they wait for it. All else shares the region. The lock is the
// first of the order region, period, agency, innovation, log.
//
// A unit of work within another joins it, with the lock and the actor that it has.
type Acting struct {
	Tx        Transactor
	Region    Region
	Actors    Actors
	Exclusive bool
}

type heldKey struct{}

// errShared says that a unit of work which shares the region began one that is Exclusive.
var errShared = errors.New("uow: a unit of work that shares its region cannot have it alone")

// InTx implements Transactor.
func (a Acting) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if exclusive, within := ctx.Value(heldKey{}).(bool); within {
		if a.Exclusive && !exclusive {
			return errShared
		}
		return a.Tx.InTx(ctx, fn)
	}
	lock := a.Region.LockShared
	if a.Exclusive {
		lock = a.Region.Lock
	}
	return a.Tx.InTx(ctx, func(ctx context.Context) error {
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
		return fn(context.WithValue(ctx, heldKey{}, a.Exclusive))
	})
}
