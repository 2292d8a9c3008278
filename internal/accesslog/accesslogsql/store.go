// Package accesslogsql implements accesslog.Store in SQL.
package accesslogsql

import (
	"context"
	"strconv"
	"time"

	"siida.id/internal/accesslog"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/text"
	"siida.id/internal/infra/sqldb"
)

var _ accesslog.Store = (*Store)(nil)

// Store implements accesslog.Store.
type Store struct{ DB *sqldb.DB }

// Add implements accesslog.Store.
func (s *Store) Add(ctx context.Context, e accesslog.Entry) error {
	_, err := s.DB.Exec(ctx, `
		insert into access_entries (region_id, id, at, person_id, name, address, route, path, outcome)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		actor.From(ctx).Region, e.ID, sqldb.Time(e.At), e.Person, e.Name, e.Address, e.Route, sqldb.Optional(e.Path), string(e.Outcome))
	return err
}

// Refusals implements accesslog.Store.
func (s *Store) Refusals(ctx context.Context, person string, since time.Time) (int, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int], `
		select count(*)
		from access_entries
		where region_id = $1 and person_id = $2 and at >= $3 and outcome <> 'opened'`,
		actor.From(ctx).Region, person, sqldb.Time(since))
}

// AddCount implements accesslog.Store.
func (s *Store) AddCount(ctx context.Context, c accesslog.Count) error {
	_, err := s.DB.Exec(ctx, `
		insert into refusal_counts (region_id, hour, route, outcome, count)
		values ($1, $2, $3, $4, $5)
		on conflict (region_id, hour, route, outcome) do update set
			count = refusal_counts.count + excluded.count`,
		actor.From(ctx).Region, sqldb.Time(c.Hour), c.Route, string(c.Outcome), c.N)
	return err
}

// List implements accesslog.Store.
func (s *Store) List(ctx context.Context, r accesslog.Range) ([]accesslog.Entry, error) {
	fields := func(e *accesslog.Entry) []any {
		return []any{&e.ID, sqldb.ScanTime(&e.At), &e.Person, &e.Name, &e.Address, &e.Route, sqldb.ScanOptional(&e.Path), &e.Outcome}
	}
	return sqldb.List(ctx, s.DB, fields, `
		select id, at, person_id, name, address, route, path, outcome
		from access_entries
		where region_id = $1 and at >= $2 and at < $3 and ($4 = '' or person_id = $4) and ($5 = '' or id < $5)
			and ($6 = '' or $6 = 'dibuka' and outcome = 'opened' or $6 = 'ditolak' and outcome <> 'opened')
		order by id desc
		limit $7`,
		actor.From(ctx).Region, sqldb.Time(r.Since), sqldb.Time(r.Until), r.Person, r.Before, string(r.What), r.Limit)
}

// Counts implements accesslog.Store.
func (s *Store) Counts(ctx context.Context, since time.Time) ([]accesslog.Count, error) {
	fields := func(c *accesslog.Count) []any { return []any{&c.Route, &c.Outcome, &c.N} }
	return sqldb.List(ctx, s.DB, fields, `
		select route, outcome, sum(count)
		from refusal_counts
		where region_id = $1 and hour > $2
		group by route, outcome
		order by sum(count) desc, route, outcome
		limit 50`,
		actor.From(ctx).Region, sqldb.Time(since))
}

// Sweep implements accesslog.Store.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	_, err := s.DB.Exec(ctx, `
		delete from access_entries
		where region_id = $1 and at < $2`,
		actor.From(ctx).Region, sqldb.Time(before))
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		delete from refusal_counts
		where region_id = $1 and hour < $2`,
		actor.From(ctx).Region, sqldb.Time(before))
	return err
}

// Audit implements accesslog.Store.
func (s *Store) Audit(ctx context.Context, r accesslog.Range) ([]accesslog.AuditEntry, error) {
	before, err := strconv.ParseInt(r.Before, 10, 64)
	if err != nil || before <= 0 {
		before = 1 << 62 // the first page
	}
	fields := func(e *accesslog.AuditEntry) []any {
		return []any{
			&e.Seq, &e.ID, &e.Subject, &e.Event, sqldb.ScanOptional(&e.Actor), sqldb.ScanTime(&e.At),
			&e.Detail.Salt, &e.Detail.ActorName, &e.Detail.Values,
		}
	}
	return sqldb.List(ctx, s.DB, fields, `
		select e.seq, e.id, e.subject, e.event, e.actor, e.at, coalesce(d.salt, ''), coalesce(d.actor_name, ''), coalesce(d.detail, '')
		from events e
		left join event_details d on d.region_id = e.region_id and d.seq = e.seq
		where e.region_id = $1 and e.seq < $2 and e.at >= $3 and e.at < $4 and ($5 = '' or e.actor = $5)
			and ($6 = '' or e.subject = $6 or e.subject >= $6 || '/' and e.subject < $6 || '0')
		order by e.seq desc
		limit $7`,
		actor.From(ctx).Region, before, sqldb.Time(r.Since), sqldb.Time(r.Until), r.Person, string(r.Kind), r.Limit)
}

// People implements accesslog.Store.
func (s *Store) People(ctx context.Context) ([]accesslog.Person, error) {
	list, err := sqldb.List(ctx, s.DB, func(p *accesslog.Person) []any { return []any{&p.ID, &p.Name, &p.Login} }, `
		select id, name, login
		from people
		where region_id = $1`,
		actor.From(ctx).Region)
	text.SortByName(list, func(p accesslog.Person) (name, id string) { return p.Name, p.ID })
	return list, err
}
