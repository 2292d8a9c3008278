package authsql

import (
	"context"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// Actor implements auth.Credentials.
func (s *Store) Actor(ctx context.Context, person, session string, at time.Time) (actor.Actor, error) {
	rows, err := sqldb.List(ctx, s.DB, sessionFields, beginActor+`
		select p.region_id, p.id, p.name, p.language, $1, $2, $2
		from people p
		where p.region_id = $3 and p.id = $4 and p.active and ($1 = '' or exists (
			select 1
			from sessions s
			where s.region_id = p.region_id and s.person_id = p.id and s.id = $1 and s.stage is null))`+endActor,
		session, sqldb.Time(at), actor.From(ctx).Region, person)
	who, err := sessionOf(rows, err)
	return who.Actor, err
}

// Between beginActor and endActor comes a statement that selects one person: region,
// id, name, language, session, when it was last used, and the moment at which
// assignments must be in force. The result has a sessionRow for each of these
// assignments.
//
// An assignment to an agency includes reading the agencies below it; union drops rows
// it has seen, so that the recursion ends even in a circle.
const (
	beginActor = `
		with recursive who (region_id, id, name, language, session, seen_at, at) as (`
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
		)
		select w.region_id, w.id, w.name, w.language, w.session, w.seen_at, v.role, v.agency, coalesce(v.below, false)
		from who w
		left join serves v on true
		order by coalesce(v.below, false), coalesce(v.role, ''), coalesce(v.agency, '')`
)

// sessionRow is a person with one of their assignments; the role is empty if they
// have none.
type sessionRow struct {
	actor.Actor
	actor.Assignment
	language string
	seen     time.Time
}

func sessionFields(r *sessionRow) []any {
	return []any{
		&r.Region, &r.ID, &r.Name, sqldb.ScanOptional(&r.language), &r.Session, sqldb.ScanTime(&r.seen),
		sqldb.ScanOptional(&r.Role), sqldb.ScanOptional(&r.Agency), &r.Below,
	}
}

// sessionOf joins the rows of one person; for no rows it returns NotFound.
func sessionOf(rows []sessionRow, err error) (auth.AuthenticatedSession, error) {
	if err != nil {
		return auth.AuthenticatedSession{}, err
	}
	if len(rows) == 0 {
		return auth.AuthenticatedSession{}, fault.New(fault.NotFound, "fault.not_found")
	}
	who := rows[0].Actor
	for _, r := range rows {
		if r.Role != "" {
			who.Assignments = append(who.Assignments, r.Assignment)
		}
	}
	return auth.AuthenticatedSession{Actor: who, Language: rows[0].language, SeenAt: rows[0].seen}, nil
}
