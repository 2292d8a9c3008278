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
func (s *Store) Proven(ctx context.Context, periodID string) ([]index.Claim, error) {
	return sqldb.List(ctx, s.DB, claimFields, `
		select a.innovation_id, a.code, a.level
		from answers a
		where a.region_id = $1 and a.period_id = $2 and a.level > 0
			and exists (
				select 1
				from document_uses u
				join documents d on d.region_id = u.region_id and d.id = u.document_id
				where u.region_id = a.region_id and u.period_id = a.period_id and u.code = a.code
					and d.innovation_id = a.innovation_id
			)
		order by a.innovation_id, a.code`,
		actor.From(ctx).Region, periodID)
}
