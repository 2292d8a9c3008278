package evidencesql

import (
	"context"
	"encoding/json"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

// progress counts the answers of innovations in a period. It stands in one
// place, so that no two pages can count differently. What is proven is counted
// from an innovation's documents on, in this order (cross join): from the uses
// of an indicator on, each answer would read those of the whole region.
const progress = `
		select i.id,
			count(*) filter (where a.level > 0),
			(
				select count(distinct u.code)
				from documents d
				cross join document_uses u
				cross join answers c
				where u.period_id = $1 and d.region_id = $2 and d.innovation_id = i.id
					and u.region_id = d.region_id and u.document_id = d.id
					and c.region_id = d.region_id and c.innovation_id = d.innovation_id and c.period_id = u.period_id and c.code = u.code
					and c.level > 0
			),
			count(*) filter (where a.finished)
		from innovations i
		left join answers a on a.region_id = i.region_id and a.innovation_id = i.id and a.period_id = $1
		where i.region_id = $2`

func progressFields(p *evidence.Progress) []any {
	return []any{&p.InnovationID, &p.Answered, &p.Proven, &p.Finished}
}

// Progress implements evidence.Store. The agencies travel as one parameter.
func (s *Store) Progress(ctx context.Context, periodID string, scope evidence.Scope) ([]evidence.Progress, error) {
	agencies, err := json.Marshal(append([]string{}, scope.Agencies...))
	if err != nil {
		return nil, fmt.Errorf("agencies: %w", err)
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, progressFields, progress+`
			and ($3 or i.agency_id in (select jsonb_array_elements_text($4::jsonb)))
		group by i.id
		order by i.id`,
			periodID, actor.From(ctx).Region, scope.Region, string(agencies))
	}
	return sqldb.List(ctx, s.DB, progressFields, progress+`
			and ($3 or i.agency_id in (select value from json_each($4)))
		group by i.id
		order by i.id`,
		periodID, actor.From(ctx).Region, scope.Region, string(agencies))
}
