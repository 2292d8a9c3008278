package innovationsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

func fileFields(f *innovation.File) []any {
	return []any{
		&f.Kind, &f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.ReceivedBy, sqldb.ScanTime(&f.ReceivedAt),
	}
}

// FilesOf implements innovation.Store.
func (s *Store) FilesOf(ctx context.Context, innovationID string) ([]innovation.File, error) {
	return sqldb.List(ctx, s.DB, fileFields, `
		select substr(u.kind, length('profile.') + 1), f.id, f.purpose, f.name, f.media, f.size, f.sha256, f.state, f.received_by, f.received_at
		from file_uses u
		join files f on f.region_id = u.region_id and f.id = u.file_id
		where u.region_id = $1 and u.ref_id = $2 and u.kind like 'profile.%' and u.ended_at is null
		order by u.kind, f.received_at, f.id`,
		actor.From(ctx).Region, innovationID)
}
