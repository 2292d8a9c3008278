// Package accountsql implements account.Store in SQL. Every statement runs on both
// engines.
package accountsql

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/text"
	"siida.id/internal/infra/sqldb"
)

var _ account.Store = (*Store)(nil)

// Store implements account.Store.
type Store struct{ DB *sqldb.DB }

func personFields(p *account.Person) []any {
	return []any{&p.ID, &p.Name, &p.Login, sqldb.ScanOptional(&p.Phone), sqldb.ScanOptional(&p.Language), &p.Active, &p.Version}
}

// ByID implements account.People.
func (s *Store) ByID(ctx context.Context, id string) (account.Person, error) {
	return sqldb.One(ctx, s.DB, personFields, `
		select id, name, login, phone, language, active, version
		from people
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Add implements account.People.
func (s *Store) Add(ctx context.Context, p account.Person, assignments []account.Assignment) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.DB.Exec(ctx, `
			insert into people (region_id, id, name, sort_key, login, phone, language, active)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			actor.From(ctx).Region, p.ID, p.Name, text.SortKey(p.Name), p.Login, sqldb.Optional(p.Phone), sqldb.Optional(p.Language), p.Active)
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

// SaveProfile implements account.People.
func (s *Store) SaveProfile(ctx context.Context, p account.Person) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set name = $1, sort_key = $2, phone = $3, language = $4, version = version + 1
		where region_id = $5 and id = $6`,
		p.Name, text.SortKey(p.Name), sqldb.Optional(p.Phone), sqldb.Optional(p.Language), actor.From(ctx).Region, p.ID)
	return err
}

// SetLanguage implements account.People.
func (s *Store) SetLanguage(ctx context.Context, person, language string) error {
	_, err := s.DB.Exec(ctx, `
		update people
		set language = $1
		where region_id = $2 and id = $3`,
		sqldb.Optional(language), actor.From(ctx).Region, person)
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
				and a.role = 'admin' and a.agency is null
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
				and a.role = 'admin' and a.agency is null
				and a.valid_from <= $2 and a.valid_until is null)`,
		actor.From(ctx).Region, sqldb.Time(at))
}

// LockPerson implements account.People.
func (s *Store) LockPerson(ctx context.Context, id string) (account.Person, error) {
	return sqldb.LockOne(ctx, s.DB, personFields, `
		select id, name, login, phone, language, active, version
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
