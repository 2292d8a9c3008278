// Package indexsql reads for the index, and keeps its marks.
package indexsql

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
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

// holding is an agency with one of its innovations, or with none.
type holding struct {
	agency index.Agency
	held   index.Held
}

func holdingFields(h *holding) []any {
	return []any{
		&h.agency.ID, &h.agency.Name, &h.agency.Kind,
		&h.held.ID, &h.held.Name, &h.held.Affair, &h.held.TriedOn, &h.held.AppliedOn, &h.held.DevelopedOn, &h.held.State,
	}
}

// Holdings implements index.Store. One statement reads both, so that an
// innovation is never read without its agency.
func (s *Store) Holdings(ctx context.Context) (agencies []index.Agency, innovations []index.Held, err error) {
	rows, err := sqldb.List(ctx, s.DB, holdingFields, `
		select a.id, a.name, a.kind, coalesce(i.id, ''), coalesce(i.name, ''), coalesce(i.affair, ''), coalesce(i.tried_on, ''),
			coalesce(i.applied_on, ''), coalesce(i.developed_on, ''), coalesce(i.state, '')
		from agencies a
		left join innovations i on i.region_id = a.region_id and i.agency_id = a.id
		where a.region_id = $1 and (a.valid_until = '' or i.id is not null)
		order by i.name, i.id, a.id`,
		actor.From(ctx).Region)
	seen := map[string]bool{}
	for _, row := range rows {
		if !seen[row.agency.ID] {
			seen[row.agency.ID] = true
			agencies = append(agencies, row.agency)
		}
		if row.held.ID != "" {
			row.held.AgencyID = row.agency.ID
			innovations = append(innovations, row.held)
		}
	}
	slices.SortFunc(agencies, func(a, b index.Agency) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return agencies, innovations, err
}

// claimed is what an innovation claims, or the region where innovation is empty.
type claimed struct{ innovation, claims string }

func claimedFields(c *claimed) []any { return []any{&c.innovation, &c.claims} }

// Claims implements index.Store. What innovations claim is read as it is kept
// with their answers. That there is evidence counts, not how much.
func (s *Store) Claims(ctx context.Context, periodID string) (list []index.Claim, err error) {
	rows, err := sqldb.List(ctx, s.DB, claimedFields, `
		select innovation_id, claims
		from standings
		where region_id = $1 and period_id = $2
		union all
		select '', coalesce(string_agg(r.code || '=' || cast(r.level as text) || case when p.code is null then '' else '!' end, ' ' order by r.code), '')
		from regional_answers r
		left join (
			select distinct code
			from regional_proofs
			where region_id = $1 and period_id = $2 and ended_at = ''
		) p on p.code = r.code
		where r.region_id = $1 and r.period_id = $2 and r.level > 0
		order by 1`,
		actor.From(ctx).Region, periodID)
	for _, row := range rows {
		claims, err := evidence.ParseClaimed(row.claims)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			list = append(list, index.Claim{InnovationID: row.innovation, Code: c.Code, Level: c.Level, Proven: c.Proven})
		}
	}
	return list, err
}

// figure reads a decimal that is kept as text.
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

func markFields(m *index.Mark) []any {
	return []any{
		&m.PeriodID, &m.Day, &m.Kind, sqldb.ScanTime(&m.At), &m.By, figure{&m.Figure}, &m.Innovations, &m.Source,
	}
}

func keptFields(m *index.Mark) []any { return append(markFields(m), &m.Facts) }

// Marks implements index.Store.
func (s *Store) Marks(ctx context.Context, periodID string) ([]index.Mark, error) {
	return sqldb.List(ctx, s.DB, markFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source
		from index_marks
		where region_id = $1 and period_id = $2
		order by day, at, kind`,
		actor.From(ctx).Region, periodID)
}

// Kept implements index.Store.
func (s *Store) Kept(ctx context.Context, periodID string, on day.Day) (index.Mark, error) {
	return sqldb.One(ctx, s.DB, keptFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source, facts
		from index_marks
		where region_id = $1 and period_id = $2 and day <= $3 and facts <> ''
		order by day desc, at desc, kind
		limit 1`,
		actor.From(ctx).Region, periodID, on)
}

// Closing implements index.Store.
func (s *Store) Closing(ctx context.Context, periodID string) (index.Mark, error) {
	return sqldb.One(ctx, s.DB, keptFields, `
		select period_id, day, kind, at, by_name, figure, innovations, source, facts
		from index_marks
		where region_id = $1 and period_id = $2 and kind = $3
		order by day desc, at desc
		limit 1`,
		actor.From(ctx).Region, periodID, index.Closing)
}

// Keep implements index.Store.
func (s *Store) Keep(ctx context.Context, m index.Mark) error {
	_, err := s.DB.Exec(ctx, `
		insert into index_marks (region_id, period_id, day, kind, at, by_name, figure, innovations, source, facts)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (region_id, period_id, day, kind) do update set
			at = excluded.at, by_name = excluded.by_name, figure = excluded.figure, innovations = excluded.innovations,
			source = excluded.source, facts = excluded.facts`,
		actor.From(ctx).Region, m.PeriodID, m.Day, m.Kind, sqldb.Time(m.At), m.By, m.Figure.String(), m.Innovations, m.Source, m.Facts)
	return err
}

func deedFields(d *index.Deed) []any { return []any{&d.Subject, &d.By, sqldb.ScanTime(&d.At)} }

// Deeds implements index.Store.
func (s *Store) Deeds(ctx context.Context, after, until time.Time) ([]index.Deed, error) {
	return sqldb.List(ctx, s.DB, deedFields, `
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
