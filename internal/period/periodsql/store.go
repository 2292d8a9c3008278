// Package periodsql keeps periods in SQL. Every statement runs on both engines.
package periodsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/period"
)

var _ period.Store = (*Store)(nil)

// Store implements period.Store.
type Store struct{ DB *sqldb.DB }

const columns = `id, year, pack_id, pack_sum, opened_at`

func fields(p *period.Period) []any {
	return []any{&p.ID, &p.Year, &p.PackID, &p.PackSum, sqldb.ScanTime(&p.OpenedAt)}
}

// All implements period.Store.
func (s *Store) All(ctx context.Context) ([]period.Period, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from periods
		where region_id = $1
		order by year desc`,
		actor.From(ctx).Region)
}

// ByID implements period.Store.
func (s *Store) ByID(ctx context.Context, id string) (period.Period, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from periods
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Current implements period.Store.
func (s *Store) Current(ctx context.Context) (period.Period, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from periods
		where region_id = $1
		order by year desc
		limit 1`,
		actor.From(ctx).Region)
}

// Add implements period.Store.
func (s *Store) Add(ctx context.Context, p period.Period) error {
	_, err := s.DB.Exec(ctx, `
		insert into periods (region_id, `+columns+`)
		values ($1, $2, $3, $4, $5, $6)`,
		actor.From(ctx).Region, p.ID, p.Year, p.PackID, p.PackSum, sqldb.Time(p.OpenedAt))
	return err
}
