package decreesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
)

func scanFields(f *file.Record) []any {
	return []any{&f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.ReceivedBy, sqldb.ScanTime(&f.ReceivedAt)}
}

// ScanOf implements decree.Store.
func (s *Store) ScanOf(ctx context.Context, decreeID string) (file.Record, error) {
	return sqldb.One(ctx, s.DB, scanFields, `
		select f.id, f.purpose, f.name, f.media, f.size, f.sha256, f.state, f.received_by, f.received_at
		from file_uses u
		join files f on f.region_id = u.region_id and f.id = u.file_id
		where u.region_id = $1 and u.ref_id = $2 and u.kind = 'decree/scan' and u.ended_at is null
		order by f.received_at desc, f.id
		limit 1`,
		actor.From(ctx).Region, decreeID)
}
