// Package auditsql implements audit.Store in SQL.
package auditsql

import (
	"context"
	"strings"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

var _ audit.Store = (*Store)(nil)

// Store implements audit.Store.
type Store struct{ DB *sqldb.DB }

func headFields(h *audit.Head) []any { return []any{&h.Seq, &h.Hash} }

// Next implements audit.Store. The update locks the head's row, so that writers
// queue; its hash is that of the previous entry until Add.
func (s *Store) Next(ctx context.Context) (audit.Head, error) {
	return sqldb.One(ctx, s.DB, headFields, `
		insert into event_heads (region_id, seq, hash)
		values ($1, 1, '')
		on conflict (region_id) do update set
			seq = event_heads.seq + 1
		returning seq, hash`,
		actor.From(ctx).Region)
}

// Add implements audit.Store.
func (s *Store) Add(ctx context.Context, e audit.Entry) error {
	region := actor.From(ctx).Region
	_, err := s.DB.Exec(ctx, `
		insert into events (region_id, seq, id, subject, event, actor, at, digest, hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		region, e.Seq, e.ID, e.Subject, e.Event, sqldb.Optional(e.Actor), sqldb.Time(e.At), e.Digest, e.Hash)
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		insert into event_details (region_id, seq, salt, actor_name, detail)
		values ($1, $2, $3, $4, $5)`,
		region, e.Seq, e.Detail.Salt, e.Detail.ActorName, e.Detail.Values)
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		update event_heads
		set hash = $1
		where region_id = $2`,
		e.Hash, region)
	return err
}

// Head implements audit.Store.
func (s *Store) Head(ctx context.Context) (audit.Head, error) {
	head, err := sqldb.One(ctx, s.DB, headFields, `
		select seq, hash
		from event_heads
		where region_id = $1`,
		actor.From(ctx).Region)
	if fault.KindOf(err) == fault.NotFound {
		return audit.Head{}, nil
	}
	return head, err
}

// Last implements audit.Store. The events are one parameter, each between spaces.
func (s *Store) Last(ctx context.Context, subject string, events []string) (audit.Entry, error) {
	return sqldb.One(ctx, s.DB, entryFields, `
		select e.seq, e.id, e.subject, e.event, e.actor, e.at, e.digest, e.hash,
			coalesce(d.salt, ''), coalesce(d.actor_name, ''), coalesce(d.detail, '')
		from events e
		left join event_details d on d.region_id = e.region_id and d.seq = e.seq
		where e.region_id = $1 and e.subject = $2 and $3 like '% ' || replace(e.event, '_', '\_') || ' %' escape '\'
		order by e.seq desc
		limit 1`,
		actor.From(ctx).Region, subject, " "+strings.Join(events, " ")+" ")
}

// History implements audit.Store. What belongs to a subject is in one range of the index,
// since the sign after / is 0; the range is read before it is sorted, so that no engine
// looks for the newest entries in the whole log.
func (s *Store) History(ctx context.Context, subject string, limit int) ([]audit.Entry, error) {
	return sqldb.List(ctx, s.DB, entryFields, `
		with about as materialized (
			select seq
			from events
			where region_id = $1 and subject >= $2 and subject < $2 || '0'
				and substr(subject, length($2) + 1, 1) in ('', '/')
		)
		select e.seq, e.id, e.subject, e.event, e.actor, e.at, e.digest, e.hash,
			coalesce(d.salt, ''), coalesce(d.actor_name, ''), coalesce(d.detail, '')
		from (
			select seq
			from about
			order by seq desc
			limit $3
		) newest
		join events e on e.region_id = $1 and e.seq = newest.seq
		left join event_details d on d.region_id = e.region_id and d.seq = e.seq
		order by e.seq desc`,
		actor.From(ctx).Region, subject, limit)
}

// After implements audit.Store.
func (s *Store) After(ctx context.Context, seq int64, limit int) ([]audit.Entry, error) {
	return sqldb.List(ctx, s.DB, entryFields, `
		select e.seq, e.id, e.subject, e.event, e.actor, e.at, e.digest, e.hash,
			coalesce(d.salt, ''), coalesce(d.actor_name, ''), coalesce(d.detail, '')
		from events e
		left join event_details d on d.region_id = e.region_id and d.seq = e.seq
		where e.region_id = $1 and e.seq > $2
		order by e.seq
		limit $3`,
		actor.From(ctx).Region, seq, limit)
}

func entryFields(e *audit.Entry) []any {
	return []any{
		&e.Seq, &e.ID, &e.Subject, &e.Event, sqldb.ScanOptional(&e.Actor), sqldb.ScanTime(&e.At), &e.Digest, &e.Hash,
		&e.Detail.Salt, &e.Detail.ActorName, &e.Detail.Values,
	}
}
