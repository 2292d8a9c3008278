package sqldb

import (
	"context"
	"errors"

	"siida.id/internal/base/fault"
)

// Reserve is room on the disk of a database that is kept for what may not fail
// while the disk is full.
type Reserve interface {
	// Release gives the room up.
	Release()
	// Restore reports whether the room is there, and makes it again once it can.
	Restore() bool
}

// SetReserve keeps r for Reserved; while r is released all other writes are
// fault.Full. Call it before the database is used.
func (db *DB) SetReserve(r Reserve) { db.reserve = r }

var errReleased = errors.New("the reserve is released")

type reservedKey struct{}

// Reserved is a uow.Transactor whose transactions may use the reserve, if the
// database has one: where the disk is full they release it and run once more. They
// are few and small: what lets people in and out.
type Reserved struct{ DB *DB }

// InTx implements uow.Transactor.
func (r Reserved) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	db := r.DB
	if db.reserve == nil || db.tx(ctx) != nil {
		return db.InTx(ctx, fn)
	}
	ctx = context.WithValue(ctx, reservedKey{}, true)
	err := db.InTx(ctx, fn)
	if fault.KindOf(err) != fault.Full {
		return err
	}
	db.reserve.Release()
	return db.InTx(ctx, fn)
}
