// Package registrysql implements registry.Store in SQL.
package registrysql

import (
	"context"
	"encoding/json"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/registry"
)

var _ registry.Store = (*Store)(nil)

// Store implements registry.Store.
type Store struct{ DB *sqldb.DB }

// The parts of the statements. listed has the innovations that a query selects, whatever
// their status, with what their status and their order depend on; it is filled once, from
// indexes alone as long as no words are searched. An innovation counts as
// innovation.EligibleDays says. Each engine has its own function for a list of agencies.
const (
	listed = `
		with listed as materialized (
			select i.id, i.sort_key, i.state,
				i.state is null and i.applied_on is not null and i.applied_on <= $1
					and (i.applied_on >= $2 or i.developed_on is not null and i.developed_on >= $3 and i.developed_on <= $4) as counts,
				coalesce(s.answered, 0) as answered, coalesce(s.finished, 0) as finished, coalesce(s.mend, 0) as mend,
				coalesce(s.points, 0) as points,
				case when s.changed_at > i.changed_at then s.changed_at else i.changed_at end as changed_at
			from innovations i
			left join answer_summaries s on s.region_id = i.region_id and s.period_id = $5 and s.innovation_id = i.id
			where i.region_id = $6 and ($7 or i.agency_id in (`
	ofSQLite   = `select value from json_each($8)`
	ofPostgres = `select jsonb_array_elements_text($8::jsonb)`
	filtered   = `))
				and ($9 = '' or i.affair = $9)
				and ($10 = '' or $10 = case when i.applied_on is not null then $11 when i.tried_on is not null then $12 else $13 end)
				and ($14 = '' or substr(i.applied_on, 1, 4) = $14)` +
		word15 + word16 + word17 + word18 + word19 + word20 + `
		)`
	word15 = `
				and ($15 = '' or i.sort_key like '%' || $15 || '%'` + wordsLike + ` like '%' || $15 || '%'` + agencyLike + ` like '%' || $15 || '%')`
	word16 = `
				and ($16 = '' or i.sort_key like '%' || $16 || '%'` + wordsLike + ` like '%' || $16 || '%'` + agencyLike + ` like '%' || $16 || '%')`
	word17 = `
				and ($17 = '' or i.sort_key like '%' || $17 || '%'` + wordsLike + ` like '%' || $17 || '%'` + agencyLike + ` like '%' || $17 || '%')`
	word18 = `
				and ($18 = '' or i.sort_key like '%' || $18 || '%'` + wordsLike + ` like '%' || $18 || '%'` + agencyLike + ` like '%' || $18 || '%')`
	word19 = `
				and ($19 = '' or i.sort_key like '%' || $19 || '%'` + wordsLike + ` like '%' || $19 || '%'` + agencyLike + ` like '%' || $19 || '%')`
	word20 = `
				and ($20 = '' or i.sort_key like '%' || $20 || '%'` + wordsLike + ` like '%' || $20 || '%'` + agencyLike + ` like '%' || $20 || '%')`
	wordsLike = `
					or (select w.words from innovation_words w where w.region_id = i.region_id and w.innovation_id = i.id)`
	agencyLike = `
					or (select a.sort_key from agencies a where a.region_id = i.region_id and a.id = i.agency_id)`

	counted = `
		select count(*) filter (where state is null), count(*) filter (where counts),
			count(*) filter (where counts and finished < $21),
			count(*) filter (where counts and finished < $21 and mend > 0),
			count(*) filter (where counts and finished >= $21),
			count(*) filter (where state is null and not counts),
			count(*) filter (where state = $22), count(*) filter (where state = $23)
		from listed`

	shown = `,
		shown as materialized (
			select id, sort_key, counts, answered, finished, mend, points, changed_at,
				case when $21 = 'kurang' and not counts then 1 when $21 = 'nilai' then -points else 0 end as first,
				case when $21 = 'kurang' then finished else 0 end as second,
				case when $21 = 'berubah' then changed_at else '' end as latest
			from listed
			where case $22
				when 'dihitung' then counts
				when 'kurang' then counts and finished < $23
				when 'perbaiki' then counts and finished < $23 and mend > 0
				when 'lengkap' then counts and finished >= $23
				when 'tidak-dihitung' then state is null and not counts
				when 'ditarik' then state = 'ditarik'
				when 'arsip' then state = 'arsip'
				else state is null
			end
			order by first, second, latest desc, sort_key, id
			limit $24 offset $25
		)
		select p.id, i.name, i.agency_id, a.name, i.affair, i.tried_on, i.applied_on, i.developed_on, i.state, p.changed_at,
			p.counts, p.answered, p.finished, p.mend, p.points
		from shown p
		cross join innovations i
		cross join agencies a
		where i.region_id = $6 and i.id = p.id and a.region_id = i.region_id and a.id = i.agency_id
		order by p.first, p.second, p.latest desc, p.sort_key, p.id`
)

