// Package backupsql implements backup.Store in SQL.
package backupsql

import (
	"context"
	"fmt"
	"io/fs"

	"siida.id/internal/backup"
	"siida.id/internal/infra/sqldb"
)

var _ backup.Store = (*Store)(nil)

// Store implements backup.Store. It reads and writes the tables of every room, without
// knowing any, but for the ends of logs and the bytes of files.
type Store struct {
	*sqldb.DB
	Migrations fs.FS // of the program
}

// Schema implements backup.Store.
func (s *Store) Schema(ctx context.Context) (int64, error) {
	schema, err := s.DB.Schema(ctx, s.Migrations)
	if err != nil {
		return 0, err
	}
	if len(schema.Missing) > 0 || len(schema.Strange) > 0 {
		return 0, sqldb.RefusedError(fmt.Sprintf("the database has schema %d, this program has %d: make the backup with the program that serves it", schema.Have, schema.Known))
	}
	return schema.Have, nil
}

// Tables implements backup.Store.
func (s *Store) Tables(ctx context.Context) (list []backup.Table, err error) {
	tables, err := s.DB.Tables(ctx)
	for _, t := range tables {
		one := backup.Table{Name: t.Name, Key: t.Key}
		for _, c := range t.Columns {
			one.Columns = append(one.Columns, backup.Column(c))
		}
		for _, r := range t.Self {
			one.Self = append(one.Self, backup.SelfReference(r))
		}
		list = append(list, one)
	}
	return list, err
}

// Size implements backup.Store.
func (s *Store) Size(ctx context.Context) (int64, error) {
	about, err := s.About(ctx)
	return about.Size, err
}

// Any implements backup.Store.
func (s *Store) Any(ctx context.Context, t backup.Table) (bool, error) {
	return s.HasRows(ctx, table(t))
}

// Each implements backup.Store.
func (s *Store) Each(ctx context.Context, t backup.Table, fn func(row []any) error) error {
	return s.EachRow(ctx, table(t), fn)
}

// Add implements backup.Store.
func (s *Store) Add(ctx context.Context, t backup.Table, rows [][]any) error {
	return s.InsertRows(ctx, table(t), rows)
}

func table(t backup.Table) sqldb.Table {
	one := sqldb.Table{Name: t.Name, Key: t.Key}
	for _, c := range t.Columns {
		one.Columns = append(one.Columns, sqldb.Column(c))
	}
	return one
}

// LogEnds implements backup.Store.
func (s *Store) LogEnds(ctx context.Context) ([]backup.LogEnd, error) {
	return sqldb.List(ctx, s.DB, func(e *backup.LogEnd) []any { return []any{&e.Region, &e.Seq, &e.Hash} }, `
		select region_id, seq, hash
		from event_heads
		order by region_id`)
}

// Files implements backup.Store.
func (s *Store) Files(ctx context.Context) ([]backup.File, error) {
	return sqldb.List(ctx, s.DB, func(f *backup.File) []any { return []any{&f.Region, &f.SHA256} }, `
		select distinct region_id, sha256
		from files
		where sha256 is not null
		order by region_id, sha256`)
}
