package agencysql

import (
	"context"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

func actFields(a *agency.Act) []any {
	return []any{&a.ID, &a.From, sqldb.ScanOptional(&a.To), &a.Move, &a.On, &a.Decree.Number, &a.Decree.Signed, &a.FromName, sqldb.ScanOptional(&a.ToName)}
}

// Record implements agency.Store.
func (s *Store) Record(ctx context.Context, a agency.Act) error {
	_, err := s.DB.Exec(ctx, `
		insert into agency_acts (region_id, act_id, n, from_id, to_id, move, on_day, decree_number, decree_day, from_name, to_name)
		values ($1, $2, (
			select count(*) + 1
			from agency_acts
			where region_id = $1 and act_id = $2
		), $3, $4, $5, $6, $7, $8, $9, $10)`,
		actor.From(ctx).Region, a.ID, a.From, sqldb.Optional(a.To), a.Move, a.On, a.Decree.Number, a.Decree.Signed, a.FromName, sqldb.Optional(a.ToName))
	return err
}

// Acts implements agency.Store.
func (s *Store) Acts(ctx context.Context, agencyID string) ([]agency.Act, error) {
	return sqldb.List(ctx, s.DB, actFields, `
		select act_id, from_id, to_id, move, on_day, decree_number, decree_day, from_name, to_name
		from agency_acts
		where region_id = $1 and (from_id = $2 or to_id = $2)
		order by on_day desc, act_id desc, n`,
		actor.From(ctx).Region, agencyID)
}

// Renames implements agency.Store.
func (s *Store) Renames(ctx context.Context) ([]agency.Act, error) {
	return sqldb.List(ctx, s.DB, actFields, `
		select act_id, from_id, to_id, move, on_day, decree_number, decree_day, from_name, to_name
		from agency_acts
		where region_id = $1 and move = 'ganti-nama'
		order by on_day, act_id`,
		actor.From(ctx).Region)
}
