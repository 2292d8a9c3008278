package sqldb

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Column is a column of a table. The schema has three types, the same on both
// engines: text, bigint and boolean.
type Column struct{ Name, Type string }

// Table is a table of the schema.
type Table struct {
	Name    string
	Columns []Column        // in the order of the schema
	Key     []string        // the columns of its primary key
	Self    []SelfReference // its foreign keys that refer to itself
}

// SelfReference is a foreign key of a table to itself: its columns, and those to which
// they refer, in the same order.
type SelfReference struct{ From, To []string }

// insertRows is how many rows InsertRows adds in one statement: the widest table has
// some 40 columns, and SQLite takes 32766 arguments.
const insertRows = 200

// Tables returns the tables of the database, but those of libraries, so that each
// stands behind the tables to which its foreign keys refer; else by name. On both
// engines they are the same.
func (db *DB) Tables(ctx context.Context) ([]Table, error) {
	type column struct {
		table string
		Column
		key int // its place in the primary key from 1, 0 for none
	}
	type reference struct{ child, parent string }
	type self struct{ table, key, from, to string }
	columnsOf, referencesOf, selvesOf := stmt(`
		select t.name, c.name, lower(c.type), c.pk
		from sqlite_schema t
		join pragma_table_info(t.name) c
		where t.type = 'table' and t.name not like 'sqlite\_%' escape '\' and t.name not like 'river\_%' escape '\' and t.name <> 'goose_db_version'
		order by t.name, c.cid`), stmt(`
		select distinct t.name, r."table"
		from sqlite_schema t
		join pragma_foreign_key_list(t.name) r
		where t.type = 'table' and t.name <> r."table"
		order by 1, 2`), stmt(`
		select t.name, cast(r.id as text), r."from", coalesce(r."to", '')
		from sqlite_schema t
		join pragma_foreign_key_list(t.name) r
		where t.type = 'table' and t.name = r."table"
		order by t.name, r.id desc, r.seq`)
	if db.Engine == Postgres {
		columnsOf, referencesOf, selvesOf = `
			select t.relname::text, c.attname::text, format_type(c.atttypid, c.atttypmod), coalesce(array_position(k.conkey, c.attnum), 0)
			from pg_class t
			join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
			left join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
			where t.relkind in ('r', 'p') and t.relnamespace = current_schema()::regnamespace
				and t.relname not like 'river\_%' and t.relname <> 'goose_db_version'
			order by t.relname collate "C", c.attnum`, `
			select distinct t.relname::text, p.relname::text
			from pg_constraint r
			join pg_class t on t.oid = r.conrelid
			join pg_class p on p.oid = r.confrelid
			where r.contype = 'f' and r.connamespace = current_schema()::regnamespace and t.oid <> p.oid
			order by 1, 2`, `
			select t.relname::text, r.oid::text, f.attname::text, p.attname::text
			from pg_constraint r
			join pg_class t on t.oid = r.conrelid
			cross join lateral unnest(r.conkey, r.confkey) with ordinality as k (child, parent, n)
			join pg_attribute f on f.attrelid = t.oid and f.attnum = k.child
			join pg_attribute p on p.attrelid = t.oid and p.attnum = k.parent
			where r.contype = 'f' and r.connamespace = current_schema()::regnamespace and r.conrelid = r.confrelid
			order by t.relname collate "C", r.oid, k.n`
	}
	columns, err := List(ctx, db, func(c *column) []any { return []any{&c.table, &c.Name, &c.Type, &c.key} }, columnsOf)
	if err != nil {
		return nil, fmt.Errorf("columns of tables: %w", err)
	}
	references, err := List(ctx, db, func(r *reference) []any { return []any{&r.child, &r.parent} }, referencesOf)
	if err != nil {
		return nil, fmt.Errorf("references of tables: %w", err)
	}
	selves, err := List(ctx, db, func(s *self) []any { return []any{&s.table, &s.key, &s.from, &s.to} }, selvesOf)
	if err != nil {
		return nil, fmt.Errorf("references of tables: %w", err)
	}
	var tables []Table
	for _, c := range columns {
		if len(tables) == 0 || tables[len(tables)-1].Name != c.table {
			tables = append(tables, Table{Name: c.table})
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, c.Column)
		if c.key > 0 {
			t.Key = append(t.Key, make([]string, max(0, c.key-len(t.Key)))...)
			t.Key[c.key-1] = c.Name
		}
	}
	last := ""
	for _, s := range selves {
		i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == s.table })
		if i < 0 {
			continue // of a library
		}
		t := &tables[i]
		if key := s.table + " " + s.key; key != last {
			last = key
			t.Self = append(t.Self, SelfReference{})
		}
		r := &t.Self[len(t.Self)-1]
		if s.to == "" { // SQLite: the primary key
			s.to = t.Key[len(r.To)]
		}
		r.From, r.To = append(r.From, s.from), append(r.To, s.to)
	}
	parents := map[string][]string{}
	for _, r := range references {
		parents[r.child] = append(parents[r.child], r.parent)
	}
	return parentsFirst(tables, parents)
}

