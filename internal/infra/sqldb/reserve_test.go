package sqldb_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// fakeReserve is a Reserve that records its calls.
type fakeReserve struct {
	gone     bool
	released int
	release  func()
}

func (r *fakeReserve) Release() {
	r.release()
	r.gone = true
	r.released++
}

func (r *fakeReserve) Restore() bool { return !r.gone }

// While the disk is full only reserved transactions work and all others are Full,
// until there is room for the reserve again.
func TestReserved(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		ctx := t.Context()
		exec := func(text string) {
			t.Helper()
			if _, err := sqldb.ExecText(ctx, db, text); err != nil {
				t.Fatal(err)
			}
		}
		fill, free := `pragma max_page_count = 1`, `pragma max_page_count = 1000000`
		if db.Engine == sqldb.Postgres {
			exec(`create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = '53100'; end $$`)
			fill, free = `create trigger full_disk before insert on regions execute function full_disk()`, `drop trigger full_disk on regions`
		}
		write := func(code string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := db.Exec(ctx, `insert into regions (region_id, name, zone, sample) values ($1, $2, '', false)`, code, text(100_000))
				return err
			}
		}
		reserved := sqldb.Reserved{DB: db}
		exec(fill)
		if err := reserved.InTx(ctx, write("none")); fault.KindOf(err) != fault.Full {
			t.Errorf("without a reserve: %v, want Full", err)
		}
		r := &fakeReserve{release: func() { exec(free) }}
		db.SetReserve(r)
		if err := db.InTx(ctx, write("a")); fault.KindOf(err) != fault.Full || r.released > 0 {
			t.Errorf("an ordinary write: %v, %d times released; want Full and the reserve untouched", err, r.released)
		}
		within := func(ctx context.Context) error { return reserved.InTx(ctx, write("b")) }
		if err := db.InTx(ctx, within); fault.KindOf(err) != fault.Full || r.released > 0 {
			t.Errorf("within an ordinary one: %v, %d times released", err, r.released)
		}
		for _, code := range []string{"c", "d"} {
			if err := reserved.InTx(ctx, write(code)); err != nil || r.released != 1 {
				t.Errorf("reserved: %v, %d times released", err, r.released)
			}
		}
		for name, err := range map[string]error{"InTx": db.InTx(ctx, write("e")), "Exec": write("e")(ctx)} {
			if fault.KindOf(err) != fault.Full {
				t.Errorf("%s while the reserve is released: %v, want Full", name, err)
			}
		}
		r.gone = false
		if err := db.InTx(ctx, write("f")); err != nil || countRegions(t, ctx, db) != 3 {
			t.Errorf("with room again: %v, %d rows, want 3", err, countRegions(t, ctx, db))
		}
	})
}

func text(size int) string { return strings.Repeat("x", size) }

// If a quota is used up SQLite only reports that it could not write or create a file:
// then the disk decides.
func TestFullWhereSQLiteDoesNotSay(t *testing.T) {
	_, err := sqldb.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "none", "x.db"))
	if err == nil || fault.KindOf(err) != fault.Internal {
		t.Fatalf("a database in no folder = %v", err)
	}
	for _, exhausted := range []bool{true, false} {
		got := fault.KindOf(sqldb.Translate(err, func() bool { return exhausted }))
		if (got == fault.Full) != exhausted {
			t.Errorf("exhausted %v: kind %v", exhausted, got)
		}
	}
}
