// Package evidencesql implements evidence.Store in SQL. Every statement runs on both
// engines.
package evidencesql

import (
	"context"
	"database/sql"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

var _ evidence.Store = (*Store)(nil)

// Store implements evidence.Store.
type Store struct{ DB *sqldb.DB }

// targetRow is a row of Target.
type targetRow struct {
	innovation innovation.Access
	period     period.Period
}

func targetFields(t *targetRow) []any {
	p := &t.period
	return []any{
		&t.innovation.ID, &t.innovation.AgencyID, sqldb.ScanOptional(&t.innovation.State),
		&p.ID, &p.Year, &p.PackID, &p.PackSHA256, sqldb.ScanOptionalTime(&p.OpenedAt), &p.State, sqldb.ScanOptionalTime(&p.MovedAt),
		sqldb.ScanOptionalTime(&p.Opens), sqldb.ScanOptionalTime(&p.Closes), sqldb.ScanOptional(&p.Note), &p.Version,
	}
}

// Target implements evidence.Store.
func (s *Store) Target(ctx context.Context, innovationID, periodID string) (innovation.Access, period.Period, error) {
	t, err := sqldb.One(ctx, s.DB, targetFields, `
		select i.id, i.agency_id, i.state,
			coalesce(p.id, ''), coalesce(p.year, 0), coalesce(p.pack_id, ''), coalesce(p.pack_sha256, ''), p.opened_at,
			coalesce(p.state, ''), p.moved_at, p.opens_at, p.closes_at, p.note, coalesce(p.version, 0)
		from innovations i
		left join periods p on p.region_id = i.region_id and p.id = $1
		where i.region_id = $2 and i.id = $3`,
		periodID, actor.From(ctx).Region, innovationID)
	return t.innovation, t.period, err
}

func answerFields(a *evidence.Answer) []any {
	return []any{
		&a.InnovationID, &a.PeriodID, &a.Code, sqldb.ScanOptional(&a.Basis), sqldb.ScanOptional(&a.Level),
		&a.Marked, &a.By, sqldb.ScanTime(&a.At), &a.Version,
	}
}

func claimFields(c *evidence.Claim) []any {
	return []any{&c.InnovationID, &c.PeriodID, &c.Code, sqldb.ScanOptional(&c.Basis), sqldb.ScanOptional(&c.Level), &c.Marked, &c.Version, &c.Documents}
}

// Claims implements evidence.Store. An indicator may have an answer, documents, or
// both, so both are added up in one row. The cross join makes SQLite start from the
// innovation's documents, since the region has very many uses.
func (s *Store) Claims(ctx context.Context, innovationID, periodID string) ([]evidence.Claim, error) {
	return sqldb.List(ctx, s.DB, claimFields, `
		select innovation_id, period_id, code, max(basis), max(level), max(finished) > 0, max(version), sum(documents)
		from (
			select innovation_id, period_id, code, basis, level, case when finished then 1 else 0 end as finished, version, 0 as documents
			from answers
			where region_id = $1 and innovation_id = $2 and period_id = $3
			union all
			select d.innovation_id, u.period_id, u.code, null, null, 0, 0, case when u.void then 0 else 1 end
			from documents d
			cross join document_uses u
			where d.region_id = $1 and d.innovation_id = $2 and u.period_id = $3
				and u.region_id = d.region_id and u.document_id = d.id and u.ended_at is null
		) both_sides
		group by innovation_id, period_id, code
		order by code`,
		actor.From(ctx).Region, innovationID, periodID)
}

// Answer implements evidence.Store.
func (s *Store) Answer(ctx context.Context, innovationID, periodID, code string) (evidence.Answer, error) {
	return sqldb.One(ctx, s.DB, answerFields, `
		select innovation_id, period_id, code, basis, level, finished, answered_by, answered_at, version
		from answers
		where region_id = $1 and innovation_id = $2 and period_id = $3 and code = $4`,
		actor.From(ctx).Region, innovationID, periodID, code)
}

// SaveAnswer implements evidence.Store. A first save has version zero and inserts; a
// later one updates the row with the version read, if there is one.
func (s *Store) SaveAnswer(ctx context.Context, a evidence.Answer) error {
	save := s.change
	if a.Version == 0 {
		save = s.add
	}
	n, err := save(ctx, a)
	if err == nil && n == 0 {
		return fault.Moved("evidence.moved_on")
	}
	return err
}

func (s *Store) add(ctx context.Context, a evidence.Answer) (int64, error) {
	return s.DB.Exec(ctx, `
		insert into answers (region_id, innovation_id, period_id, code, basis, level, finished, answered_by, answered_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
		on conflict (region_id, innovation_id, period_id, code) do nothing`,
		actor.From(ctx).Region, a.InnovationID, a.PeriodID, a.Code, sqldb.Optional(a.Basis), sqldb.Optional(a.Level), a.Marked, a.By, sqldb.Time(a.At))
}

func (s *Store) change(ctx context.Context, a evidence.Answer) (int64, error) {
	return s.DB.Exec(ctx, `
		update answers
		set basis = $1, level = $2, finished = $3, answered_by = $4, answered_at = $5, version = version + 1
		where region_id = $6 and innovation_id = $7 and period_id = $8 and code = $9 and version = $10`,
		sqldb.Optional(a.Basis), sqldb.Optional(a.Level), a.Marked, a.By, sqldb.Time(a.At),
		actor.From(ctx).Region, a.InnovationID, a.PeriodID, a.Code, a.Version)
}

func askedFields(a *evidence.Asked) []any {
	return append(answerFields(&a.Answer), &a.Documents, &a.Guidance.Words, shown{&a.Guidance.Samples})
}

// Asked implements evidence.Store. The period has a row in any case, answer and
// guidance are optional.
func (s *Store) Asked(ctx context.Context, innovationID, periodID, code string) (evidence.Asked, error) {
	return sqldb.One(ctx, s.DB, askedFields, `
		select coalesce(a.innovation_id, ''), coalesce(a.period_id, ''), coalesce(a.code, ''), a.basis, a.level,
			coalesce(a.finished, false), coalesce(a.answered_by, ''),
			coalesce(a.answered_at, '0001-01-01T00:00:00.000Z'), coalesce(a.version, 0),
			(
				select count(*)
				from documents d
				cross join document_uses u
				where d.region_id = p.region_id and d.innovation_id = $1 and u.period_id = p.id and u.code = $2
					and u.region_id = d.region_id and u.document_id = d.id and u.ended_at is null and not u.void
			), coalesce(g.words, ''),
			(
				select string_agg(v.file_id || ' ' || v.verdict || ' ' || v.caption, '  ' order by v.verdict, v.shown_at, v.file_id)
				from guidance_samples v
				where v.code = $2 and v.region_id = p.region_id and v.period_id = p.id
			)
		from periods p
		left join answers a on a.region_id = p.region_id and a.period_id = p.id and a.innovation_id = $1 and a.code = $2
		left join guidance g on g.region_id = p.region_id and g.period_id = p.id and g.code = $2
		where p.region_id = $3 and p.id = $4`,
		innovationID, code, actor.From(ctx).Region, periodID)
}

// shown scans the samples of an indicator: id, verdict and caption, separated by two
// spaces, which captions do not have.
type shown struct{ to *[]guidance.Sample }

// Scan implements sql.Scanner.
func (s shown) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	*s.to = nil
	for one := range strings.SplitSeq(text.String, "  ") {
		if one == "" {
			continue
		}
		var v guidance.Sample
		id, rest, _ := strings.Cut(one, " ")
		verdict, caption, _ := strings.Cut(rest, " ")
		v.ID, v.Verdict, v.Caption = id, guidance.Verdict(verdict), caption
		*s.to = append(*s.to, v)
	}
	return nil
}
