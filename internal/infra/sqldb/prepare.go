package sqldb

import (
	"context"
	"database/sql"
	"sync"
)

// pool is a pool of connections and what it has prepared. SQLite reads a
// statement's text each time that it is given one, which takes longer than most
// of ours run; the driver for PostgreSQL remembers texts by itself.
type pool struct {
	*sql.DB
	prepared *statements // nil where the driver remembers
}

// transaction is one under way. What it prepares lives as long as it does: its
// connection is the writer's only one, so that it cannot be lent a longer life.
type transaction struct {
	*sql.Tx
	prepared *statements
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

func (s *statements) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	made, err := s.of(ctx, text) //nolint:sqlclosecheck // it is kept
	if err != nil {
		return nil, err
	}
	return made.QueryContext(ctx, args...)
}

func (s *statements) exec(ctx context.Context, text string, args []any) (sql.Result, error) {
	made, err := s.of(ctx, text) //nolint:sqlclosecheck // it is kept
	if err != nil {
		return nil, err
	}
	return made.ExecContext(ctx, args...)
}

// QueryContext hides that of the pool.
func (p *pool) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if p.prepared == nil {
		return p.DB.QueryContext(ctx, text, args...)
	}
	return p.prepared.query(ctx, text, args)
}

// ExecContext hides that of the pool.
func (p *pool) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if p.prepared == nil {
		return p.DB.ExecContext(ctx, text, args...)
	}
	return p.prepared.exec(ctx, text, args)
}

// QueryContext hides that of the transaction.
func (t *transaction) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if t.prepared == nil {
		return t.Tx.QueryContext(ctx, text, args...)
	}
	return t.prepared.query(ctx, text, args)
}

// ExecContext hides that of the transaction.
func (t *transaction) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if t.prepared == nil {
		return t.Tx.ExecContext(ctx, text, args...)
	}
	return t.prepared.exec(ctx, text, args)
}

// begin starts a transaction.
func (p *pool) begin(ctx context.Context) (*transaction, error) {
	tx, err := p.BeginTx(ctx, nil)
	if err != nil || p.prepared == nil {
		return &transaction{Tx: tx}, err
	}
	return &transaction{tx, &statements{prepare: tx.PrepareContext}}, nil
}
