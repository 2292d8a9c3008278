package sqldb_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// The tables are the same on both engines, each behind those to which it refers, with
// values of the same types; rows read are the rows written.
func TestTables(t *testing.T) {
	seen := map[sqldb.Engine][]sqldb.Table{}
	var tables []sqldb.Table
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, text := range []string{
			`create table river_x (id bigint not null, primary key (id))`,
			`create table zz (region_id text not null, id text not null, primary key (id, region_id))`,
			`create table "a b" (region_id text not null, n bigint, flag boolean, "order" text, id text, primary key (region_id),
				foreign key (id, region_id) references zz (id, region_id))`,
			`create table tree (region_id text not null, id text not null, up text, "first" text, primary key (region_id, id),
				foreign key (region_id, up) references tree (region_id, id), foreign key (region_id, "first") references tree)`,
		} {
			_, err := sqldb.ExecText(t.Context(), db, text)
			must(err)
		}
		var err error
		tables, err = db.Tables(t.Context())
		must(err)
		seen[db.Engine] = tables
		if slices.ContainsFunc(tables, func(t sqldb.Table) bool {
			return strings.HasPrefix(t.Name, "river") || strings.HasPrefix(t.Name, "goose")
		}) {
			t.Errorf("tables of libraries in %v", tables)
		}
		find := func(name string) (sqldb.Table, int) {
			i := slices.IndexFunc(tables, func(t sqldb.Table) bool { return t.Name == name })
			return tables[i], i
		}
		tree, _ := find("tree")
		if diff := cmp.Diff([]sqldb.SelfReference{
			{From: []string{"region_id", "up"}, To: []string{"region_id", "id"}}, {From: []string{"region_id", "first"}, To: []string{"region_id", "id"}},
		}, tree.Self); diff != "" {
			t.Error(diff)
		}
		child, at := find("a b")
		parent, before := find("zz")
		if at < before || !slices.Equal(parent.Key, []string{"id", "region_id"}) {
			t.Errorf("%v at %d, %v at %d", child, at, parent, before)
		}
		many := make([][]any, 0, 450)
		for i := range 450 {
			many = append(many, []any{string(rune('A' + i)), "x"})
		}
		must(db.InsertRows(t.Context(), parent, many))
		want := [][]any{
			{"a", int64(-9223372036854775808), true, "", nil},
			{"b", nil, nil, nil, nil},
			{"c", int64(9223372036854775807), false, "\u2028 '\"\\ \t\n é 😀 \x01", "x"},
		}
		must(db.InsertRows(t.Context(), child, want))
		var got [][]any
		must(db.Snapshot(t.Context(), func(ctx context.Context) error {
			return db.EachRow(ctx, child, func(row []any) error {
				got = append(got, slices.Clone(row))
				return nil
			})
		}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		n := 0
		must(db.EachRow(t.Context(), parent, func([]any) error { n++; return nil }))
		if n != 450 {
			t.Errorf("%d rows of 450", n)
		}
	})
	if diff := cmp.Diff(seen[sqldb.SQLite], seen[sqldb.Postgres]); diff != "" {
		t.Error(diff)
	}
}
