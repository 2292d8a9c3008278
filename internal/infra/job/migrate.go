package job

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"siida.id/internal/infra/sqldb"
)

func driver(db *sql.DB, engine sqldb.Engine) riverdriver.Driver[*sql.Tx] {
	if engine == sqldb.Postgres {
		return riverdatabasesql.New(db)
	}
	return riversqlite.New(db)
}

func migrator(db *sql.DB, engine sqldb.Engine) (*rivermigrate.Migrator[*sql.Tx], error) {
	return rivermigrate.New(driver(db, engine), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
}

// Migrate creates or upgrades River's tables. It is a sqldb.Before. On SQLite it is
// one transaction: it is written to disk once, and a second process finds it done.
func Migrate(ctx context.Context, db *sql.DB, engine sqldb.Engine) (err error) {
	m, err := migrator(db, engine)
	if err != nil {
		return fmt.Errorf("migrate the tables of jobs: %w", err)
	}
	if engine == sqldb.Postgres {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	} else {
		err = migrateAtOnce(ctx, db, m)
	}
	if err != nil {
		return fmt.Errorf("migrate the tables of jobs: %w", err)
	}
	return nil
}

func migrateAtOnce(ctx context.Context, db *sql.DB, m *rivermigrate.Migrator[*sql.Tx]) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()                         // no effect after a commit
	_, err = m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, nil) //nolint:staticcheck // deprecated because of PostgreSQL features that are not used here
	if err != nil {
		return err
	}
	return tx.Commit()
}

// Migrated reports whether the database has the tables.
func (q *Queue) Migrated(ctx context.Context) (bool, error) {
	m, err := migrator(q.db.ReaderPool(), q.db.Engine)
	if err != nil {
		return false, err
	}
	var have []rivermigrate.Migration
	if tx := q.db.SQLTx(ctx); tx != nil {
		have, err = m.ExistingVersionsTx(ctx, tx)
	} else {
		have, err = m.ExistingVersions(ctx)
	}
	if err != nil {
		return false, fmt.Errorf("schema of jobs: %w", err)
	}
	return len(have) == len(m.AllVersions()), nil
}
