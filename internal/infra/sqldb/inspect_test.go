package sqldb_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/migrations"
)

func TestSchema(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		whole, err := db.Schema(t.Context(), migrations.Files)
		if err != nil || whole.Have != whole.Known || whole.Have == 0 || len(whole.Missing)+len(whole.Strange) > 0 {
			t.Errorf("fresh: %+v, %v", whole, err)
		}
		few := fstest.MapFS{"1010_a.sql": {}, "1999_b.sql": {}}
		s, err := db.Schema(t.Context(), few)
		if err != nil || s.Known != 1999 || !slices.Equal(s.Missing, []int64{1999}) || !slices.Contains(s.Strange, 1020) || slices.Contains(s.Strange, 1010) {
			t.Errorf("of another program: %+v, %v", s, err)
		}
		if about, err := db.About(t.Context()); err != nil || !strings.Contains(about.Name, "SQL") || about.Size < 10_000 {
			t.Errorf("About = %+v, %v", about, err)
		}
		if harm, err := db.Harm(t.Context()); err != nil || len(harm) > 0 {
			t.Errorf("Harm = %v, %v", harm, err)
		}
	})
}
