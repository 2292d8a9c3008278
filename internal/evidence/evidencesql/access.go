package evidencesql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

func openingFields(o *evidence.AccessLogEntry) []any {
	return []any{&o.ID, &o.DocumentID, &o.By, &o.Name, sqldb.ScanTime(&o.At), sqldb.ScanOptional(&o.Reason)}
}

func countedFields(o *evidence.AccessLogEntry) []any { return append(openingFields(o), &o.All) }

// AddAccess implements evidence.Store.
func (s *Store) AddAccess(ctx context.Context, o evidence.AccessLogEntry) error {
	_, err := s.DB.Exec(ctx, `
		insert into evidence_accesses (region_id, id, document_id, opened_by, name, opened_at, reason)
		values ($1, $2, $3, $4, $5, $6, $7)`,
		actor.From(ctx).Region, o.ID, o.DocumentID, o.By, o.Name, sqldb.Time(o.At), sqldb.Optional(o.Reason))
	return err
}

// OpenedBy implements evidence.Store.
func (s *Store) OpenedBy(ctx context.Context, documentID, person string, since time.Time) ([]evidence.AccessLogEntry, error) {
	return sqldb.List(ctx, s.DB, openingFields, `
		select id, document_id, opened_by, name, opened_at, reason
		from evidence_accesses
		where region_id = $1 and document_id = $2 and opened_by = $3 and opened_at >= $4
		order by opened_at desc, id desc`,
		actor.From(ctx).Region, documentID, person, sqldb.Time(since))
}

// AccessLog implements evidence.Store.
func (s *Store) AccessLog(ctx context.Context, documentID string, skip, limit int) ([]evidence.AccessLogEntry, error) {
	return sqldb.List(ctx, s.DB, countedFields, `
		select id, document_id, opened_by, name, opened_at, reason, count(*) over ()
		from evidence_accesses
		where region_id = $1 and document_id = $2
		order by opened_at desc, id desc
		limit $3 offset $4`,
		actor.From(ctx).Region, documentID, limit, skip)
}
