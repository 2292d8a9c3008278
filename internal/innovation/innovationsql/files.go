package innovationsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

var _ file.Lister = (*Store)(nil)

func fileFields(f *innovation.File) []any {
	return []any{&f.ID, &f.InnovationID, &f.Kind, &f.Name, &f.Media, &f.Size, &f.Sum, &f.By, sqldb.ScanTime(&f.At)}
}

// AddFile implements innovation.Store.
func (s *Store) AddFile(ctx context.Context, f innovation.File) error {
	_, err := s.DB.Exec(ctx, `
		insert into innovation_files (region_id, id, innovation_id, kind, name, media, size, sum, added_by, added_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		actor.From(ctx).Region, f.ID, f.InnovationID, f.Kind, f.Name, f.Media, f.Size, f.Sum, f.By, sqldb.Time(f.At))
	return err
}

// FilesOf implements innovation.Store.
func (s *Store) FilesOf(ctx context.Context, innovationID string) ([]innovation.File, error) {
	return sqldb.List(ctx, s.DB, fileFields, `
		select id, innovation_id, kind, name, media, size, sum, added_by, added_at
		from innovation_files
		where region_id = $1 and innovation_id = $2 and ended_at = ''
		order by kind, added_at, id`,
		actor.From(ctx).Region, innovationID)
}

// EndFile implements innovation.Store.
func (s *Store) EndFile(ctx context.Context, id string, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update innovation_files
		set ended_at = $1
		where region_id = $2 and id = $3 and ended_at = ''`,
		sqldb.Time(at), actor.From(ctx).Region, id)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// Kept implements file.Lister.
func (s *Store) Kept(ctx context.Context) ([]file.Kept, error) {
	fields := func(k *file.Kept) []any { return []any{&k.Table, &k.ID, &k.Sum, &k.Size} }
	return sqldb.List(ctx, s.DB, fields, `
		select 'innovation_files', id, sum, size
		from innovation_files
		where region_id = $1
		order by id`,
		actor.From(ctx).Region)
}
