// Package regionsql keeps the list of regions in SQL.
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

func fields(r *region.Region) []any { return []any{&r.Code, &r.Name, &r.Host, &r.Sample} }

// Add implements region.Store.
func (s *Store) Add(ctx context.Context, r region.Region) error {
	_, err := s.DB.Exec(ctx, `
		insert into regions (region_id, name, host, sample)
		values ($1, $2, $3, $4)`,
		r.Code, r.Name, r.Host, r.Sample)
	return err
}

// ByHost implements region.Store.
func (s *Store) ByHost(ctx context.Context, host string) (region.Region, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select region_id, name, host, sample
		from regions
		where (host = $1 and host <> '')
			or (select count(*) from regions) = 1`,
		host)
}

// SetHost implements region.Store.
func (s *Store) SetHost(ctx context.Context, code, host string) error {
	n, err := s.DB.Exec(ctx, `
		update regions
		set host = $1
		where region_id = $2`,
		host, code)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// All implements region.Store.
func (s *Store) All(ctx context.Context) ([]region.Region, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select region_id, name, host, sample
		from regions
		order by region_id`)
}

// LockShared implements region.Store.
func (s *Store) LockShared(ctx context.Context, code string) error {
	_, err := sqldb.ShareOne(ctx, s.DB, sqldb.Self[string], `
		select region_id
		from regions
		where region_id = $1`,
		code)
	return err
}

// Lock implements region.Store.
func (s *Store) Lock(ctx context.Context, code string) error {
	_, err := sqldb.LockOne(ctx, s.DB, sqldb.Self[string], `
		select region_id
		from regions
		where region_id = $1`,
		code)
	return err
}
