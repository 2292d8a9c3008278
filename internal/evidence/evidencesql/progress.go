package evidencesql

import (
	"context"
	"encoding/json"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

// progress selects the stored progress of innovations in a period. It is the only
// such query, so that all pages agree.
const progress = `
		select i.id, coalesce(s.answered, 0), coalesce(s.finished, 0), s.detail
		from innovations i
		left join answer_summaries s on s.region_id = i.region_id and s.period_id = $1 and s.innovation_id = i.id
		where i.region_id = $2`

func progressFields(p *evidence.Progress) []any {
	return []any{&p.InnovationID, &p.Answered, &p.Finished, proven{&p.Proven}}
}

// Progress implements evidence.Store. The agencies are passed as one parameter.
func (s *Store) Progress(ctx context.Context, periodID string, scope evidence.Scope) ([]evidence.Progress, error) {
	agencies, err := listed(scope.Agencies)
	if err != nil {
		return nil, err
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, progressFields, progress+`
			and ($3 or i.agency_id in (select jsonb_array_elements_text($4::jsonb)))
		order by i.id`,
			periodID, actor.From(ctx).Region, scope.Region, agencies)
	}
	return sqldb.List(ctx, s.DB, progressFields, progress+`
			and ($3 or i.agency_id in (select value from json_each($4)))
		order by i.id`,
		periodID, actor.From(ctx).Region, scope.Region, agencies)
}

// listed returns agencies as one parameter.
func listed(agencies []string) (string, error) {
	text, err := json.Marshal(append([]string{}, agencies...))
	if err != nil {
		return "", fmt.Errorf("agencies: %w", err)
	}
	return string(text), nil
}

func sumFields(v *evidence.AgencyTotals) []any {
	return []any{&v.AgencyID, &v.Innovations, &v.Finished, &v.Untouched}
}

const sums = `
		select i.agency_id, count(*),
			count(*) filter (where s.finished = $1),
			count(*) filter (where coalesce(s.answered, 0) = 0 and coalesce(s.finished, 0) = 0)
		from innovations i
		left join answer_summaries s on s.region_id = i.region_id and s.period_id = $2 and s.innovation_id = i.id
		where i.region_id = $3 and i.state is null`

// AgencyTotals implements evidence.Store.
func (s *Store) AgencyTotals(ctx context.Context, periodID string, scope evidence.Scope, total int) ([]evidence.AgencyTotals, error) {
	agencies, err := listed(scope.Agencies)
	if err != nil {
		return nil, err
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, sumFields, sums+`
			and ($4 or i.agency_id in (select jsonb_array_elements_text($5::jsonb)))
		group by i.agency_id
		order by i.agency_id`,
			total, periodID, actor.From(ctx).Region, scope.Region, agencies)
	}
	return sqldb.List(ctx, s.DB, sumFields, sums+`
			and ($4 or i.agency_id in (select value from json_each($5)))
		group by i.agency_id
		order by i.agency_id`,
		total, periodID, actor.From(ctx).Region, scope.Region, agencies)
}
