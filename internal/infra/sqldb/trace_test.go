package sqldb_test

import (
	"strings"
	"testing"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// A trace has the first statements of a context and the number of all.
func TestTrace(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		ctx, trace := sqldb.WithTrace(t.Context())
		for range 60 {
			if _, err := sqldb.One(ctx, db, sqldb.Self[int], `
				select 1`); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Exec(ctx, `delete from sessions where region_id = $1`, "secret"); err != nil {
			t.Fatal(err)
		}
		list, all := trace.Statements()
		if len(list) != 50 || all != 61 {
			t.Errorf("%d statements of %d, want 50 of 61", len(list), all)
		}
		for _, s := range list {
			if s.Text != "select 1" || s.Took < 0 || strings.Contains(s.Text, "secret") {
				t.Errorf("%+v", s)
			}
		}
	})
}
