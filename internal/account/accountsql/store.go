// Package accountsql keeps accounts in SQL. Every statement runs on both engines.
package accountsql

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

var _ account.Store = (*Store)(nil)

// Store implements account.Store.
type Store struct{ DB *sqldb.DB }

// ByLogin implements account.People.
func (s *Store) ByLogin(ctx context.Context, login string) (account.Person, error) {
	fields := func(p *account.Person) []any { return []any{&p.ID, &p.Name, &p.Login, &p.PasswordHash, &p.Active} }
	return sqldb.One(ctx, s.DB, fields, `
		select id, name, login, password_hash, active
		from people
		where region_id = $1 and login = $2`,
		actor.From(ctx).Region, login)
}

// Add implements account.People.
func (s *Store) Add(ctx context.Context, p account.Person, assignments []account.Assignment) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.DB.Exec(ctx, `
			insert into people (region_id, id, name, login, password_hash, active)
			values ($1, $2, $3, $4, $5, $6)`,
			actor.From(ctx).Region, p.ID, p.Name, p.Login, p.PasswordHash, p.Active)
		if err != nil {
			return err
		}
		for _, a := range assignments {
			if err := s.assign(ctx, p.ID, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) assign(ctx context.Context, person string, a account.Assignment) error {
	var until any // null where the end is open
	if !a.Until.IsZero() {
		until = sqldb.Time(a.Until)
	}
	_, err := s.DB.Exec(ctx, `
		insert into assignments (region_id, person_id, role, agency, valid_from, valid_until)
		values ($1, $2, $3, $4, $5, $6)`,
		actor.From(ctx).Region, person, string(a.Role), a.Agency, sqldb.Time(a.From), until)
	return err
}

// SetPasswordHash implements account.People.
func (s *Store) SetPasswordHash(ctx context.Context, person, hash string) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set password_hash = $1
		where region_id = $2 and id = $3`,
		hash, actor.From(ctx).Region, person)
	return err
}

// HasAdmin implements account.People.
func (s *Store) HasAdmin(ctx context.Context, at time.Time) (bool, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[bool], `
		select exists (
			select 1
			from people p
			join assignments a on a.region_id = p.region_id and a.person_id = p.id
			where p.region_id = $1 and p.active
				and a.role = 'admin' and a.agency = ''
				and a.valid_from <= $2 and (a.valid_until is null or a.valid_until > $2))`,
		actor.From(ctx).Region, sqldb.Time(at))
}

// SetLink implements account.Links.
func (s *Store) SetLink(ctx context.Context, tokenHash string, until time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into setup_links (region_id, token_hash, expires_at)
		values ($1, $2, $3)
		on conflict (region_id) do update set
			token_hash = excluded.token_hash,
			expires_at = excluded.expires_at`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(until))
	return err
}

// HasLink implements account.Links.
func (s *Store) HasLink(ctx context.Context, tokenHash string, at time.Time) (bool, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[bool], `
		select exists (
			select 1
			from setup_links
			where region_id = $1 and token_hash = $2 and expires_at > $3)`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(at))
}

// SpendLink implements account.Links. Whoever comes second waits for the row,
// and then there is none.
func (s *Store) SpendLink(ctx context.Context, tokenHash string, at time.Time) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		delete from setup_links
		where region_id = $1 and token_hash = $2 and expires_at > $3`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(at))
	return n == 1, err
}
