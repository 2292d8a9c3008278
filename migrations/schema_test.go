package migrations_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

var update = flag.Bool("update", false, "rewrite the dumps of the schema")

// The schema that the files make on each engine is the one in schema, so that a review
// sees every change of it as the database has it. go test ./migrations -update writes it.
// Tables of libraries are left out.
func TestSchema(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		got, err := sqldbtest.Schema(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("schema", string(db.Engine)+".sql")
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("the schema differs from %s; if it is to, run go test ./migrations -update: %s", name, diff)
		}
	})
}

// Whoever deletes a file asks every table that names one: each has an index that begins
// with the region and the file.
func TestWhatNamesFilesHasIndexes(t *testing.T) {
	table := regexp.MustCompile(`(?is)create table (\w+) \((.*?)\n\);`)
	column := regexp.MustCompile(`(?i)foreign key \(region_id, (\w+)\) references files ?\(`)
	found := 0
	for _, engine := range []sqldb.Engine{sqldb.SQLite, sqldb.Postgres} {
		text, err := os.ReadFile(filepath.Join("schema", string(engine)+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range table.FindAllStringSubmatch(string(text), -1) {
			for _, c := range column.FindAllStringSubmatch(m[2], -1) {
				found++
				index := regexp.MustCompile(`(?i)on ` + m[1] + ` (using btree )?\(region_id, ` + c[1] + `\b`)
				key := regexp.MustCompile(`(?i)primary key \((region_id, ` + c[1] + `\b|region_id\))`)
				if !index.Match(text) && !key.MatchString(m[2]) {
					t.Errorf("%s: %s.%s names a file and has no index", engine, m[1], c[1])
				}
			}
		}
	}
	if found < 2*8 {
		t.Errorf("%d columns name files: has the layout changed?", found)
	}
}
