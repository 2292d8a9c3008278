package sqldbtest

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// DumpPostgres returns the schema and the rows of the PostgreSQL database at dsn, as
// statements that RestorePostgres runs.
func DumpPostgres(tb testing.TB, dsn string) string {
	tb.Helper()
	bin, err := programs()
	must(tb, err)
	cmd := exec.CommandContext(tb.Context(), filepath.Join(bin, "pg_dump"), "--dbname="+dsn, "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100") //nolint:gosec // of the machine, on a database of this process
	var problem strings.Builder
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("pg_dump: %v\n%s", err, problem.String())
	}
	// What comes before the first statement that makes something are settings of the session
	// and commands of psql, which older servers or other clients refuse.
	_, statements, found := strings.Cut(string(out), "\nCREATE ")
	if !found {
		tb.Fatal("pg_dump: the database is empty")
	}
	statements = "CREATE " + statements
	if end := strings.LastIndex(statements, "\n\\unrestrict"); end > 0 {
		statements = statements[:end+1]
	}
	return statements
}

// RestorePostgres makes a database from such a dump and returns where it is.
func RestorePostgres(tb testing.TB, dump string) (dsn string) {
	tb.Helper()
	dsn = NewPostgres(tb, "")
	conn := connect(tb, "pgx", dsn+"&default_query_exec_mode=simple_protocol")
	_, err := conn.ExecContext(tb.Context(), dump)
	must(tb, err)
	return dsn
}
