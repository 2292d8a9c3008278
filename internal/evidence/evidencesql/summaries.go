package evidencesql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/scoring"
)

// summarised is a claim with what its summary needs besides.
type summarised struct {
	evidence.Claim
	documents  string // the ids of those that prove it
	void       int    // how many cannot be opened
	changedAt  string // when the answer or its evidence was changed last
	finishedAt string // as stored
}

func summarisedFields(c *summarised) []any {
	return append(claimFields(&c.Claim), sqldb.ScanOptional(&c.documents), &c.void, &c.changedAt, sqldb.ScanOptional(&c.finishedAt))
}

// summary is a row of answer_summaries. Its moments are compared, and stored as read.
type summary struct {
	evidence.AnswerSummary
	proven, mend      int
	sha256, changedAt string
}

func (s summary) equal(other summary) bool {
	return s.Equal(other.AnswerSummary) && s.proven == other.proven && s.mend == other.mend && s.sha256 == other.sha256 && s.changedAt == other.changedAt
}

// summarise computes the summary of an innovation in a period. Evidence that has been
// detached proves nothing, but is a change.
func (s *Store) summarise(ctx context.Context, innovationID, periodID string) (summary, []summarised, error) {
	list, err := sqldb.List(ctx, s.DB, summarisedFields, `
		select innovation_id, period_id, code, max(basis), max(level), max(finished) > 0, max(version), count(document_id),
			string_agg(document_id, ' '), sum(void), max(changed_at), max(finished_at)
		from (
			select innovation_id, period_id, code, basis, level, case when finished then 1 else 0 end as finished, version,
				cast(null as text) as document_id, 0 as void, answered_at as changed_at, finished_at
			from answers
			where region_id = $1 and innovation_id = $2 and period_id = $3
			union all
			select d.innovation_id, u.period_id, u.code, null, null, 0, 0,
				case when u.ended_at is null and not u.void then u.document_id end, case when u.ended_at is null and u.void then 1 else 0 end, coalesce(u.ended_at, u.used_at), null
			from documents d
			cross join document_uses u
			where d.region_id = $1 and d.innovation_id = $2 and u.period_id = $3
				and u.region_id = d.region_id and u.document_id = d.id
		) both_sides
		group by innovation_id, period_id, code
		order by code`,
		actor.From(ctx).Region, innovationID, periodID)
	if err != nil {
		return summary{}, nil, err
	}
	var claims []evidence.Claim
	var content []string
	var sum summary
	for _, c := range list {
		claims = append(claims, c.Claim)
		if c.Level > 0 {
			content = append(content, fmt.Sprintf("%s=%s%d", c.Code, c.Basis, c.Level))
		}
		for id := range strings.FieldsSeq(c.documents) {
			content = append(content, c.Code+"<"+id)
		}
		if c.void > 0 && !c.State().Finished() {
			sum.mend++
		}
		sum.changedAt = max(sum.changedAt, c.changedAt)
	}
	sum.AnswerSummary = evidence.Summarise(claims)
	sum.proven, sum.sha256 = len(sum.Proven), evidence.ContentOf(0, content).Answers
	return sum, list, nil
}

// RefreshSummary implements evidence.Store. An answer that has become finished did so
// when it or its evidence was changed last. The points of other answers are not those of
// these.
func (s *Store) RefreshSummary(ctx context.Context, innovationID, periodID string) error {
	sum, list, err := s.summarise(ctx, innovationID, periodID)
	if err != nil {
		return err
	}
	detail, err := json.Marshal(sum.AnswerSummary)
	if err != nil {
		return fmt.Errorf("summary of %s in %s: %w", innovationID, periodID, err)
	}
	_, err = s.DB.Exec(ctx, `
		insert into answer_summaries (region_id, innovation_id, period_id, answered, finished, detail, proven, answers_sha256, changed_at, mend)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (region_id, period_id, innovation_id) do update set
			answered       = excluded.answered,
			finished       = excluded.finished,
			detail         = excluded.detail,
			proven         = excluded.proven,
			answers_sha256 = excluded.answers_sha256,
			changed_at     = excluded.changed_at,
			mend           = excluded.mend,
			points         = null`,
		actor.From(ctx).Region, innovationID, periodID, sum.Answered, sum.Finished, string(detail), sum.proven, sum.sha256, sqldb.Optional(sum.changedAt), sum.mend)
	if err != nil {
		return err
	}
	return s.saveFinished(ctx, innovationID, periodID, list)
}

