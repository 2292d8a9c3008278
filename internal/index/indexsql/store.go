// Package indexsql implements index.Store in SQL.
package indexsql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/evidence"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
)

var _ index.Store = (*Store)(nil)

// Store implements index.Store.
type Store struct{ DB *sqldb.DB }

// fact is a row of Facts: an innovation, or an agency if it has no owner, or the
// region if it has no id either.
type fact struct {
	index.InnovationFacts
	kind, sortKey string
}

func factFields(f *fact) []any {
	return []any{
		&f.AgencyID, &f.ID, &f.Name, &f.kind, sqldb.ScanOptional(&f.Affair), sqldb.ScanOptional(&f.TriedOn),
		sqldb.ScanOptional(&f.AppliedOn), sqldb.ScanOptional(&f.DevelopedOn), sqldb.ScanOptional(&f.State),
		levels{&f.Levels},
		&f.sortKey,
	}
}

// Facts implements index.Store. One statement reads all of them, so that they are
// consistent. The answers of innovations come from their stored summaries; a level is
// proven if there is any evidence. Agencies and innovations are ordered by name.
func (s *Store) Facts(ctx context.Context, periodID string) (f index.Facts, err error) {
	rows, err := sqldb.List(ctx, s.DB, factFields, `
		select i.agency_id, i.id, i.name, '', i.affair, i.tried_on, i.applied_on, i.developed_on, i.state, s.detail, i.sort_key
		from innovations i
		left join answer_summaries s on s.region_id = i.region_id and s.period_id = $1 and s.innovation_id = i.id
		where i.region_id = $2
		union all
		select '', a.id, a.name, a.kind, '', '', '', '', '', '', a.sort_key
		from agencies a
		where a.region_id = $2
			and (a.valid_until is null or exists (select 1 from innovations i where i.region_id = a.region_id and i.agency_id = a.id))
		union all
		select '', '', '', '', '', '', '', '', '',
			'{"proven":{' ||
				coalesce(string_agg(case when p.code is not null then '"' || r.code || '":' || cast(r.level as text) end, ',' order by r.code), '') ||
			'},"unproven":{' ||
				coalesce(string_agg(case when p.code is null then '"' || r.code || '":' || cast(r.level as text) end, ',' order by r.code), '') ||
			'}}', ''
		from regional_answers r
		left join (
			select distinct code
			from regional_proofs
			where region_id = $2 and period_id = $1 and ended_at is null and not void
		) p on p.code = r.code
		where r.region_id = $2 and r.period_id = $1 and r.level > 0
		having count(*) > 0
		order by 11, 2`,
		periodID, actor.From(ctx).Region)
	if err != nil {
		return index.Facts{}, err
	}
	for _, row := range rows {
		switch {
		case row.AgencyID != "":
			f.Innovations = append(f.Innovations, row.InnovationFacts)
		case row.ID != "":
			f.Agencies = append(f.Agencies, index.Agency{ID: row.ID, Name: row.Name, Kind: row.kind})
		default:
			f.Region = row.Levels
		}
	}
	return f, nil
}

// levels scans the options of a summary of answers; null is none.
type levels struct{ to *index.Levels }

// Scan implements sql.Scanner.
func (l levels) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil || text.String == "" {
		return err
	}
	var sum evidence.AnswerSummary
	if err := json.Unmarshal([]byte(text.String), &sum); err != nil {
		return fmt.Errorf("summary %q: %w", text.String, err)
	}
	*l.to = index.Levels{Proven: index.ChoicesOf(sum.Proven), Unproven: index.ChoicesOf(sum.Unproven)}
	return nil
}

// figure scans a decimal stored as text.
type figure struct{ to *decimal.Decimal }

// Scan implements sql.Scanner.
func (f figure) Scan(src any) (err error) {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	*f.to, err = decimal.Parse(text.String)
	return err
}

func summaryFields(m *index.Snapshot) []any {
	return []any{
		&m.PeriodID, &m.Day, &m.Kind, sqldb.ScanTime(&m.At), sqldb.ScanOptional(&m.By), figure{&m.Figure}, &m.Innovations, sqldb.ScanOptional(&m.Source),
	}
}

func snapshotFields(m *index.Snapshot) []any {
	return append(summaryFields(m), sqldb.ScanOptional(&m.Facts))
}

// Snapshots implements index.Store.
func (s *Store) Snapshots(ctx context.Context, periodID string) ([]index.Snapshot, error) {
	return sqldb.List(ctx, s.DB, summaryFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source
		from index_snapshots
		where region_id = $1 and period_id = $2
		order by day, at, kind`,
		actor.From(ctx).Region, periodID)
}

// LastSnapshots implements index.Store.
func (s *Store) LastSnapshots(ctx context.Context) ([]index.Snapshot, error) {
	return sqldb.List(ctx, s.DB, summaryFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source
		from (
			select period_id, day, kind, at, by_name, figure, innovations, source,
				row_number() over (partition by period_id, kind = $1 order by day desc, at desc, kind) as place
			from index_snapshots
			where region_id = $2
		) s
		where place = 1
		order by period_id, day, at, kind`,
		index.National, actor.From(ctx).Region)
}

// SnapshotOn implements index.Store.
func (s *Store) SnapshotOn(ctx context.Context, periodID string, on day.Day) (index.Snapshot, error) {
	return sqldb.One(ctx, s.DB, snapshotFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source, facts
		from index_snapshots
		where region_id = $1 and period_id = $2 and day <= $3 and facts is not null
		order by day desc, at desc, kind
		limit 1`,
		actor.From(ctx).Region, periodID, on)
}

// Closing implements index.Store.
func (s *Store) Closing(ctx context.Context, periodID string) (index.Snapshot, error) {
	return sqldb.One(ctx, s.DB, snapshotFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source, facts
		from index_snapshots
		where region_id = $1 and period_id = $2 and kind = $3
		order by day desc, at desc
		limit 1`,
		actor.From(ctx).Region, periodID, index.Closing)
}

// SaveSnapshot implements index.Store.
func (s *Store) SaveSnapshot(ctx context.Context, m index.Snapshot) error {
	_, err := s.DB.Exec(ctx, `
		insert into index_snapshots (region_id, period_id, day, kind, at, by_name, figure, innovations, source, facts)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (region_id, period_id, day, kind) do update set
			at = excluded.at, by_name = excluded.by_name, figure = excluded.figure, innovations = excluded.innovations,
			source = excluded.source, facts = excluded.facts`,
		actor.From(ctx).Region, m.PeriodID, m.Day, m.Kind, sqldb.Time(m.At), sqldb.Optional(m.By), m.Figure.String(), m.Innovations,
		sqldb.Optional(m.Source), sqldb.Optional(m.Facts))
	return err
}

func changeFields(d *index.LastChange) []any { return []any{&d.Subject, &d.By, sqldb.ScanTime(&d.At)} }

// LastChanges implements index.Store.
func (s *Store) LastChanges(ctx context.Context, after, until time.Time) ([]index.LastChange, error) {
	return sqldb.List(ctx, s.DB, changeFields, `
		select e.subject, coalesce(d.actor_name, ''), e.at
		from (
			select max(seq) as seq
			from events
			where region_id = $1 and at > $2 and at <= $3
			group by subject
		) last
		join events e on e.region_id = $1 and e.seq = last.seq
		left join event_details d on d.region_id = e.region_id and d.seq = e.seq
		order by e.seq`,
		actor.From(ctx).Region, sqldb.Time(after), sqldb.Time(until))
}
