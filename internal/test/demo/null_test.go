package demo_test

import (
	"fmt"
	"testing"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// The schema has null for missing values: after the demo, which uses everything, no
// column has an empty text. The rows are the same on both engines.
func TestNoneIsNull(t *testing.T) {
	p := world.Demo(t)
	type column struct{ table, name string }
	columns, err := sqldb.List(t.Context(), p.DB, func(c *column) []any { return []any{&c.table, &c.name} }, `
		select t.name, c.name
		from sqlite_schema t
		join pragma_table_info(t.name) c
		where t.type = 'table' and t.name not like 'sqlite%' and t.name not like 'river%' and lower(c.type) = 'text'
		order by t.name, c.cid`)
	world.Must(t, err)
	if len(columns) < 200 {
		t.Errorf("only %d columns", len(columns))
	}
	for _, c := range columns {
		var n int
		text := fmt.Sprintf(`select count(*) from %q where %q = ''`, c.table, c.name)
		world.Must(t, p.DB.ReaderPool().QueryRowContext(t.Context(), text).Scan(&n))
		if n > 0 {
			t.Errorf("%s.%s is empty in %d rows, not null", c.table, c.name, n)
		}
	}
}