func (s *Store) args(ctx context.Context, q registry.Selection) ([]any, error) {
	agencies, err := listOf(q.Scope)
	if err != nil {
		return nil, err
	}
	d := q.Days
	return []any{
		d.Until, d.From, d.DevelopedFrom, d.DevelopedUntil, q.PeriodID, actor.From(ctx).Region, q.Scope.Region, agencies,
		q.Affair, q.Stage, innovation.Application, innovation.Trial, innovation.Initiative, q.Year,
		q.Words[0], q.Words[1], q.Words[2], q.Words[3], q.Words[4], q.Words[5],
	}, nil
}

// listOf returns the agencies of a scope as one parameter.
func listOf(scope innovation.Scope) (string, error) {
	text, err := json.Marshal(append([]string{}, scope.Agencies...))
	if err != nil {
		return "", fmt.Errorf("agencies: %w", err)
	}
	return string(text), nil
}

type countRow [8]int

func countFields(c *countRow) []any {
	return []any{&c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7]}
}

// Counts implements registry.Store.
func (s *Store) Counts(ctx context.Context, q registry.Selection) (registry.Counts, error) {
	args, err := s.args(ctx, q)
	if err != nil {
		return nil, err
	}
	args = append(args, q.Total, innovation.Withdrawn, innovation.Archived)
	var row countRow
	if s.DB.Engine == sqldb.Postgres {
		row, err = sqldb.One(ctx, s.DB, countFields, listed+ofPostgres+filtered+counted, args...)
	} else {
		row, err = sqldb.One(ctx, s.DB, countFields, listed+ofSQLite+filtered+counted, args...)
	}
	counts := registry.Counts{}
	for at, status := range registry.Statuses() {
		counts[status] = row[at]
	}
	return counts, err
}

func rowFields(total int) func(r *registry.Row) []any {
	return func(r *registry.Row) []any {
		r.Total = total
		return []any{
			&r.ID, &r.Name, &r.AgencyID, &r.AgencyName, sqldb.ScanOptional(&r.Affair), sqldb.ScanOptional(&r.TriedOn), sqldb.ScanOptional(&r.AppliedOn),
			sqldb.ScanOptional(&r.DevelopedOn), sqldb.ScanOptional(&r.State), sqldb.ScanTime(&r.ChangedAt),
			&r.Counts, &r.Answered, &r.Finished, &r.Mend, &r.Points,
		}
	}
}

// Rows implements registry.Store.
func (s *Store) Rows(ctx context.Context, q registry.Selection, limit, skip int) ([]registry.Row, error) {
	args, err := s.args(ctx, q)
	if err != nil {
		return nil, err
	}
	args = append(args, q.Sort, q.Status, q.Total, limit, skip)
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, rowFields(q.Total), listed+ofPostgres+filtered+shown, args...)
	}
	return sqldb.List(ctx, s.DB, rowFields(q.Total), listed+ofSQLite+filtered+shown, args...)
}

const years = `
		select distinct coalesce(substr(applied_on, 1, 4), '')
		from innovations
		where region_id = $1 and ($2 or agency_id in (`

// Years implements registry.Store.
func (s *Store) Years(ctx context.Context, scope innovation.Scope) ([]string, error) {
	agencies, err := listOf(scope)
	if err != nil {
		return nil, err
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, sqldb.Self[string], years+`select jsonb_array_elements_text($3::jsonb)))
		order by 1 desc`,
			actor.From(ctx).Region, scope.Region, agencies)
	}
	return sqldb.List(ctx, s.DB, sqldb.Self[string], years+`select value from json_each($3)))
		order by 1 desc`,
		actor.From(ctx).Region, scope.Region, agencies)
}
