package sqldb

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"
)

// Schema compares the migrations of a database with those of the program.
type Schema struct {
	Have, Known int64   // the newest migration of each
	Missing     []int64 // of the program, but not applied
	Strange     []int64 // applied, but not of the program
}

// Schema reads the migrations of the database without applying any.
func (db *DB) Schema(ctx context.Context, files fs.FS) (s Schema, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return Schema{}, err
	}
	known := []int64{0} // goose's own
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return Schema{}, fmt.Errorf("migration %s: %w", name, err)
		}
		known = append(known, n)
	}
	applied, err := List(ctx, db, Self[int64], `
		select version_id
		from goose_db_version
		where is_applied
		order by version_id`)
	if err != nil {
		return Schema{}, fmt.Errorf("schema version: %w", err)
	}
	for _, n := range known {
		if s.Known = max(s.Known, n); !slices.Contains(applied, n) {
			s.Missing = append(s.Missing, n)
		}
	}
	for _, n := range applied {
		if s.Have = max(s.Have, n); !slices.Contains(known, n) {
			s.Strange = append(s.Strange, n)
		}
	}
	return s, nil
}

// About is the engine with its version, and the size of the database in bytes.
type About struct {
	Name string
	Size int64
}

// About returns the version and the size of the database.
func (db *DB) About(ctx context.Context) (About, error) {
	fields := func(a *About) []any { return []any{&a.Name, &a.Size} }
	if db.Engine == Postgres {
		return One(ctx, db, fields, `
			select 'PostgreSQL ' || current_setting('server_version'), pg_database_size(current_database())`)
	}
	return One(ctx, db, fields, `
		select 'SQLite ' || sqlite_version(), page_count * page_size
		from pragma_page_count(), pragma_page_size()`)
}

// Harm returns the results of SQLite's integrity check. It returns none for
// PostgreSQL, which has no such check.
func (db *DB) Harm(ctx context.Context) ([]string, error) {
	if db.Engine == Postgres {
		return nil, nil
	}
	return List(ctx, db, Self[string], `
		select integrity_check
		from pragma_integrity_check()
		where integrity_check <> 'ok'`)
}

// Dangling is the number of rows of a table that refer to missing rows of another.
type Dangling struct {
	Table, Parent string
	Rows          int64
}

// Dangling returns them for every foreign key. Both engines refuse such rows, but a
// restore or a manual change may have created them.
func (db *DB) Dangling(ctx context.Context) (list []Dangling, err error) {
	if db.Engine == SQLite {
		return List(ctx, db, func(d *Dangling) []any { return []any{&d.Table, &d.Parent, &d.Rows} }, `
			select "table", parent, count(*)
			from pragma_foreign_key_check()
			group by "table", parent
			order by "table", parent`)
	}
	type reference struct {
		Dangling
		there, same string // conditions: the child refers to a row; the parent is that row
	}
	keys, err := List(ctx, db, func(r *reference) []any { return []any{&r.Table, &r.Parent, &r.there, &r.same} }, `
		select f.conrelid::regclass::text, f.confrelid::regclass::text,
			string_agg(format('c.%I is not null', c.attname), ' and '), string_agg(format('p.%I = c.%I', p.attname, c.attname), ' and ')
		from pg_constraint f
		cross join lateral unnest(f.conkey, f.confkey) as k (child, parent)
		join pg_attribute c on c.attrelid = f.conrelid and c.attnum = k.child
		join pg_attribute p on p.attrelid = f.confrelid and p.attnum = k.parent
		where f.contype = 'f' and f.connamespace = current_schema()::regnamespace
		group by f.oid, f.conrelid, f.confrelid
		order by 1, 2, f.oid`)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		// Names and conditions are quoted by the database.
		text := fmt.Sprintf("select count(*) from %s c where %s and not exists (select 1 from %s p where %s)", k.Table, k.there, k.Parent, k.same)
		if k.Rows, err = One(ctx, db, Self[int64], stmt(text)); err != nil {
			return nil, err
		}
		if k.Rows > 0 {
			list = append(list, k.Dangling)
		}
	}
	return list, nil
}
