package sqldb

import (
	"context"
	"database/sql"
)

// Libraries with statements of their own get connections here, without the limits and
// the faults of this package. Only infra/job has one; infra/metrics counts the
// connections (archtest).

// WriterPool returns the connections for writing: one for SQLite.
func (db *DB) WriterPool() *sql.DB { return db.writer.DB }

// ReaderPool returns the connections for reading, which on SQLite do not wait for
// writers.
func (db *DB) ReaderPool() *sql.DB { return db.reader.DB }

// SQLTx returns the transaction or the snapshot of the context, nil if it has none.
func (db *DB) SQLTx(ctx context.Context) *sql.Tx {
	if tx := db.tx(ctx); tx != nil {
		return tx.Tx
	}
	return nil
}

// WithTx calls fn with the transaction of the context, or with a new one. Its faults
// are those of InTx.
func (db *DB) WithTx(ctx context.Context, fn func(ctx context.Context, tx *sql.Tx) error) error {
	return db.InTx(ctx, func(ctx context.Context) error { return db.translate(fn(ctx, db.tx(ctx).Tx)) })
}
