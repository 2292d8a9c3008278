package innovationsql

import (
	"context"
	"database/sql"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

func fileFields(f *innovation.File) []any {
	return []any{
		used{&f.Kind}, &f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.ReceivedBy, sqldb.ScanTime(&f.ReceivedAt),
	}
}

// used reads the kind of a use as that of a file.
type used struct{ kind *innovation.FileKind }

// Scan implements sql.Scanner.
func (u used) Scan(src any) error {
	var text sql.NullString
	err := text.Scan(src)
	*u.kind = innovation.FileKindOf(file.UseKind(text.String))
	return err
}

// FilesOf implements innovation.Store.
func (s *Store) FilesOf(ctx context.Context, innovationID string) ([]innovation.File, error) {
	list, err := sqldb.List(ctx, s.DB, fileFields, `
		select u.kind, f.id, f.purpose, f.name, f.media, f.size, f.sha256, f.state, f.received_by, f.received_at
		from file_uses u
		join files f on f.region_id = u.region_id and f.id = u.file_id
		where u.region_id = $1 and u.ref_id = $2 and u.ended_at is null
			and u.kind in ('innovation/award', 'innovation/budget', 'innovation/business', 'innovation/photo', 'innovation/rights')
		order by f.received_at, f.id`,
		actor.From(ctx).Region, innovationID)
	place := func(f innovation.File) int { return slices.Index(innovation.FileKinds(), f.Kind) }
	slices.SortStableFunc(list, func(a, b innovation.File) int { return place(a) - place(b) })
	return list, err
}
