package migrations_test

import (
	"context"
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
		list := sqliteSchema
		if db.Engine == sqldb.Postgres {
			list = postgresSchema
		}
		statements, err := list(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(statements, "\n\n") + "\n"
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

// sqliteSchema returns the statements that SQLite keeps, each table with its indexes.
func sqliteSchema(ctx context.Context, db *sqldb.DB) ([]string, error) {
	return sqldb.List(ctx, db, sqldb.Self[string], `
		select sql || ';'
		from sqlite_schema
		where sql is not null and name not like 'sqlite%' and tbl_name not like 'river%' and tbl_name <> 'goose_db_version'
		order by tbl_name, type desc, name`)
}

// postgresSchema returns statements made from PostgreSQL's catalogue, each table with its
// indexes.
func postgresSchema(ctx context.Context, db *sqldb.DB) ([]string, error) {
	return sqldb.List(ctx, db, sqldb.Self[string], `
		with ours as (
			select oid, relname
			from pg_class
			where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname not like 'river%' and relname <> 'goose_db_version'
		),
		lines as (
			select a.attrelid as oid, 1 as part, a.attnum as n, '' as tie,
				quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) ||
				case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
			from pg_attribute a
			left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
			where a.attnum > 0 and not a.attisdropped
			union all
			select conrelid, 2, position(contype in 'puf'), conname, pg_get_constraintdef(oid)
			from pg_constraint
			where contype in ('p', 'u', 'f', 'c', 'x')
		)
		select statement
		from (
			select o.relname, 1 as part, '' as name,
				'CREATE TABLE ' || o.relname || E' (\n\t' || string_agg(l.line, E',\n\t' order by l.part, l.n, l.tie) || E'\n);' as statement
			from ours o
			join lines l on l.oid = o.oid
			group by o.relname
			union all
			select o.relname, 2, c.relname, replace(pg_get_indexdef(i.indexrelid), current_schema() || '.', '') || ';'
			from ours o
			join pg_index i on i.indrelid = o.oid
			join pg_class c on c.oid = i.indexrelid
			where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
		) all_statements
		order by relname, part, name`)
}
