// Package innovationsql keeps innovations in SQL. Every statement runs on both engines.
package innovationsql

import (
	"context"
	"encoding/json"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

var _ innovation.Store = (*Store)(nil)

// Store implements innovation.Store.
type Store struct{ DB *sqldb.DB }

const columns = `i.id, i.agency_id, a.name, i.name, i.affair, i.tried_on, i.applied_on, i.developed_on, i.design, i.made_at, i.changed_at, i.version`

func fields(i *innovation.Innovation) []any {
	return []any{
		&i.ID, &i.AgencyID, &i.AgencyName, &i.Name, &i.Affair, &i.TriedOn, &i.AppliedOn, &i.DevelopedOn, &i.Design,
		sqldb.ScanTime(&i.MadeAt), sqldb.ScanTime(&i.ChangedAt), &i.Version,
	}
}

// List implements innovation.Store. The agencies travel as one parameter, so
// that the statement stays a constant whatever their number.
func (s *Store) List(ctx context.Context, scope innovation.Scope) ([]innovation.Innovation, error) {
	agencies, err := json.Marshal(append([]string{}, scope.Agencies...))
	if err != nil {
		return nil, fmt.Errorf("agencies: %w", err)
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, fields, `
			select `+columns+`
			from innovations i
			join agencies a on a.region_id = i.region_id and a.id = i.agency_id
			where i.region_id = $1
				and ($2 or i.agency_id in (select jsonb_array_elements_text($3::jsonb)))
			order by i.name, i.id`,
			actor.From(ctx).Region, scope.Region, string(agencies))
	}
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1
			and ($2 or i.agency_id in (select value from json_each($3)))
		order by i.name, i.id`,
		actor.From(ctx).Region, scope.Region, string(agencies))
}

// ByID implements innovation.Store.
func (s *Store) ByID(ctx context.Context, id string) (innovation.Innovation, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1 and i.id = $2`,
		actor.From(ctx).Region, id)
}

// Save implements innovation.Store. A first save has version zero and meets no
// row; a later one finds the version it read, or nothing.
func (s *Store) Save(ctx context.Context, i innovation.Innovation) error {
	n, err := s.DB.Exec(ctx, `
		insert into innovations (region_id, id, agency_id, name, affair, tried_on, applied_on, developed_on, design, made_at, changed_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1)
		on conflict (region_id, id) do update set
			agency_id    = excluded.agency_id,
			name         = excluded.name,
			affair       = excluded.affair,
			tried_on     = excluded.tried_on,
			applied_on   = excluded.applied_on,
			developed_on = excluded.developed_on,
			design       = excluded.design,
			changed_at   = excluded.changed_at,
			version      = excluded.version
		where innovations.version = excluded.version - 1`,
		actor.From(ctx).Region, i.ID, i.AgencyID, i.Name, i.Affair, i.TriedOn, i.AppliedOn, i.DevelopedOn, i.Design,
		sqldb.Time(i.MadeAt), sqldb.Time(i.ChangedAt), i.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "innovation.moved_on")
	}
	return nil
}
