// Package agencysql stores agencies in SQL. Every statement runs on both
// engines.
package agencysql

import (
	"context"
	"strings"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/infra/sqldb"
)

var _ agency.Store = (*Store)(nil)

// Store implements agency.Store.
type Store struct{ DB *sqldb.DB }

func fields(a *agency.Agency) []any {
	return []any{&a.ID, &a.Name, &a.Kind, sqldb.ScanOptional(&a.Parent), sqldb.ScanOptional(&a.From), sqldb.ScanOptional(&a.Until), &a.Version}
}

// All implements agency.Store.
func (s *Store) All(ctx context.Context) ([]agency.Agency, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select id, name, kind, parent_id, valid_from, valid_until, version
		from agencies
		where region_id = $1
		order by kind, sort_key, id`,
		actor.From(ctx).Region)
}

const byID = `
		select id, name, kind, parent_id, valid_from, valid_until, version
		from agencies
		where region_id = $1 and id = $2`

// ByID implements agency.Store.
func (s *Store) ByID(ctx context.Context, id string) (agency.Agency, error) {
	return sqldb.One(ctx, s.DB, fields, byID, actor.From(ctx).Region, id)
}

// Lock implements agency.Store.
func (s *Store) Lock(ctx context.Context, id string) (agency.Agency, error) {
	return sqldb.LockOne(ctx, s.DB, fields, byID, actor.From(ctx).Region, id)
}

// LockShared implements agency.Store.
func (s *Store) LockShared(ctx context.Context, id string) (agency.Agency, error) {
	return sqldb.ShareOne(ctx, s.DB, fields, byID, actor.From(ctx).Region, id)
}

// Add implements agency.Store.
func (s *Store) Add(ctx context.Context, a agency.Agency) error {
	_, err := s.DB.Exec(ctx, `
		insert into agencies (region_id, id, name, name_key, sort_key, kind, parent_id, valid_from, valid_until)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		actor.From(ctx).Region, a.ID, a.Name, strings.ToLower(a.Name), text.SortKey(a.Name), a.Kind,
		sqldb.Optional(a.Parent), sqldb.Optional(a.From), sqldb.Optional(a.Until))
	return err
}

// Save implements agency.Store.
func (s *Store) Save(ctx context.Context, a agency.Agency) error {
	n, err := s.DB.Exec(ctx, `
		update agencies
		set name = $1, name_key = $2, sort_key = $3, kind = $4, parent_id = $5, valid_from = $6, valid_until = $7, version = version + 1
		where region_id = $8 and id = $9`,
		a.Name, strings.ToLower(a.Name), text.SortKey(a.Name), a.Kind,
		sqldb.Optional(a.Parent), sqldb.Optional(a.From), sqldb.Optional(a.Until), actor.From(ctx).Region, a.ID)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// LockAll implements agency.Store.
func (s *Store) LockAll(ctx context.Context) error {
	_, err := sqldb.LockList(ctx, s.DB, sqldb.Self[string], `
		select id
		from agencies
		where region_id = $1
		order by id`,
		actor.From(ctx).Region)
	return err
}

// Kinds implements agency.Store.
func (s *Store) Kinds(ctx context.Context) ([]agency.LabelledKind, error) {
	type row struct {
		id    agency.Kind
		label string
	}
	rows, err := sqldb.List(ctx, s.DB, func(r *row) []any { return []any{&r.id, &r.label} }, `
		select id, label
		from agency_kinds
		where region_id = $1
		order by sort_key, id`,
		actor.From(ctx).Region)
	var list []agency.LabelledKind
	for _, r := range rows {
		list = append(list, agency.LabelledKind{ID: r.id, Label: map[string]string{"id": r.label}})
	}
	return list, err
}

// AddKind implements agency.Store.
func (s *Store) AddKind(ctx context.Context, id agency.Kind, label string) error {
	_, err := s.DB.Exec(ctx, `
		insert into agency_kinds (region_id, id, label, sort_key)
		values ($1, $2, $3, $4)`,
		actor.From(ctx).Region, id, label, text.SortKey(label))
	return err
}

// Settings implements agency.Store.
func (s *Store) Settings(ctx context.Context) (agency.Settings, error) {
	got, err := sqldb.One(ctx, s.DB, func(r *agency.Settings) []any { return []any{&r.ParentEndorses} }, `
		select parent_endorses
		from agency_settings
		where region_id = $1`,
		actor.From(ctx).Region)
	if fault.KindOf(err) == fault.NotFound {
		return agency.Settings{}, nil
	}
	return got, err
}

// SaveSettings implements agency.Store.
func (s *Store) SaveSettings(ctx context.Context, to agency.Settings) error {
	_, err := s.DB.Exec(ctx, `
		insert into agency_settings (region_id, parent_endorses)
		values ($1, $2)
		on conflict (region_id) do update
		set parent_endorses = excluded.parent_endorses`,
		actor.From(ctx).Region, to.ParentEndorses)
	return err
}
