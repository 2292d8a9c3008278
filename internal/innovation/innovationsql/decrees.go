package innovationsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

const decreeColumns = `d.id, d.number, d.day, d.subject, d.implementers, d.made_at, d.changed_at, d.version,
	(select count(*) from decree_innovations n where n.region_id = d.region_id and n.decree_id = d.id)`

func decreeFields(d *innovation.Decree) []any {
	return []any{
		&d.ID, &d.Number, &d.Day, &d.Subject, &d.Implementers, sqldb.ScanTime(&d.MadeAt), sqldb.ScanTime(&d.ChangedAt), &d.Version, &d.Innovations,
	}
}

// AllDecrees implements innovation.Store.
func (s *Store) AllDecrees(ctx context.Context) ([]innovation.Decree, error) {
	return sqldb.List(ctx, s.DB, decreeFields, `
		select `+decreeColumns+`
		from decrees d
		where d.region_id = $1
		order by d.day desc, d.number, d.id`,
		actor.From(ctx).Region)
}

// DecreeByID implements innovation.Store.
func (s *Store) DecreeByID(ctx context.Context, id string) (innovation.Decree, error) {
	return sqldb.One(ctx, s.DB, decreeFields, `
		select `+decreeColumns+`
		from decrees d
		where d.region_id = $1 and d.id = $2`,
		actor.From(ctx).Region, id)
}

// LockDecree implements innovation.Store. It reads after it has the lock, as Lock does.
func (s *Store) LockDecree(ctx context.Context, id string) (innovation.Decree, error) {
	_, err := sqldb.LockOne(ctx, s.DB, sqldb.Self[string], `
		select id
		from decrees
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	if err != nil {
		return innovation.Decree{}, err
	}
	return s.DecreeByID(ctx, id)
}

// SaveDecree implements innovation.Store.
func (s *Store) SaveDecree(ctx context.Context, d innovation.Decree) error {
	n, err := s.DB.Exec(ctx, `
		insert into decrees (region_id, id, number, day, subject, implementers, made_at, changed_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1)
		on conflict (region_id, id) do update set
			number       = excluded.number,
			day          = excluded.day,
			subject      = excluded.subject,
			implementers = excluded.implementers,
			changed_at   = excluded.changed_at,
			version      = excluded.version
		where decrees.version = excluded.version - 1`,
		actor.From(ctx).Region, d.ID, d.Number, d.Day, d.Subject, d.Implementers, sqldb.Time(d.MadeAt), sqldb.Time(d.ChangedAt), d.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "innovation.moved_on")
	}
	return nil
}

// TouchDecree implements innovation.Store.
func (s *Store) TouchDecree(ctx context.Context, id string) error {
	_, err := s.DB.Exec(ctx, `
		update decrees
		set version = version + 1
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	return err
}

// Named implements innovation.Store.
func (s *Store) Named(ctx context.Context, decreeID string) ([]innovation.Innovation, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1
			and i.id in (
				select x.innovation_id
				from decree_innovations x
				where x.region_id = i.region_id and x.decree_id = $2
			)
		order by i.sort_key, i.id`,
		actor.From(ctx).Region, decreeID)
}

// Name implements innovation.Store.
func (s *Store) Name(ctx context.Context, decreeID, innovationID string) error {
	_, err := s.DB.Exec(ctx, `
		insert into decree_innovations (region_id, decree_id, innovation_id)
		values ($1, $2, $3)
		on conflict (region_id, decree_id, innovation_id) do nothing`,
		actor.From(ctx).Region, decreeID, innovationID)
	return err
}

// Unname implements innovation.Store.
func (s *Store) Unname(ctx context.Context, decreeID, innovationID string) error {
	_, err := s.DB.Exec(ctx, `
		delete from decree_innovations
		where region_id = $1 and decree_id = $2 and innovation_id = $3`,
		actor.From(ctx).Region, decreeID, innovationID)
	return err
}
