// Package regionalsql implements regional.Store in SQL. Every statement runs on both
// engines.
package regionalsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/regional"
)

var _ regional.Store = (*Store)(nil)

// Store implements regional.Store.
type Store struct{ DB *sqldb.DB }

func answerFields(a *regional.Answer) []any {
	return []any{
		&a.PeriodID, &a.Code, sqldb.ScanOptional(&a.Level), sqldb.ScanOptional(&a.Source),
		sqldb.ScanOptional(&a.By), sqldb.ScanOptionalTime(&a.At), &a.Version,
	}
}

func claimFields(c *regional.Claim) []any { return append(answerFields(&c.Answer), &c.Proofs) }

// Claims implements regional.Store. An indicator may have an answer, proofs, or both,
// so both are added up in one row.
func (s *Store) Claims(ctx context.Context, periodID string) ([]regional.Claim, error) {
	return sqldb.List(ctx, s.DB, claimFields, `
		select max(period_id), code, max(level), max(source), max(answered_by),
			max(answered_at), max(version), sum(proofs)
		from (
			select period_id, code, level, source, answered_by, answered_at, version, 0 as proofs
			from regional_answers
			where region_id = $1 and period_id = $2
			union all
			select period_id, code, null, null, null, null, 0, case when void then 0 else 1 end
			from regional_proofs
			where region_id = $1 and period_id = $2 and ended_at is null
		) both_sides
		group by code
		order by code`,
		actor.From(ctx).Region, periodID)
}

// Answer implements regional.Store.
func (s *Store) Answer(ctx context.Context, periodID, code string) (regional.Answer, error) {
	return sqldb.One(ctx, s.DB, answerFields, `
		select period_id, code, level, source, answered_by, answered_at, version
		from regional_answers
		where region_id = $1 and period_id = $2 and code = $3`,
		actor.From(ctx).Region, periodID, code)
}

// SaveAnswer implements regional.Store. A first save has version zero and inserts; a
// later one updates the row with the version read, if there is one.
func (s *Store) SaveAnswer(ctx context.Context, a regional.Answer) error {
	save := s.change
	if a.Version == 0 {
		save = s.add
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		n, err := save(ctx, a)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Moved("regional.moved_on")
		}
		return s.saveFigures(ctx, a)
	})
}

func (s *Store) add(ctx context.Context, a regional.Answer) (int64, error) {
	return s.DB.Exec(ctx, `
		insert into regional_answers (region_id, period_id, code, level, source, answered_by, answered_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, 1)
		on conflict (region_id, period_id, code) do nothing`,
		actor.From(ctx).Region, a.PeriodID, a.Code, sqldb.Optional(a.Level), sqldb.Optional(a.Source), a.By, sqldb.Time(a.At))
}

func (s *Store) change(ctx context.Context, a regional.Answer) (int64, error) {
	return s.DB.Exec(ctx, `
		update regional_answers
		set level = $1, source = $2, answered_by = $3, answered_at = $4, version = version + 1
		where region_id = $5 and period_id = $6 and code = $7 and version = $8`,
		sqldb.Optional(a.Level), sqldb.Optional(a.Source), a.By, sqldb.Time(a.At),
		actor.From(ctx).Region, a.PeriodID, a.Code, a.Version)
}

// saveFigures replaces the figures of an answer.
func (s *Store) saveFigures(ctx context.Context, a regional.Answer) error {
	_, err := s.DB.Exec(ctx, `
		delete from regional_figures
		where region_id = $1 and period_id = $2 and code = $3`,
		actor.From(ctx).Region, a.PeriodID, a.Code)
	if err != nil {
		return err
	}
	for _, f := range a.Figures {
		_, err := s.DB.Exec(ctx, `
			insert into regional_figures (region_id, period_id, code, year, value, unit)
			values ($1, $2, $3, $4, $5, $6)`,
			actor.From(ctx).Region, a.PeriodID, a.Code, f.Year, f.Value, sqldb.Optional(f.Unit))
		if err != nil {
			return err
		}
	}
	return nil
}

func pastFields(p *regional.Past) []any {
	return []any{&p.PeriodID, &p.Year, &p.Value, sqldb.ScanOptional(&p.Unit), sqldb.ScanOptional(&p.Source)}
}

// Figures implements regional.Store.
func (s *Store) Figures(ctx context.Context, code string) ([]regional.Past, error) {
	return sqldb.List(ctx, s.DB, pastFields, `
		select f.period_id, f.year, f.value, f.unit, a.source
		from regional_figures f
		join regional_answers a on a.region_id = f.region_id and a.period_id = f.period_id and a.code = f.code
		where f.region_id = $1 and f.code = $2
		order by f.period_id desc, f.year desc`,
		actor.From(ctx).Region, code)
}
