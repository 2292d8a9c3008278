package sqldb

import (
	"context"
	"database/sql"
	"sync"
)

// pool is a pool of connections with the querier that runs statements on it. Parsing
// a statement takes SQLite longer than running most of ours, so its querier is a
// statements cache; the PostgreSQL driver has a cache of its own.
type pool struct {
	*sql.DB
	querier querier
}

// transaction is a transaction in progress. Its prepared statements end with it,
// since they belong to its connection.
type transaction struct {
	*sql.Tx
	conn    *sql.Conn
	querier querier
}

// end rolls back unless the transaction was committed, also after a panic, and
// releases the connection.
func (t *transaction) end() {
	_ = t.Rollback()   // no effect after a commit
	_ = t.conn.Close() // returns it to its pool
}

// statements caches prepared statements by text. All texts are constants of the
// program, so it does not grow without bound.
type statements struct {
	byText  sync.Map // of *sql.Stmt
	prepare func(ctx context.Context, text string) (*sql.Stmt, error)
}

// of returns the prepared statement of a text. Two concurrent calls may both prepare
// it; the one that is not cached is closed with the pool, as all are.
func (s *statements) of(ctx context.Context, text string) (*sql.Stmt, error) {
	if known, ok := s.byText.Load(text); ok {
		return known.(*sql.Stmt), nil //nolint:forcetypeassert // nothing else is stored
	}
	made, err := s.prepare(context.WithoutCancel(ctx), text)
	if err == nil {
		s.byText.Store(text, made)
	}
	return made, err
}

// QueryContext implements querier.
func (s *statements) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	made, err := s.of(ctx, text) //nolint:sqlclosecheck // it is cached
	if err != nil {
		return nil, err
	}
	return made.QueryContext(ctx, args...)
}

// ExecContext implements querier.
func (s *statements) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	made, err := s.of(ctx, text) //nolint:sqlclosecheck // it is cached
	if err != nil {
		return nil, err
	}
	return made.ExecContext(ctx, args...)
}
