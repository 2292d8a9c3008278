package sqldbtest

import (
	"context"
	"strings"

	"siida.id/internal/infra/sqldb"
)

// Schema returns the statements that make the tables and indexes of a database as the
// engine has them, without those of libraries.
func Schema(ctx context.Context, db *sqldb.DB) (string, error) {
	list := sqliteSchema
	if db.Engine == sqldb.Postgres {
		list = postgresSchema
	}
	statements, err := list(ctx, db)
	return strings.Join(statements, "\n\n") + "\n", err
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
