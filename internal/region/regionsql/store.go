// Package regionsql implements region.Store in SQL.
package regionsql

import (
	"context"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
)

var _ region.Store = (*Store)(nil)

// Store implements region.Store.
type Store struct{ DB *sqldb.DB }

const columns = `region_id, name, url, zone, sample, quota, motif`

func fields(r *region.Region) []any {
	return []any{&r.Code, &r.Name, sqldb.ScanOptional(&r.URL), &r.Zone, &r.Sample, sqldb.ScanOptional(&r.Quota), sqldb.ScanOptional(&r.Motif)}
}

// Add implements region.Store. The column host is derived from the address; it is
// unique, and requests find their region by it.
func (s *Store) Add(ctx context.Context, r region.Region) error {
	_, err := s.DB.Exec(ctx, `
		insert into regions (region_id, name, url, zone, sample, quota, motif, host)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.Code, r.Name, sqldb.Optional(r.URL), r.Zone, r.Sample, sqldb.Optional(r.Quota), sqldb.Optional(r.Motif), sqldb.Optional(r.Host()))
	return err
}

// ByHost implements region.Store.
func (s *Store) ByHost(ctx context.Context, host string) (region.Region, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from regions
		where host = $1
			or (select count(*) from regions) = 1`,
		host)
}

// ByCode implements region.Store.
func (s *Store) ByCode(ctx context.Context, code string) (region.Region, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from regions
		where region_id = $1`,
		code)
}

// Set implements region.Store.
func (s *Store) Set(ctx context.Context, r region.Region) error {
	n, err := s.DB.Exec(ctx, `
		update regions
		set url = $1, zone = $2, host = $3, quota = $4, motif = $5
		where region_id = $6`,
		sqldb.Optional(r.URL), r.Zone, sqldb.Optional(r.Host()), sqldb.Optional(r.Quota), sqldb.Optional(r.Motif), r.Code)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// All implements region.Store.
func (s *Store) All(ctx context.Context) ([]region.Region, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from regions
		order by region_id`)
}

// LockShared implements region.Store.
func (s *Store) LockShared(ctx context.Context, code string) (region.Region, error) {
	return sqldb.ShareOne(ctx, s.DB, fields, `
		select `+columns+`
		from regions
		where region_id = $1`,
		code)
}

// Lock implements region.Store.
func (s *Store) Lock(ctx context.Context, code string) (region.Region, error) {
	return sqldb.LockOne(ctx, s.DB, fields, `
		select `+columns+`
		from regions
		where region_id = $1`,
		code)
}
