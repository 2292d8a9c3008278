package sqldb

import (
	"context"
	"errors"

	"siida.id/internal/base/fault"
)

// Reserve is disk space reserved for transactions that must work while the disk is
// full.
type Reserve interface {
	// Release frees the space.
	Release()
	// Restore reserves the space again if it was released and there is room, and
	// reports whether it is reserved.
	Restore() bool
}

// SetReserve sets the reserve of Reserved; while it is released all other writes are
// fault.Full. Call it before the database is used.
func (db *DB) SetReserve(r Reserve) { db.reserve = r }

var errReleased = errors.New("the reserve is released")

type reservedKey struct{}

// Reserved is a uow.Transactor whose transactions may use the reserve, if there is
// one: if the disk is full they release it and run again. It is for few and small
// transactions: signing in and out.
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
