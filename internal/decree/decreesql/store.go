// Package decreesql implements decree.Store in SQL. Every statement runs on both
// engines.
package decreesql

import (
	"context"
	"database/sql"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/decree"
	"siida.id/internal/infra/sqldb"
)

var _ decree.Store = (*Store)(nil)

// Store implements decree.Store.
type Store struct{ DB *sqldb.DB }

const columns = `d.id, d.number, d.day, d.subject, d.implementers, d.created_at, d.changed_at, d.version,
	coalesce((
		select string_agg(n.innovation_id, ' ' order by n.innovation_id)
		from decree_innovations n
		where n.region_id = d.region_id and n.decree_id = d.id
	), '')`

func fields(d *decree.Decree) []any {
	return []any{
		&d.ID, &d.Number, &d.Day, &d.Subject, &d.Implementers, sqldb.ScanTime(&d.CreatedAt), sqldb.ScanTime(&d.ChangedAt), &d.Version, ids{&d.InnovationIDs},
	}
}

// ids scans a text of ids separated by spaces.
type ids struct{ to *[]string }

// Scan implements sql.Scanner.
func (i ids) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	if *i.to = nil; text.String != "" {
		*i.to = strings.Split(text.String, " ")
	}
	return nil
}

// All implements decree.Store.
func (s *Store) All(ctx context.Context) ([]decree.Decree, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from decrees d
		where d.region_id = $1
		order by d.day desc, d.number, d.id`,
		actor.From(ctx).Region)
}

// ByID implements decree.Store.
func (s *Store) ByID(ctx context.Context, id string) (decree.Decree, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from decrees d
		where d.region_id = $1 and d.id = $2`,
		actor.From(ctx).Region, id)
}

// Lock implements decree.Store. It reads after it has the lock, so it sees what the
// previous holder of the lock wrote.
func (s *Store) Lock(ctx context.Context, id string) (decree.Decree, error) {
	_, err := sqldb.LockOne(ctx, s.DB, sqldb.Self[string], `
		select id
		from decrees
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	if err != nil {
		return decree.Decree{}, err
	}
	return s.ByID(ctx, id)
}

// Save implements decree.Store. A first save has version zero and inserts; a later
// one updates the row with the version read, if there is one.
func (s *Store) Save(ctx context.Context, d decree.Decree) error {
	n, err := s.DB.Exec(ctx, `
		insert into decrees (region_id, id, number, day, subject, implementers, created_at, changed_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1)
		on conflict (region_id, id) do update set
			number       = excluded.number,
			day          = excluded.day,
			subject      = excluded.subject,
			implementers = excluded.implementers,
			changed_at   = excluded.changed_at,
			version      = excluded.version
		where decrees.version = excluded.version - 1`,
		actor.From(ctx).Region, d.ID, d.Number, d.Day, d.Subject, d.Implementers, sqldb.Time(d.CreatedAt), sqldb.Time(d.ChangedAt), d.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Moved("decree.moved_on")
	}
	return nil
}

// BumpVersion implements decree.Store.
func (s *Store) BumpVersion(ctx context.Context, id string) error {
	_, err := s.DB.Exec(ctx, `
		update decrees
		set version = version + 1
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	return err
}

// Name implements decree.Store.
func (s *Store) Name(ctx context.Context, decreeID, innovationID string) error {
	_, err := s.DB.Exec(ctx, `
		insert into decree_innovations (region_id, decree_id, innovation_id)
		values ($1, $2, $3)
		on conflict (region_id, decree_id, innovation_id) do nothing`,
		actor.From(ctx).Region, decreeID, innovationID)
	return err
}

// Unname implements decree.Store.
func (s *Store) Unname(ctx context.Context, decreeID, innovationID string) error {
	_, err := s.DB.Exec(ctx, `
		delete from decree_innovations
		where region_id = $1 and decree_id = $2 and innovation_id = $3`,
		actor.From(ctx).Region, decreeID, innovationID)
	return err
}