// SavePoints implements evidence.Store.
func (s *Store) SavePoints(ctx context.Context, in evidence.InPeriod, points scoring.Points) error {
	_, err := s.DB.Exec(ctx, `
		update answer_summaries
		set points = $1
		where region_id = $2 and innovation_id = $3 and period_id = $4`,
		points, actor.From(ctx).Region, in.InnovationID, in.PeriodID)
	return err
}

// Points implements evidence.Store.
func (s *Store) Points(ctx context.Context) ([]evidence.StoredPoints, error) {
	return sqldb.List(ctx, s.DB, func(v *evidence.StoredPoints) []any {
		return []any{&v.InnovationID, &v.PeriodID, detail{&v.AnswerSummary}, sqldb.ScanOptional(&v.Points)}
	}, `
		select innovation_id, period_id, detail, points
		from answer_summaries
		where region_id = $1
		order by period_id, innovation_id`,
		actor.From(ctx).Region)
}

// saveFinished stores when answers became finished, in one statement for all that did at
// the same moment, and one for those that no longer are.
func (s *Store) saveFinished(ctx context.Context, innovationID, periodID string, list []summarised) error {
	codes := map[string][]string{} // by moment
	for _, c := range list {
		if finished := c.State().Finished(); finished != (c.finishedAt != "") {
			at := ""
			if finished {
				at = c.changedAt
			}
			codes[at] = append(codes[at], c.Code)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(codes)) {
		if _, err := s.DB.Exec(ctx, `
			update answers
			set finished_at = $1
			where region_id = $2 and innovation_id = $3 and period_id = $4 and $5 like '% ' || code || ' %'`,
			sqldb.Optional(at), actor.From(ctx).Region, innovationID, periodID, " "+strings.Join(codes[at], " ")+" "); err != nil {
			return err
		}
	}
	return nil
}

// Summaries implements evidence.Store. The cross join makes SQLite start from the few
// periods of the region.
func (s *Store) Summaries(ctx context.Context, innovationID string) (map[string]evidence.AnswerSummary, error) {
	rows, err := sqldb.List(ctx, s.DB, func(v *summaryRow) []any {
		return []any{&v.PeriodID, &v.Answered, &v.Finished, detail{&v.AnswerSummary}}
	}, `
		select s.period_id, s.answered, s.finished, s.detail
		from periods p
		cross join answer_summaries s
		where p.region_id = $1 and s.region_id = p.region_id and s.period_id = p.id and s.innovation_id = $2
		order by s.period_id`,
		actor.From(ctx).Region, innovationID)
	all := map[string]evidence.AnswerSummary{}
	for _, one := range rows {
		all[one.PeriodID] = one.AnswerSummary
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
	evidence.InPeriod
	summary
}

// Mismatches implements evidence.Store.
func (s *Store) Mismatches(ctx context.Context) (list []evidence.Mismatch, err error) {
	stored, err := sqldb.List(ctx, s.DB, func(v *summaryRow) []any {
		return []any{
			&v.InnovationID, &v.PeriodID, &v.Answered, &v.Finished,
			detail{&v.AnswerSummary},
			&v.proven, sqldb.ScanOptional(&v.sha256), sqldb.ScanOptional(&v.changedAt), &v.mend,
		}
	}, `
		select b.innovation_id, b.period_id, coalesce(s.answered, 0), coalesce(s.finished, 0), s.detail,
			coalesce(s.proven, 0), s.answers_sha256, s.changed_at, coalesce(s.mend, 0)
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
		sum, answers, err := s.summarise(ctx, one.InnovationID, one.PeriodID)
		if err != nil {
			return nil, err
		}
		dated := !slices.ContainsFunc(answers, func(c summarised) bool { return c.State().Finished() != (c.finishedAt != "") })
		if !sum.equal(one.summary) || !dated {
			list = append(list, evidence.Mismatch{InnovationID: one.InnovationID, PeriodID: one.PeriodID})
		}
	}
	return list, nil
}

// Unsummarised implements evidence.Store.
func (s *Store) Unsummarised(ctx context.Context) ([]evidence.InPeriod, error) {
	return sqldb.List(ctx, s.DB, func(v *evidence.InPeriod) []any { return []any{&v.InnovationID, &v.PeriodID} }, `
		select innovation_id, period_id
		from answer_summaries
		where region_id = $1 and answers_sha256 is null
		order by period_id, innovation_id`,
		actor.From(ctx).Region)
}
