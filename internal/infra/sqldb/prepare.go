package sqldb

import (
	"context"
	"database/sql"
	"sync"
)

// pool is a pool of connections and what runs statements on it. SQLite reads a
// statement's text each time that it is given one, which takes longer than most
// of ours run, so that there it is statements; the driver for PostgreSQL
// remembers texts by itself.
type pool struct {
	*sql.DB
	querier querier
}

// transaction is one under way. What it prepares lives as long as it does: its
// connection is the writer's only one, so that it cannot be lent a longer life.
type transaction struct {
	*sql.Tx
	conn    *sql.Conn
	querier querier
}

// end takes back what was not committed, after a panic too, and gives the
// connection back.
func (t *transaction) end() {
	_ = t.Rollback()   // does nothing after a commit
	_ = t.conn.Close() // returns it to its pool
}

// statements are prepared ones by their text. All texts are constants of the
// program, so that they are as many as it has and no more.
type statements struct {
	byText  sync.Map // of *sql.Stmt
	prepare func(ctx context.Context, text string) (*sql.Stmt, error)
}

// of returns the statement of a text. Two who ask at once may both prepare it;
// the one that is not kept ends with the pool, as all of them do.
func (s *statements) of(ctx context.Context, text string) (*sql.Stmt, error) {
	if known, ok := s.byText.Load(text); ok {
		return known.(*sql.Stmt), nil //nolint:forcetypeassert // of stores nothing else
	}
	made, err := s.prepare(context.WithoutCancel(ctx), text)
	if err == nil {
		s.byText.Store(text, made)
	}
	return made, err
}

// QueryContext implements querier.
func (s *statements) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	made, err := s.of(ctx, text) //nolint:sqlclosecheck // it is kept
	if err != nil {
		return nil, err
	}
	return made.QueryContext(ctx, args...)
}

// ExecContext implements querier.
func (s *statements) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	made, err := s.of(ctx, text) //nolint:sqlclosecheck // it is kept
	if err != nil {
		return nil, err
	}
	return made.ExecContext(ctx, args...)
}
