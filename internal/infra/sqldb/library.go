package sqldb

import (
	"context"
	"database/sql"
)

// A library that brings its own statements gets connections here, past the limits
// and the faults of this package. infra/job alone has one; infra/metrics counts the connections (archtest).

// WriterPool is the connections that write: one for SQLite.
func (db *DB) WriterPool() *sql.DB { return db.writer.DB }

// ReaderPool is the connections that read, which on SQLite wait for no writer.
func (db *DB) ReaderPool() *sql.DB { return db.reader.DB }

// SQLTx is the transaction or the snapshot of the context, and nil without one.
func (db *DB) SQLTx(ctx context.Context) *sql.Tx {
	if tx := db.tx(ctx); tx != nil {
		return tx.Tx
	}
	return nil
}

// WithTx runs fn with the transaction of the context, or with one of its own. Faults
// are those of InTx.
func (db *DB) WithTx(ctx context.Context, fn func(ctx context.Context, tx *sql.Tx) error) error {
	return db.InTx(ctx, func(ctx context.Context) error { return db.translate(fn(ctx, db.tx(ctx).Tx)) })
}
