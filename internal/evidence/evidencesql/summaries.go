package evidencesql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

// RefreshSummary implements evidence.Store.
func (s *Store) RefreshSummary(ctx context.Context, innovationID, periodID string) error {
	claims, err := s.Claims(ctx, innovationID, periodID)
	if err != nil {
		return err
	}
	sum := evidence.Summarise(claims)
	detail, err := json.Marshal(sum)
	if err != nil {
		return fmt.Errorf("summary of %s in %s: %w", innovationID, periodID, err)
	}
	_, err = s.DB.Exec(ctx, `
		insert into answer_summaries (region_id, innovation_id, period_id, answered, finished, detail)
		values ($1, $2, $3, $4, $5, $6)
		on conflict (region_id, period_id, innovation_id) do update set
			answered = excluded.answered,
			finished = excluded.finished,
			detail   = excluded.detail`,
		actor.From(ctx).Region, innovationID, periodID, sum.Answered, sum.Finished, string(detail))
	return err
}

// Summaries implements evidence.Store. The cross join makes SQLite start from the few
// periods of the region.
func (s *Store) Summaries(ctx context.Context, innovationID string) (map[string]evidence.AnswerSummary, error) {
	rows, err := sqldb.List(ctx, s.DB, func(v *summaryRow) []any {
		return []any{&v.period, &v.Answered, &v.Finished, detail{&v.AnswerSummary}}
	}, `
		select s.period_id, s.answered, s.finished, s.detail
		from periods p
		cross join answer_summaries s
		where p.region_id = $1 and s.region_id = p.region_id and s.period_id = p.id and s.innovation_id = $2
		order by s.period_id`,
		actor.From(ctx).Region, innovationID)
	all := map[string]evidence.AnswerSummary{}
	for _, one := range rows {
		all[one.period] = one.AnswerSummary
	}
	return all, err
}

// detail scans the JSON of a summary; null for no options.
type detail struct{ to *evidence.AnswerSummary }

// Scan implements sql.Scanner.
func (d detail) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil || text.String == "" {
		return err
	}
	if err := json.Unmarshal([]byte(text.String), d.to); err != nil {
		return fmt.Errorf("summary %q: %w", text.String, err)
	}
	return nil
}

// proven scans from a summary's JSON the number of options with evidence.
type proven struct{ to *int }

// Scan implements sql.Scanner.
func (p proven) Scan(src any) error {
	var sum evidence.AnswerSummary
	err := detail{&sum}.Scan(src)
	*p.to = len(sum.Proven)
	return err
}

type summaryRow struct {
	innovation, period string
	evidence.AnswerSummary
}

// Mismatches implements evidence.Store.
func (s *Store) Mismatches(ctx context.Context) (list []evidence.Mismatch, err error) {
	stored, err := sqldb.List(ctx, s.DB, func(v *summaryRow) []any {
		return []any{&v.innovation, &v.period, &v.Answered, &v.Finished, detail{&v.AnswerSummary}}
	}, `
		select b.innovation_id, b.period_id, coalesce(s.answered, 0), coalesce(s.finished, 0), s.detail
		from (
			select innovation_id, period_id
			from answers
			where region_id = $1
			union
			select innovation_id, period_id
			from answer_summaries
			where region_id = $1
		) b
		left join answer_summaries s on s.region_id = $1 and s.innovation_id = b.innovation_id and s.period_id = b.period_id
		order by b.period_id, b.innovation_id`,
		actor.From(ctx).Region)
	if err != nil {
		return nil, err
	}
	for _, one := range stored {
		claims, err := s.Claims(ctx, one.innovation, one.period)
		if err != nil {
			return nil, err
		}
		if !evidence.Summarise(claims).Equal(one.AnswerSummary) {
			list = append(list, evidence.Mismatch{InnovationID: one.innovation, PeriodID: one.period})
		}
	}
	return list, nil
}
