// Package reportsql implements report.Store in SQL. Every statement runs on both
// engines.
package reportsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/report"
)

var _ report.Store = (*Store)(nil)

// Store implements report.Store.
type Store struct{ DB *sqldb.DB }

// The columns of a file, empty if there is none.
const logoOrNone = `coalesce(f.id, ''), coalesce(f.purpose, ''), coalesce(f.name, ''), coalesce(f.media, ''), coalesce(f.size, 0),
	coalesce(f.sha256, ''), coalesce(f.state, ''), coalesce(f.received_by, ''), f.received_at`

func fileFields(f *file.Record) []any {
	return []any{&f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.ReceivedBy, sqldb.ScanOptionalTime(&f.ReceivedAt)}
}

func letterheadFields(l *report.Letterhead) []any {
	s := &l.Signer
	own := []any{
		&l.Government, &l.Agency, &l.Address, sqldb.ScanOptional(&l.Contact), &l.Pattern, sqldb.ScanOptional(&l.Code), &l.Place,
		&s.Office, &s.Position, sqldb.ScanOptional(&s.Before), &s.Name, sqldb.ScanOptional(&s.After),
		sqldb.ScanOptional(&s.Rank), sqldb.ScanOptional(&s.NIP), &l.By, sqldb.ScanTime(&l.At), &l.Version,
	}
	return append(own, fileFields(&l.Logo)...)
}

// Letterhead implements report.Store.
func (s *Store) Letterhead(ctx context.Context) (report.Letterhead, error) {
	return sqldb.One(ctx, s.DB, letterheadFields, `
		select l.government, l.agency, l.address, l.contact, l.pattern, l.code, l.place,
			l.office, l.position, l.title_before, l.name, l.title_after, l.rank, l.nip, l.saved_by, l.saved_at, l.version,
			`+logoOrNone+`
		from report_letterheads l
		left join files f on f.region_id = l.region_id and f.id = l.logo_id
		where l.region_id = $1`,
		actor.From(ctx).Region)
}

// SaveLetterhead implements report.Store. A first save has version zero and inserts;
// a later one updates the row with the version read, if there is one.
func (s *Store) SaveLetterhead(ctx context.Context, l report.Letterhead) error {
	n, err := s.DB.Exec(ctx, `
		insert into report_letterheads (region_id, government, agency, address, contact, logo_id, pattern, code, place,
			office, position, title_before, name, title_after, rank, nip, saved_by, saved_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, cast($19 as bigint) + 1)
		on conflict (region_id) do update set
			government   = excluded.government,
			agency       = excluded.agency,
			address      = excluded.address,
			contact      = excluded.contact,
			logo_id      = excluded.logo_id,
			pattern      = excluded.pattern,
			code         = excluded.code,
			place        = excluded.place,
			office       = excluded.office,
			position     = excluded.position,
			title_before = excluded.title_before,
			name         = excluded.name,
			title_after  = excluded.title_after,
			rank         = excluded.rank,
			nip          = excluded.nip,
			saved_by     = excluded.saved_by,
			saved_at     = excluded.saved_at,
			version      = excluded.version
		where report_letterheads.version = excluded.version - 1`,
		actor.From(ctx).Region, l.Government, l.Agency, l.Address, sqldb.Optional(l.Contact),
		sqldb.Optional(l.Logo.ID), string(l.Pattern), sqldb.Optional(l.Code), l.Place,
		string(l.Signer.Office), l.Signer.Position, sqldb.Optional(l.Signer.Before), l.Signer.Name, sqldb.Optional(l.Signer.After),
		sqldb.Optional(l.Signer.Rank), sqldb.Optional(l.Signer.NIP),
		l.By, sqldb.Time(l.At), l.Version)
	if err == nil && n == 0 {
		return fault.Moved("report.letterhead_moved")
	}
	return err
}
