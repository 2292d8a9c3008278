// Package creationsql implements creation.Store in SQL.
package creationsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/creation"
	"siida.id/internal/infra/sqldb"
)

var _ creation.Store = (*Store)(nil)

// Store implements creation.Store.
type Store struct{ DB *sqldb.DB }

// Add implements creation.Store.
func (s *Store) Add(ctx context.Context, c creation.Claim) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		insert into creations (region_id, id, person_id, location, sha256, created_at)
		values ($1, $2, $3, $4, $5, $6)
		on conflict (region_id, id) do nothing`,
		actor.From(ctx).Region, c.ID, c.Person, c.Location, c.SHA256, sqldb.Time(c.At))
	return n > 0, err
}

// ByID implements creation.Store.
func (s *Store) ByID(ctx context.Context, id string) (creation.Claim, error) {
	fields := func(c *creation.Claim) []any {
		return []any{&c.ID, &c.Person, &c.Location, &c.SHA256, sqldb.ScanTime(&c.At)}
	}
	return sqldb.One(ctx, s.DB, fields, `
		select id, person_id, location, sha256, created_at
		from creations
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}
