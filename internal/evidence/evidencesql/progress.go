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
// place, so that no two pages can count differently.
const progress = `
		select i.id,
			count(*) filter (where a.level > 0),
			count(*) filter (where a.level > 0 and exists (
				select 1
				from document_uses u
				join documents d on d.region_id = u.region_id and d.id = u.document_id
				where u.region_id = a.region_id and u.period_id = a.period_id and u.code = a.code
					and d.innovation_id = a.innovation_id
			)),
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
