package sqldbtest_test

import (
	"slices"
	"testing"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// Changed, deleted and added rows are restored, including rows to which others refer.
func TestSnapshot(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		must := func(_ int64, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(db.Exec(t.Context(), `
			insert into people (region_id, id, name, sort_key, login, active)
			values ('18', 'a', 'Ana', 'ana', 'ana', true), ('18', 'b', 'Budi', 'budi', 'budi', true)`))
		must(db.Exec(t.Context(), `
			insert into sessions (region_id, id, token_hash, person_id, created_at, seen_at, address, agent)
			values ('18', 's', 's', 'a', '', '', '', '')`))
		s := sqldbtest.NewSnapshot(t, db)
		for range 2 {
			must(db.Exec(t.Context(), `delete from sessions`))
			must(db.Exec(t.Context(), `delete from people where id = 'a'`))
			must(db.Exec(t.Context(), `update people set name = 'Beni'`))
			must(db.Exec(t.Context(), `
				insert into people (region_id, id, name, sort_key, login, active)
				values ('18', 'c', 'Citra', 'citra', 'citra', true)`))
			if err := s.Restore(t.Context()); err != nil {
				t.Fatal(err)
			}
			got, err := sqldb.List(t.Context(), db, sqldb.Self[string], `
				select p.name || coalesce(' ' || s.id, '')
				from people p
				left join sessions s on s.region_id = p.region_id and s.person_id = p.id
				order by p.name`)
			if want := []string{"Ana s", "Budi"}; err != nil || !slices.Equal(got, want) {
				t.Fatalf("after it was restored: %q, %v; want %q", got, err, want)
			}
		}
	})
}
