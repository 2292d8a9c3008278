package evidencesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/file"
	"siida.id/internal/infra/sqldb"
)

var _ file.Lister = (*Store)(nil)

// Kept implements file.Lister.
func (s *Store) Kept(ctx context.Context) ([]file.Kept, error) {
	fields := func(k *file.Kept) []any { return []any{&k.Table, &k.ID, &k.Sum, &k.Size} }
	return sqldb.List(ctx, s.DB, fields, `
		select 'evidence_files', id, sum, size
		from evidence_files
		where region_id = $1
		order by id`,
		actor.From(ctx).Region)
}
