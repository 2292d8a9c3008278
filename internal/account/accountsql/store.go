// Package accountsql keeps accounts in SQL. Every statement runs on both engines.
package accountsql

import (
	"context"
	"database/sql"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

var _ account.Store = (*Store)(nil)

// Store implements account.Store.
type Store struct{ DB *sqldb.DB }

// maybe reads a moment that need not be there; then t stays zero.
type maybe struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m maybe) Scan(src any) error {
	if src == nil {
		return nil
	}
	return sqldb.ScanTime(m.t).Scan(src)
}

var _ sql.Scanner = maybe{}

// orNull is t for a statement, null where it is zero.
func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return sqldb.Time(t)
}

func personFields(p *account.Person) []any {
	return []any{&p.ID, &p.Name, &p.Login, &p.Phone, &p.Language, &p.PasswordHash, maybe{&p.CodeUntil}, &p.Active, &p.Version}
}

// ByLogin implements account.People.
func (s *Store) ByLogin(ctx context.Context, login string) (account.Person, error) {
	return sqldb.One(ctx, s.DB, personFields, `
		select id, name, login, phone, language, password_hash, code_until, active, version
		from people
		where region_id = $1 and login = $2`,
		actor.From(ctx).Region, login)
}

// ByID implements account.People.
func (s *Store) ByID(ctx context.Context, id string) (account.Person, error) {
	return sqldb.One(ctx, s.DB, personFields, `
		select id, name, login, phone, language, password_hash, code_until, active, version
		from people
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Add implements account.People.
func (s *Store) Add(ctx context.Context, p account.Person, assignments []account.Assignment) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.DB.Exec(ctx, `
			insert into people (region_id, id, name, login, phone, language, password_hash, code_until, active)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			actor.From(ctx).Region, p.ID, p.Name, p.Login, p.Phone, p.Language, p.PasswordHash, orNull(p.CodeUntil), p.Active)
		if err != nil {
			return err
		}
		for _, a := range assignments {
			if err := s.Assign(ctx, p.ID, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetPasswordHash implements account.People.
func (s *Store) SetPasswordHash(ctx context.Context, person, hash string) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set password_hash = $1, code_until = null
		where region_id = $2 and id = $3`,
		hash, actor.From(ctx).Region, person)
	return err
}

// SetCode implements account.People.
func (s *Store) SetCode(ctx context.Context, person, hash string, until time.Time) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set password_hash = $1, code_until = $2
		where region_id = $3 and id = $4`,
		hash, sqldb.Time(until), actor.From(ctx).Region, person)
	return err
}

// SpendCode implements account.People.
func (s *Store) SpendCode(ctx context.Context, person, hash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		update people
		set password_hash = $1, code_until = null
		where region_id = $2 and id = $3 and code_until is not null`,
		hash, actor.From(ctx).Region, person)
	return n == 1, err
}

// SaveProfile implements account.People.
func (s *Store) SaveProfile(ctx context.Context, p account.Person) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set name = $1, phone = $2, language = $3, version = version + 1
		where region_id = $4 and id = $5`,
		p.Name, p.Phone, p.Language, actor.From(ctx).Region, p.ID)
	return err
}

// SetActive implements account.People.
func (s *Store) SetActive(ctx context.Context, person string, active bool) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set active = $1
		where region_id = $2 and id = $3`,
		active, actor.From(ctx).Region, person)
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

// HasLastingAdmin implements account.People.
func (s *Store) HasLastingAdmin(ctx context.Context, at time.Time) (bool, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[bool], `
		select exists (
			select 1
			from people p
			join assignments a on a.region_id = p.region_id and a.person_id = p.id
			where p.region_id = $1 and p.active
				and a.role = 'admin' and a.agency = ''
				and a.valid_from <= $2 and a.valid_until is null)`,
		actor.From(ctx).Region, sqldb.Time(at))
}

// LockPerson implements account.People.
func (s *Store) LockPerson(ctx context.Context, id string) (account.Person, error) {
	return sqldb.LockOne(ctx, s.DB, personFields, `
		select id, name, login, phone, language, password_hash, code_until, active, version
		from people
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// LockAdmins implements account.People.
func (s *Store) LockAdmins(ctx context.Context, person string) error {
	_, err := sqldb.LockList(ctx, s.DB, sqldb.Self[string], `
		select id
		from people
		where region_id = $1 and (id = $2 or id in (
			select a.person_id
			from assignments a
			where a.region_id = $1 and a.role = 'admin'))
		order by id`,
		actor.From(ctx).Region, person)
	return err
}
