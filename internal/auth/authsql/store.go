// Package authsql implements auth.Store in SQL. Every statement runs on both engines.
package authsql

import (
	"context"
	"encoding/json"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

var _ auth.Store = (*Store)(nil)

// Store implements auth.Store.
type Store struct{ DB *sqldb.DB }

func loginFields(l *auth.Login) []any {
	return []any{
		&l.ID, &l.Name, &l.Login, sqldb.ScanOptional(&l.Phone), sqldb.ScanOptional(&l.Language), &l.Active,
		&l.Version, &l.Hash, sqldb.ScanOptionalTime(&l.CodeUntil),
	}
}

// ByLogin implements auth.Credentials.
func (s *Store) ByLogin(ctx context.Context, login string) (auth.Login, error) {
	return sqldb.One(ctx, s.DB, loginFields, `
		select p.id, p.name, p.login, p.phone, p.language, p.active, p.version, c.password_hash, c.code_until
		from people p
		join credentials c on c.region_id = p.region_id and c.person_id = p.id
		where p.region_id = $1 and p.login = $2`,
		actor.From(ctx).Region, login)
}

// ByID implements auth.Credentials.
func (s *Store) ByID(ctx context.Context, id string) (auth.Login, error) {
	return sqldb.One(ctx, s.DB, loginFields, byID, actor.From(ctx).Region, id)
}

// Lock implements auth.Credentials.
func (s *Store) Lock(ctx context.Context, id string) (auth.Login, error) {
	return sqldb.LockOne(ctx, s.DB, loginFields, byID, actor.From(ctx).Region, id)
}

const byID = `
		select p.id, p.name, p.login, p.phone, p.language, p.active, p.version, c.password_hash, c.code_until
		from people p
		join credentials c on c.region_id = p.region_id and c.person_id = p.id
		where p.region_id = $1 and p.id = $2`

// SetPasswordHash implements auth.Credentials.
func (s *Store) SetPasswordHash(ctx context.Context, person, hash string) error {
	return s.set(ctx, person, hash, time.Time{})
}

// SetCode implements auth.Credentials.
func (s *Store) SetCode(ctx context.Context, person, hash string, until time.Time) error {
	return s.set(ctx, person, hash, until)
}

func (s *Store) set(ctx context.Context, person, hash string, until time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into credentials (region_id, person_id, password_hash, code_until)
		values ($1, $2, $3, $4)
		on conflict (region_id, person_id) do update set
			password_hash = excluded.password_hash,
			code_until = excluded.code_until`,
		actor.From(ctx).Region, person, hash, sqldb.OptionalTime(until))
	return err
}

// SpendCode implements auth.Credentials.
func (s *Store) SpendCode(ctx context.Context, person, hash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		update credentials
		set password_hash = $1, code_until = null
		where region_id = $2 and person_id = $3 and code_until is not null`,
		hash, actor.From(ctx).Region, person)
	return n == 1, err
}

// Statuses implements auth.Credentials. The ids are passed as one parameter.
func (s *Store) Statuses(ctx context.Context, people []string) (map[string]account.LoginStatus, error) {
	type row struct {
		person string
		account.LoginStatus
	}
	fields := func(r *row) []any { return []any{&r.person, sqldb.ScanOptionalTime(&r.CodeUntil), &r.HasFactor} }
	ids, err := json.Marshal(append([]string{}, people...))
	if err != nil {
		return nil, err
	}
	var rows []row
	if s.DB.Engine == sqldb.Postgres {
		rows, err = sqldb.List(ctx, s.DB, fields, statuses+`
		where c.region_id = $1 and c.person_id in (select jsonb_array_elements_text($2::jsonb))`,
			actor.From(ctx).Region, string(ids))
	} else {
		rows, err = sqldb.List(ctx, s.DB, fields, statuses+`
		where c.region_id = $1 and c.person_id in (select value from json_each($2))`,
			actor.From(ctx).Region, string(ids))
	}
	all := make(map[string]account.LoginStatus, len(rows))
	for _, r := range rows {
		all[r.person] = r.LoginStatus
	}
	return all, err
}

const statuses = `
		select c.person_id, c.code_until, exists (
			select 1
			from second_factors f
			where f.region_id = c.region_id and f.person_id = c.person_id and f.confirmed)
		from credentials c`
