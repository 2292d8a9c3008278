// Package indexsql reads for the index. It writes no table.
package indexsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

var _ index.Store = (*Store)(nil)

// Store implements index.Store.
type Store struct{ DB *sqldb.DB }

func innovationFields(i *innovation.Innovation) []any {
	return []any{&i.ID, &i.AgencyID, &i.AgencyName, &i.Name, &i.Affair, &i.TriedOn, &i.AppliedOn, &i.DevelopedOn, &i.State}
}

func claimFields(c *index.Claim) []any { return []any{&c.InnovationID, &c.Code, &c.Level} }

// Innovations implements index.Store.
func (s *Store) Innovations(ctx context.Context) ([]innovation.Innovation, error) {
	return sqldb.List(ctx, s.DB, innovationFields, `
		select i.id, i.agency_id, a.name, i.name, i.affair, i.tried_on, i.applied_on, i.developed_on, i.state
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1
		order by i.name, i.id`,
		actor.From(ctx).Region)
}

// Proven implements index.Store. That there is evidence counts, not how much.
// It begins at the uses, in this order (cross join): begun at the answers, each
// would read the uses of the whole region.
func (s *Store) Proven(ctx context.Context, periodID string) ([]index.Claim, error) {
	return sqldb.List(ctx, s.DB, claimFields, `
		select distinct a.innovation_id, a.code, a.level
		from document_uses u
		cross join documents d
		cross join answers a
		where u.region_id = $1 and u.period_id = $2
			and d.region_id = u.region_id and d.id = u.document_id
			and a.region_id = d.region_id and a.innovation_id = d.innovation_id and a.period_id = u.period_id and a.code = u.code
			and a.level > 0
		order by a.innovation_id, a.code`,
		actor.From(ctx).Region, periodID)
}
