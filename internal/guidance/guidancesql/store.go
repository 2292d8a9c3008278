// Package guidancesql implements guidance.Store in SQL. Every statement runs on both
// engines.
package guidancesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/sqldb"
)

var _ guidance.Store = (*Store)(nil)

// Store implements guidance.Store.
type Store struct{ DB *sqldb.DB }

func guidanceFields(g *guidance.Guidance) []any {
	return []any{&g.PeriodID, &g.Code, &g.Words, &g.By, sqldb.ScanTime(&g.At), &g.Version}
}

// Guidance implements guidance.Store.
func (s *Store) Guidance(ctx context.Context, periodID, code string) (guidance.Guidance, error) {
	return sqldb.One(ctx, s.DB, guidanceFields, `
		select period_id, code, words, changed_by, changed_at, version
		from guidance
		where region_id = $1 and period_id = $2 and code = $3`,
		actor.From(ctx).Region, periodID, code)
}

// Save implements guidance.Store. A first save has version zero and inserts; a later
// one updates the row with the version read, if there is one.
func (s *Store) Save(ctx context.Context, g guidance.Guidance) error {
	n, err := s.DB.Exec(ctx, `
		insert into guidance (region_id, period_id, code, words, changed_by, changed_at, version)
		values ($1, $2, $3, $4, $5, $6, $7 + 1)
		on conflict (region_id, period_id, code) do update set
			words      = excluded.words,
			changed_by = excluded.changed_by,
			changed_at = excluded.changed_at,
			version    = excluded.version
		where guidance.version = excluded.version - 1`,
		actor.From(ctx).Region, g.PeriodID, g.Code, g.Words, g.By, sqldb.Time(g.At), g.Version)
	if err == nil && n == 0 {
		return fault.Moved("guidance.moved_on")
	}
	return err
}
