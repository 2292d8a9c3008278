package decreesql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/decree"
	"siida.id/internal/infra/sqldb"
)

var _ file.Lister = (*Store)(nil)

func scanFields(f *decree.Scan) []any {
	return []any{&f.ID, &f.DecreeID, &f.Name, &f.Media, &f.Size, &f.Sum, &f.By, sqldb.ScanTime(&f.At)}
}

// AddScan implements decree.Store.
func (s *Store) AddScan(ctx context.Context, f decree.Scan) error {
	_, err := s.DB.Exec(ctx, `
		insert into decree_scans (region_id, id, decree_id, name, media, size, sum, added_by, added_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		actor.From(ctx).Region, f.ID, f.DecreeID, f.Name, f.Media, f.Size, f.Sum, f.By, sqldb.Time(f.At))
	return err
}

// ScanOf implements decree.Store.
func (s *Store) ScanOf(ctx context.Context, decreeID string) (decree.Scan, error) {
	return sqldb.One(ctx, s.DB, scanFields, `
		select id, decree_id, name, media, size, sum, added_by, added_at
		from decree_scans
		where region_id = $1 and decree_id = $2 and ended_at is null
		order by added_at desc, id
		limit 1`,
		actor.From(ctx).Region, decreeID)
}

// EndScan implements decree.Store.
func (s *Store) EndScan(ctx context.Context, id string, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update decree_scans
		set ended_at = $1
		where region_id = $2 and id = $3 and ended_at is null`,
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
		select 'decree_scans', id, sum, size
		from decree_scans
		where region_id = $1
		order by id`,
		actor.From(ctx).Region)
}