// parentsFirst puts each table behind its parents.
func parentsFirst(tables []Table, parents map[string][]string) (ordered []Table, err error) {
	placed := map[string]bool{}
	for len(ordered) < len(tables) {
		before := len(ordered)
		for _, t := range tables {
			if !placed[t.Name] && !slices.ContainsFunc(parents[t.Name], func(p string) bool { return !placed[p] }) {
				placed[t.Name] = true
				ordered = append(ordered, t)
			}
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("tables refer to one another in a circle: %v", parents)
		}
	}
	return ordered, nil
}

// HasRows reports whether a table has any.
func (db *DB) HasRows(ctx context.Context, t Table) (bool, error) {
	return One(ctx, db, Self[bool], stmt("select exists (select 1 from "+quote(t.Name)+")"))
}

// EachRow calls fn with each row of a table, in the order of its key. A value is nil, a
// string, an int64 or a bool, by the type of its column; anything else that SQLite has
// there is an error. fn must not keep row.
func (db *DB) EachRow(ctx context.Context, t Table, fn func(row []any) error) (err error) {
	text := stmt("select " + t.columns() + " from " + quote(t.Name))
	if len(t.Key) > 0 {
		text += stmt(" order by " + quote(t.Key...))
	}
	end := db.measure(ctx, text)
	defer func() { end(err) }()
	rows, err := db.on(ctx).QueryContext(ctx, string(text))
	if err != nil {
		return db.translate(err)
	}
	defer func() { _ = rows.Close() }()
	row, fields := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range row {
		fields[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(fields...); err != nil {
			return fmt.Errorf("read table %s: %w", t.Name, err)
		}
		for i, c := range t.Columns {
			if row[i], err = c.value(row[i]); err != nil {
				return fmt.Errorf("read table %s: %w", t.Name, err)
			}
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return db.translate(rows.Err())
}

// value returns what a driver read as a value of the column's type.
func (c Column) value(read any) (any, error) {
	switch v := read.(type) {
	case nil:
		return nil, nil //nolint:nilnil // null
	case string:
		if c.Type == "text" {
			return v, nil
		}
	case bool:
		if c.Type == "boolean" {
			return v, nil
		}
	case int64:
		switch {
		case c.Type == "bigint":
			return v, nil
		case c.Type == "boolean" && (v == 0 || v == 1):
			return v == 1, nil
		}
	}
	return nil, fmt.Errorf("column %s is %s and has a %T", c.Name, c.Type, read)
}

// InsertRows adds rows, with values as EachRow has them, to a table.
func (db *DB) InsertRows(ctx context.Context, t Table, rows [][]any) error {
	into := "insert into " + quote(t.Name) + " (" + t.columns() + ") values "
	for some := range slices.Chunk(rows, insertRows) {
		var text strings.Builder
		text.WriteString(into)
		var args []any
		for i, row := range some {
			places := make([]string, len(row))
			for j := range row {
				places[j] = "$" + strconv.Itoa(len(args)+j+1)
			}
			if i > 0 {
				text.WriteString(", ")
			}
			text.WriteString("(" + strings.Join(places, ", ") + ")")
			args = append(args, row...)
		}
		if _, err := db.Exec(ctx, stmt(text.String()), args...); err != nil {
			return fmt.Errorf("write table %s: %w", t.Name, err)
		}
	}
	return nil
}

// columns returns the names of the columns for a statement.
func (t Table) columns() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return quote(names...)
}

// quote returns names of tables or columns for a statement.
func quote(names ...string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return strings.Join(quoted, ", ")
}
