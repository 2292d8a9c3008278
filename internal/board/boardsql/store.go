// Package boardsql implements board.Store in SQL. Every statement runs on both engines.
package boardsql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/board"
	"siida.id/internal/infra/sqldb"
)

var _ board.Store = (*Store)(nil)

// Store implements board.Store.
type Store struct{ DB *sqldb.DB }

// row is a row of Figures: when the last change of a profile, of an answer or its
// evidence, and the last endorsement were.
type row struct {
	board.Figures
	profile, answers, endorsed time.Time
}

func rowFields(r *row) []any {
	return []any{
		&r.AgencyID, &r.Innovations, &r.Answered, &r.Finished, &r.Proven, &r.Endorsed, &r.Recent,
		sqldb.ScanOptionalTime(&r.profile), sqldb.ScanOptionalTime(&r.answers), sqldb.ScanOptionalTime(&r.endorsed),
	}
}

// nothing is the digest of an innovation without answers.
var nothing = func() string {
	sum := sha256.Sum256(nil)
	return hex.EncodeToString(sum[:])
}()

// figures adds up the stored summaries, so that no answer is read except those that
// became finished lately. A head has endorsed what is there now if profile and digest
// are those of the endorsement; above has the second head, that of the agency above, if
// the region's settings require it.
const figures = `
		with recent (innovation_id, finished) as (
			select innovation_id, count(*)
			from answers
			where region_id = $1 and period_id = $2 and finished_at >= $3
			group by innovation_id
		),
		above (agency_id, head_id) as (
			select a.id, p.id
			from agencies a
			join agency_settings t on t.region_id = a.region_id and t.parent_endorses
			join agencies p on p.region_id = a.region_id and p.id = a.parent_id and p.valid_until is null
			where a.region_id = $1
		)
		select i.agency_id, count(*), cast(coalesce(sum(s.answered), 0) as bigint), cast(coalesce(sum(s.finished), 0) as bigint),
			cast(coalesce(sum(s.proven), 0) as bigint),
			count(*) filter (where e.agency_id is not null and (b.head_id is null or h.agency_id is not null)),
			cast(coalesce(sum(r.finished), 0) as bigint),
			max(i.changed_at), max(s.changed_at), max(e.endorsed_at)
		from innovations i
		left join answer_summaries s on s.region_id = i.region_id and s.period_id = $2 and s.innovation_id = i.id
		left join recent r on r.innovation_id = i.id
		left join endorsements e on e.region_id = i.region_id and e.innovation_id = i.id and e.period_id = $2 and e.agency_id = i.agency_id
			and e.profile_version = i.version and e.answers_sha256 = coalesce(s.answers_sha256, $4)
		left join above b on b.agency_id = i.agency_id
		left join endorsements h on h.region_id = i.region_id and h.innovation_id = i.id and h.period_id = $2 and h.agency_id = b.head_id
			and h.profile_version = i.version and h.answers_sha256 = coalesce(s.answers_sha256, $4)
		where i.region_id = $1 and i.state is null`

// Figures implements board.Store. The agencies are passed as one parameter.
func (s *Store) Figures(ctx context.Context, periodID string, scope board.Scope, since time.Time) (list []board.Figures, err error) {
	agencies, err := json.Marshal(append([]string{}, scope.Agencies...))
	if err != nil {
		return nil, fmt.Errorf("agencies: %w", err)
	}
	var rows []row
	if s.DB.Engine == sqldb.Postgres {
		rows, err = sqldb.List(ctx, s.DB, rowFields, figures+`
			and ($5 or i.agency_id in (select jsonb_array_elements_text($6::jsonb)))
		group by i.agency_id
		order by i.agency_id`,
			actor.From(ctx).Region, periodID, sqldb.Time(since), nothing, scope.Region, string(agencies))
	} else {
		rows, err = sqldb.List(ctx, s.DB, rowFields, figures+`
			and ($5 or i.agency_id in (select value from json_each($6)))
		group by i.agency_id
		order by i.agency_id`,
			actor.From(ctx).Region, periodID, sqldb.Time(since), nothing, scope.Region, string(agencies))
	}
	for _, r := range rows {
		r.Last = slices.MaxFunc([]time.Time{r.profile, r.answers, r.endorsed}, time.Time.Compare)
		list = append(list, r.Figures)
	}
	return list, err
}

func requestFields(r *board.Requests) []any {
	return []any{&r.AgencyID, &r.Waiting, &r.Overdue, sqldb.ScanOptional(&r.First), sqldb.ScanOptionalTime(&r.Replied)}
}

// Requests implements board.Store.
func (s *Store) Requests(ctx context.Context, periodID string, today day.Day) ([]board.Requests, error) {
	return sqldb.List(ctx, s.DB, requestFields, `
		select agency_id, count(*) filter (where state in ('diminta', 'dikembalikan')),
			count(*) filter (where state in ('diminta', 'dikembalikan') and due < $1),
			min(due) filter (where state in ('diminta', 'dikembalikan') and due < $1), max(replied_at)
		from data_requests
		where region_id = $2 and period_id = $3
		group by agency_id
		order by agency_id`,
		string(today), actor.From(ctx).Region, periodID)
}

// Thresholds implements board.Store.
func (s *Store) Thresholds(ctx context.Context) (board.Thresholds, error) {
	t, err := sqldb.One(ctx, s.DB, func(t *board.Thresholds) []any { return []any{&t.QuietDays, &t.PaceDays} }, `
		select quiet_days, pace_days
		from board_settings
		where region_id = $1`,
		actor.From(ctx).Region)
	if fault.KindOf(err) == fault.NotFound {
		return board.DefaultThresholds(), nil
	}
	return t, err
}

// SaveThresholds implements board.Store.
func (s *Store) SaveThresholds(ctx context.Context, t board.Thresholds) error {
	_, err := s.DB.Exec(ctx, `
		insert into board_settings (region_id, quiet_days, pace_days)
		values ($1, $2, $3)
		on conflict (region_id) do update set
			quiet_days = excluded.quiet_days,
			pace_days  = excluded.pace_days`,
		actor.From(ctx).Region, t.QuietDays, t.PaceDays)
	return err
}
