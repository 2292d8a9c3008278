package evidencesql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

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

// codes scans a list of indicators, separated by commas; null for none.
type codes struct{ to *[]string }

// Scan implements sql.Scanner.
func (c codes) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil || text.String == "" {
		return err
	}
	*c.to = strings.Split(text.String, ",")
	return nil
}

func workFields(w *evidence.Work) []any {
	return []any{
		&w.ID, &w.AgencyID, &w.AgencyName, &w.Name, sqldb.ScanOptional(&w.Affair), sqldb.ScanOptional(&w.TriedOn), sqldb.ScanOptional(&w.AppliedOn),
		sqldb.ScanOptional(&w.DevelopedOn), &w.Answered, &w.Finished,
		detail{&w.AnswerSummary},
		codes{&w.Marked},
		codes{&w.Void},
	}
}

const work = `
		select i.id, i.agency_id, g.name, i.name, i.affair, i.tried_on, i.applied_on, i.developed_on,
			coalesce(s.answered, 0), coalesce(s.finished, 0), s.detail,
			(
				select string_agg(a.code, ',' order by a.code)
				from answers a
				where a.region_id = i.region_id and a.innovation_id = i.id and a.period_id = $1 and a.finished
			),
			(
				select string_agg(u.code, ',' order by u.code)
				from documents d
				join document_uses u on u.region_id = d.region_id and u.document_id = d.id and u.period_id = $1 and u.ended_at is null and u.void
				where d.region_id = i.region_id and d.innovation_id = i.id
			)
		from innovations i
		join agencies g on g.region_id = i.region_id and g.id = i.agency_id
		left join answer_summaries s on s.region_id = i.region_id and s.period_id = $1 and s.innovation_id = i.id
		where i.region_id = $2 and i.state is null`

// Work implements evidence.Store.
func (s *Store) Work(ctx context.Context, periodID string, scope evidence.Scope) ([]evidence.Work, error) {
	agencies, err := listed(scope.Agencies)
	if err != nil {
		return nil, err
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, workFields, work+`
			and ($3 or i.agency_id in (select jsonb_array_elements_text($4::jsonb)))
		order by i.sort_key, i.id`,
			periodID, actor.From(ctx).Region, scope.Region, agencies)
	}
	return sqldb.List(ctx, s.DB, workFields, work+`
			and ($3 or i.agency_id in (select value from json_each($4)))
		order by i.sort_key, i.id`,
		periodID, actor.From(ctx).Region, scope.Region, agencies)
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
