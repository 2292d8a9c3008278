package accountsql

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// Actor implements account.People.
func (s *Store) Actor(ctx context.Context, person string, at time.Time) (actor.Actor, error) {
	rows, err := sqldb.List(ctx, s.DB, stayFields, beginActor+`
		select region_id, id, name, language, $1, $1
		from people
		where region_id = $2 and id = $3 and active`+endActor,
		sqldb.Time(at), actor.From(ctx).Region, person)
	who, err := stayOf(rows, err)
	return who.Actor, err
}

// Between beginActor and endActor stands a statement that selects one person:
// region, id, name, language, when they were last seen, and the moment at which
// their assignments are to count. Together they select a stayRow for each of
// these assignments.
//
// Whoever is assigned to an agency reads those below it: union, which drops what
// it has seen, ends even in a circle.
const (
	beginActor = `
		with recursive who (region_id, id, name, language, seen_at, at) as (`
	endActor = `
		),
		serves (region_id, role, agency, below) as (
			select a.region_id, a.role, a.agency, false
			from who w
			join assignments a on a.region_id = w.region_id and a.person_id = w.id
				and a.valid_from <= w.at and (a.valid_until is null or a.valid_until > w.at)
			union
			select v.region_id, v.role, g.id, true
			from serves v
			join agencies g on g.region_id = v.region_id and g.parent_id = v.agency
			where v.agency <> ''
		)
		select w.region_id, w.id, w.name, w.language, w.seen_at, coalesce(v.role, ''), coalesce(v.agency, ''), coalesce(v.below, false)
		from who w
		left join serves v on true
		order by v.below, v.role, v.agency`
)

// stayRow is a person with one of their assignments; without any, the role is empty.
type stayRow struct {
	actor.Actor
	actor.Assignment
	language string
	seen     time.Time
}

func stayFields(r *stayRow) []any {
	return []any{&r.Region, &r.ID, &r.Name, &r.language, sqldb.ScanTime(&r.seen), &r.Role, &r.Agency, &r.Below}
}

// stayOf puts the rows of one person together; without any it returns NotFound.
func stayOf(rows []stayRow, err error) (account.Stay, error) {
	if err != nil {
		return account.Stay{}, err
	}
	if len(rows) == 0 {
		return account.Stay{}, fault.New(fault.NotFound, "fault.not_found")
	}
	who := rows[0].Actor
	for _, r := range rows {
		if r.Role != "" {
			who.Assignments = append(who.Assignments, r.Assignment)
		}
	}
	return account.Stay{Actor: who, Language: rows[0].language, SeenAt: rows[0].seen}, nil
}
