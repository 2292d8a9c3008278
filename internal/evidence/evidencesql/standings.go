package evidencesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

// counted is what a standing says of an innovation in a period, counted from its
// answers and from what proves them. It stands in one place, so that what is
// kept and what checks it cannot count differently. It goes from the innovation's
// documents on (cross join): from an indicator's uses on, it would read those of
// the whole region.
const counted = `
		select count(*) filter (where a.level > 0),
			count(*) filter (where a.level > 0 and p.code is not null),
			count(*) filter (where a.finished),
			coalesce(string_agg(
				case when a.level > 0 then a.code || '=' || cast(a.level as text) || case when p.code is null then '' else '!' end end,
				' ' order by a.code
			), '')
		from answers a
		left join (
			select distinct u.code
			from documents d
			cross join document_uses u
			where d.region_id = $1 and d.innovation_id = $2 and u.period_id = $3 and u.region_id = d.region_id and u.document_id = d.id
		) p on p.code = a.code
		where a.region_id = $1 and a.innovation_id = $2 and a.period_id = $3`

// RefreshSummary implements evidence.Store. Its first statement waits for whoever
// changes the same innovation now, so that the second one sees what they have done.
func (s *Store) RefreshSummary(ctx context.Context, innovationID, periodID string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		region := actor.From(ctx).Region
		if _, err := s.DB.Exec(ctx, `
			insert into standings (region_id, innovation_id, period_id, answered, proven, finished, claims)
			values ($1, $2, $3, 0, 0, 0, '')
			on conflict (region_id, period_id, innovation_id) do update set answered = standings.answered`,
			region, innovationID, periodID); err != nil {
			return err
		}
		_, err := s.DB.Exec(ctx, `
			update standings set (answered, proven, finished, claims) = (`+counted+`)
			where region_id = $1 and innovation_id = $2 and period_id = $3`,
			region, innovationID, periodID)
		return err
	})
}

type standing struct {
	innovation, period string
	evidence.Completeness
	claims string
}

// Astray implements evidence.Store.
func (s *Store) Astray(ctx context.Context) (list []evidence.Astray, err error) {
	region := actor.From(ctx).Region
	kept, err := sqldb.List(ctx, s.DB, func(v *standing) []any {
		return []any{&v.innovation, &v.period, &v.Answered, &v.Proven, &v.Finished, &v.claims}
	}, `
		select b.innovation_id, b.period_id, coalesce(s.answered, 0), coalesce(s.proven, 0), coalesce(s.finished, 0), coalesce(s.claims, '')
		from (
			select innovation_id, period_id
			from answers
			where region_id = $1
			union
			select innovation_id, period_id
			from standings
			where region_id = $1
		) b
		left join standings s on s.region_id = $1 and s.innovation_id = b.innovation_id and s.period_id = b.period_id
		order by b.period_id, b.innovation_id`,
		region)
	if err != nil {
		return nil, err
	}
	for _, was := range kept {
		is, err := sqldb.One(ctx, s.DB, func(v *standing) []any { return []any{&v.Answered, &v.Proven, &v.Finished, &v.claims} },
			counted, region, was.innovation, was.period)
		if err != nil {
			return nil, err
		}
		if is.innovation, is.period = was.innovation, was.period; is != was {
			list = append(list, evidence.Astray{InnovationID: was.innovation, PeriodID: was.period})
		}
	}
	return list, nil
}
