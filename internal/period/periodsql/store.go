// Package periodsql implements period.Store in SQL. Every statement runs on both
// engines.
package periodsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/period"
)

var _ period.Store = (*Store)(nil)

// Store implements period.Store.
type Store struct{ DB *sqldb.DB }

const columns = `id, year, pack_id, pack_sha256, opened_at, state, moved_at, opens_at, closes_at, note, version`

func fields(p *period.Period) []any {
	return []any{
		&p.ID, &p.Year, &p.PackID, &p.PackSHA256, sqldb.ScanTime(&p.OpenedAt), &p.State, sqldb.ScanTime(&p.MovedAt),
		sqldb.ScanOptionalTime(&p.Opens), sqldb.ScanOptionalTime(&p.Closes), sqldb.ScanOptional(&p.Note), &p.Version,
	}
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

// LockShared implements period.Store.
func (s *Store) LockShared(ctx context.Context, id string) (period.Period, error) {
	return sqldb.ShareOne(ctx, s.DB, fields, `
		select `+columns+`
		from periods
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Lock implements period.Store.
func (s *Store) Lock(ctx context.Context, id string) (period.Period, error) {
	return sqldb.LockOne(ctx, s.DB, fields, `
		select `+columns+`
		from periods
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Add implements period.Store.
func (s *Store) Add(ctx context.Context, p period.Period) error {
	_, err := s.DB.Exec(ctx, `
		insert into periods (region_id, `+columns+`)
		values ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9, $10, 0)`,
		actor.From(ctx).Region, p.ID, p.Year, p.PackID, p.PackSHA256, sqldb.Time(p.OpenedAt), period.Open,
		sqldb.OptionalTime(p.Opens), sqldb.OptionalTime(p.Closes), sqldb.Optional(p.Note))
	return err
}

// Move implements period.Store.
func (s *Store) Move(ctx context.Context, id string, from, to period.State, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update periods
		set state = $1, moved_at = $2
		where region_id = $3 and id = $4 and state = $5`,
		to, sqldb.Time(at), actor.From(ctx).Region, id, from)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "fault.moved_on")
	}
	return err
}

// Save implements period.Store.
func (s *Store) Save(ctx context.Context, p period.Period) error {
	n, err := s.DB.Exec(ctx, `
		update periods
		set opens_at = $1, closes_at = $2, note = $3, version = version + 1
		where region_id = $4 and id = $5 and version = $6`,
		sqldb.OptionalTime(p.Opens), sqldb.OptionalTime(p.Closes), sqldb.Optional(p.Note), actor.From(ctx).Region, p.ID, p.Version)
	if err == nil && n == 0 {
		return fault.Moved("period.moved_on")
	}
	return err
}
