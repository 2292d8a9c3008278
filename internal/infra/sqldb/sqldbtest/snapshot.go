package sqldbtest

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"siida.id/internal/infra/sqldb"
)

// Snapshot has the rows of a database at a moment. Restoring them is several times
// faster than copying the database and connecting to it.
type Snapshot struct {
	conn    *sql.DB // of its own, without foreign key checks
	restore string
}

// saved is the prefix of the names of tables with saved rows.
const saved = "snapshot_"

// NewSnapshot saves the rows of all tables of db within db, until the test ends.
func NewSnapshot(tb testing.TB, db *sqldb.DB) *Snapshot {
	tb.Helper()
	if db.Engine == sqldb.Postgres {
		return newPostgresSnapshot(tb, db)
	}
	file, err := sqldb.One(tb.Context(), db, sqldb.Self[string], `
		select file
		from pragma_database_list
		where name = 'main'`)
	must(tb, err)
	conn := connect(tb, "sqlite", "file:"+file+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=synchronous(OFF)")
	tables, err := sqldb.List(tb.Context(), db, sqldb.Self[string], `
		select name
		from sqlite_schema
		where type = 'table' and name not like 'sqlite%'`)
	must(tb, err)
	_, err = conn.ExecContext(tb.Context(), each(tables, "create table "+saved+"TABLE as select * from TABLE;"))
	must(tb, err)
	return &Snapshot{conn, "begin;" + each(tables, "delete from TABLE; insert into TABLE select * from "+saved+"TABLE;") + "commit"}
}

func newPostgresSnapshot(tb testing.TB, db *sqldb.DB) *Snapshot {
	tb.Helper()
	name, err := sqldb.One(tb.Context(), db, sqldb.Self[string], `select current_database()`)
	must(tb, err)
	c, err := shared()
	must(tb, err)
	conn := connect(tb, "pgx", c.dsn(name)+"&session_replication_role=replica&default_query_exec_mode=exec")
	tables, err := sqldb.List(tb.Context(), db, sqldb.Self[string], `
		select tablename
		from pg_tables
		where schemaname = current_schema()`)
	must(tb, err)
	for _, text := range []string{
		"do $$ begin " + each(tables, "create table "+saved+"TABLE as select * from TABLE;") + " end $$",
		// A function is parsed and planned once.
		"create function snapshot_restore() returns void language plpgsql as $$ begin " +
			each(tables, "delete from TABLE; insert into TABLE select * from "+saved+"TABLE;") + " end $$",
	} {
		_, err = conn.ExecContext(tb.Context(), text)
		must(tb, err)
	}
	return &Snapshot{conn, "select snapshot_restore()"}
}

// each returns text repeated for each table.
func each(tables []string, text string) string {
	var all strings.Builder
	for _, table := range tables {
		all.WriteString(strings.ReplaceAll(text, "TABLE", table))
	}
	return all.String()
}

// connect opens a single connection.
func connect(tb testing.TB, driver, dsn string) *sql.DB {
	tb.Helper()
	conn, err := sql.Open(driver, dsn)
	must(tb, err)
	tb.Cleanup(func() { _ = conn.Close() })
	conn.SetMaxOpenConns(1)
	return conn
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Restore restores the rows of all tables. The database must not be used meanwhile.
func (s *Snapshot) Restore(ctx context.Context) error {
	_, err := s.conn.ExecContext(ctx, s.restore)
	return err
}
