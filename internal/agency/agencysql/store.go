// Package agencysql keeps agencies in SQL. Every statement runs on both engines.
package agencysql

import (
	"context"
	"strings"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

var _ agency.Store = (*Store)(nil)

// Store implements agency.Store.
type Store struct{ DB *sqldb.DB }

func fields(a *agency.Agency) []any { return []any{&a.ID, &a.Name, &a.Kind} }

// All implements agency.Store.
func (s *Store) All(ctx context.Context) ([]agency.Agency, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select id, name, kind
		from agencies
		where region_id = $1
		order by kind, name_key, id`,
		actor.From(ctx).Region)
}

// ByID implements agency.Store.
func (s *Store) ByID(ctx context.Context, id string) (agency.Agency, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select id, name, kind
		from agencies
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Add implements agency.Store.
func (s *Store) Add(ctx context.Context, a agency.Agency) error {
	_, err := s.DB.Exec(ctx, `
		insert into agencies (region_id, id, name, name_key, kind)
		values ($1, $2, $3, $4, $5)`,
		actor.From(ctx).Region, a.ID, a.Name, strings.ToLower(a.Name), a.Kind)
	return err
}
