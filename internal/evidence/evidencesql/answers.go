// Package evidencesql keeps answers, files and documents in SQL. Every
// statement runs on both engines.
package evidencesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

var _ evidence.Store = (*Store)(nil)

// Store implements evidence.Store.
type Store struct{ DB *sqldb.DB }

func answerFields(a *evidence.Answer) []any {
	return []any{&a.InnovationID, &a.PeriodID, &a.Code, &a.Basis, &a.Level, &a.By, sqldb.ScanTime(&a.At), &a.Version}
}

func claimFields(c *evidence.Claim) []any {
	return []any{&c.InnovationID, &c.PeriodID, &c.Code, &c.Basis, &c.Level, &c.Version, &c.Documents}
}

// Claims implements evidence.Store. An indicator may have an answer, documents,
// or both, so that both sides are summed into one row.
func (s *Store) Claims(ctx context.Context, innovationID, periodID string) ([]evidence.Claim, error) {
	return sqldb.List(ctx, s.DB, claimFields, `
		select innovation_id, period_id, code, max(basis), max(level), max(version), sum(documents)
		from (
			select innovation_id, period_id, code, basis, level, version, 0 as documents
			from answers
			where region_id = $1 and innovation_id = $2 and period_id = $3
			union all
			select d.innovation_id, u.period_id, u.code, '', 0, 0, 1
			from document_uses u
			join documents d on d.region_id = u.region_id and d.id = u.document_id
			where u.region_id = $1 and d.innovation_id = $2 and u.period_id = $3
		) both_sides
		group by innovation_id, period_id, code
		order by code`,
		actor.From(ctx).Region, innovationID, periodID)
}

// Answer implements evidence.Store.
func (s *Store) Answer(ctx context.Context, innovationID, periodID, code string) (evidence.Answer, error) {
	return sqldb.One(ctx, s.DB, answerFields, `
		select innovation_id, period_id, code, basis, level, answered_by, answered_at, version
		from answers
		where region_id = $1 and innovation_id = $2 and period_id = $3 and code = $4`,
		actor.From(ctx).Region, innovationID, periodID, code)
}

// SaveAnswer implements evidence.Store. A first save has version zero and
// meets no row; a later one finds the version it read, or nothing.
func (s *Store) SaveAnswer(ctx context.Context, a evidence.Answer) error {
	n, err := s.DB.Exec(ctx, `
		insert into answers (region_id, innovation_id, period_id, code, basis, level, answered_by, answered_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1)
		on conflict (region_id, innovation_id, period_id, code) do update set
			basis       = excluded.basis,
			level       = excluded.level,
			answered_by = excluded.answered_by,
			answered_at = excluded.answered_at,
			version     = excluded.version
		where answers.version = excluded.version - 1`,
		actor.From(ctx).Region, a.InnovationID, a.PeriodID, a.Code, a.Basis, a.Level, a.By, sqldb.Time(a.At), a.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "evidence.moved_on")
	}
	return nil
}
