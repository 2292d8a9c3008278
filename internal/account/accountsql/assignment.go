package accountsql

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

func assignmentFields(a *account.Assignment) []any {
	return []any{
		&a.ID, &a.Role, sqldb.ScanOptional(&a.Agency), sqldb.ScanOptional(&a.Acting), sqldb.ScanTime(&a.From),
		sqldb.ScanOptionalTime(&a.Until),
		sqldb.ScanOptional(&a.Decree.Number), sqldb.ScanOptional(&a.Decree.Day), sqldb.ScanOptional(&a.Decree.Subject),
	}
}

// Assign implements account.Assignments.
func (s *Store) Assign(ctx context.Context, person string, a account.Assignment) error {
	_, err := s.DB.Exec(ctx, `
		insert into assignments (
			region_id, id, person_id, role, agency, acting, valid_from, valid_until,
			decree_number, decree_day, decree_subject)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		actor.From(ctx).Region, a.ID, person, string(a.Role), sqldb.Optional(a.Agency), sqldb.Optional(string(a.Acting)), sqldb.Time(a.From), sqldb.OptionalTime(a.Until),
		sqldb.Optional(a.Decree.Number), sqldb.Optional(string(a.Decree.Day)), sqldb.Optional(a.Decree.Subject))
	return err
}

// Assignments implements account.Assignments.
func (s *Store) Assignments(ctx context.Context, person string) ([]account.Assignment, error) {
	return sqldb.List(ctx, s.DB, assignmentFields, `
		select id, role, agency, acting, valid_from, valid_until, decree_number, decree_day, decree_subject
		from assignments
		where region_id = $1 and person_id = $2
		order by valid_from desc, id desc`,
		actor.From(ctx).Region, person)
}

// AllAssignments implements account.Assignments.
func (s *Store) AllAssignments(ctx context.Context) ([]account.Assignment, error) {
	return sqldb.List(ctx, s.DB, assignmentFields, `
		select id, role, agency, acting, valid_from, valid_until, decree_number, decree_day, decree_subject
		from assignments
		where region_id = $1
		order by id`,
		actor.From(ctx).Region)
}

// SetBounds implements account.Assignments.
func (s *Store) SetBounds(ctx context.Context, a account.Assignment) error {
	_, err := s.DB.Exec(ctx, `
		update assignments
		set valid_from = $1, valid_until = $2
		where region_id = $3 and id = $4`,
		sqldb.Time(a.From), sqldb.OptionalTime(a.Until), actor.From(ctx).Region, a.ID)
	return err
}

// Posts implements account.Assignments.
func (s *Store) Posts(ctx context.Context, agency string, after time.Time) ([]account.Post, error) {
	fields := func(p *account.Post) []any {
		return append([]any{&p.Person, &p.Name}, assignmentFields(&p.Assignment)...)
	}
	return sqldb.List(ctx, s.DB, fields, `
		select t.person_id, p.name, t.id, t.role, t.agency, t.acting, t.valid_from, t.valid_until, t.decree_number, t.decree_day, t.decree_subject
		from assignments t
		join people p on p.region_id = t.region_id and p.id = t.person_id
		where t.region_id = $1 and t.agency = $2 and (t.valid_until is null or t.valid_until > $3)
		order by t.valid_from, t.id`,
		actor.From(ctx).Region, agency, sqldb.Time(after))
}

// End implements account.Assignments.
func (s *Store) End(ctx context.Context, person, assignment string, at time.Time) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		update assignments
		set valid_until = $1
		where region_id = $2 and person_id = $3 and id = $4
			and (valid_until is null or valid_until > $1)`,
		sqldb.Time(at), actor.From(ctx).Region, person, assignment)
	return n == 1, err
}

// listed is a person of a list with one of their assignments, whose id is empty if
// they have none.
type listed struct {
	account.Person
	a     account.Assignment
	total int
}

// List implements account.People.
func (s *Store) List(ctx context.Context, f account.Filter, at time.Time, max, skip int) (list []account.Entry, total int, err error) {
	fields := func(r *listed) []any {
		return []any{
			&r.total, &r.ID, &r.Name, &r.Login, sqldb.ScanOptional(&r.Phone),
			&r.Active,
			sqldb.ScanOptional(&r.a.ID), sqldb.ScanOptional(&r.a.Role), sqldb.ScanOptional(&r.a.Agency), sqldb.ScanOptional(&r.a.Acting),
			sqldb.ScanOptionalTime(&r.a.From),
			sqldb.ScanOptionalTime(&r.a.Until),
		}
	}
	rows, err := sqldb.List(ctx, s.DB, fields, `
		with chosen as (
			select p.id, p.name, p.sort_key, p.login, p.phone, p.active, count(*) over () as total
			from people p
			where p.region_id = $1
				and ($2 = '' and $3 = '' or exists (
					select 1
					from assignments a
					where a.region_id = $1 and a.person_id = p.id
						and ($2 = '' or a.agency = $2)
						and ($3 = '' or a.role = $3)
						and (a.valid_until is null or a.valid_until > $4)))
			order by p.sort_key, p.id
			limit $5
			offset $6
		)
		select
			c.total, c.id, c.name, c.login, c.phone, c.active,
			a.id, a.role, a.agency, a.acting, a.valid_from, a.valid_until
		from chosen c
		left join assignments a on a.region_id = $1 and a.person_id = c.id
			and (a.valid_until is null or a.valid_until > $4)
		order by c.sort_key, c.id, a.role, coalesce(a.agency, ''), a.valid_from, a.id`,
		actor.From(ctx).Region, f.Agency, string(f.Role), sqldb.Time(at), max, skip)
	if err != nil {
		return nil, 0, err
	}
	for _, r := range rows {
		if n := len(list); n == 0 || list[n-1].ID != r.ID {
			list = append(list, account.Entry{Person: r.Person})
		}
		if last := &list[len(list)-1]; r.a.ID != "" {
			last.Assignments = append(last.Assignments, r.a)
		}
		total = r.total
	}
	return list, total, nil
}
