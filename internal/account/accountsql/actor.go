package accountsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// assigned is a person with one of their assignments; without any, the role is empty.
type assigned struct {
	actor.Actor
	actor.Assignment
}

// Actor implements account.People. As in Resume, who is assigned to an agency
// reads those below it.
func (s *Store) Actor(ctx context.Context, person string, at time.Time) (actor.Actor, error) {
	fields := func(a *assigned) []any { return []any{&a.ID, &a.Name, &a.Role, &a.Agency, &a.Below} }
	rows, err := sqldb.List(ctx, s.DB, fields, `
		with recursive serves (role, agency, below) as (
			select role, agency, false
			from assignments
			where region_id = $1 and person_id = $2
				and valid_from <= $3 and (valid_until is null or valid_until > $3)
			union
			select v.role, g.id, true
			from serves v
			join agencies g on g.region_id = $1 and g.parent_id = v.agency
			where v.agency <> ''
		)
		select p.id, p.name, coalesce(v.role, ''), coalesce(v.agency, ''), coalesce(v.below, false)
		from people p
		left join serves v on true
		where p.region_id = $1 and p.id = $2 and p.active
		order by v.below, v.role, v.agency`,
		actor.From(ctx).Region, person, sqldb.Time(at))
	if err != nil {
		return actor.Actor{}, err
	}
	if len(rows) == 0 {
		return actor.Actor{}, fault.New(fault.NotFound, "fault.not_found")
	}
	who := rows[0].Actor
	who.Region = actor.From(ctx).Region
	for _, r := range rows {
		if r.Role != "" {
			who.Assignments = append(who.Assignments, r.Assignment)
		}
	}
	return who, nil
}
