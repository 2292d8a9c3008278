package accountsql

import (
	"context"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// AddSession implements account.Sessions.
func (s *Store) AddSession(ctx context.Context, made account.Session) error {
	_, err := s.DB.Exec(ctx, `
		insert into sessions (region_id, token_hash, person_id, made_at, seen_at, address, agent)
		values ($1, $2, $3, $4, $4, $5, $6)`,
		actor.From(ctx).Region, made.TokenHash, made.Person, sqldb.Time(made.MadeAt), made.Address, made.Agent)
	return err
}

// resumed is a session with one of its person's assignments; without any, the
// role is empty.
type resumed struct {
	actor.Actor
	actor.Assignment
	seen time.Time
}

// Resume implements account.Sessions.
func (s *Store) Resume(ctx context.Context, tokenHash string, at, madeAfter, seenAfter time.Time) (actor.Actor, time.Time, error) {
	fields := func(r *resumed) []any { return []any{&r.ID, &r.Name, sqldb.ScanTime(&r.seen), &r.Role, &r.Agency} }
	rows, err := sqldb.List(ctx, s.DB, fields, `
		select p.id, p.name, s.seen_at, coalesce(a.role, ''), coalesce(a.agency, '')
		from sessions s
		join people p on p.region_id = s.region_id and p.id = s.person_id and p.active
		left join assignments a on a.region_id = p.region_id and a.person_id = p.id
			and a.valid_from <= $1 and (a.valid_until is null or a.valid_until > $1)
		where s.region_id = $2 and s.token_hash = $3 and s.made_at > $4 and s.seen_at > $5
		order by a.role, a.agency, a.valid_from`,
		sqldb.Time(at), actor.From(ctx).Region, tokenHash, sqldb.Time(madeAfter), sqldb.Time(seenAfter))
	if err != nil {
		return actor.Actor{}, time.Time{}, err
	}
	if len(rows) == 0 {
		return actor.Actor{}, time.Time{}, fault.New(fault.NotFound, "fault.not_found")
	}
	who := rows[0].Actor
	who.Region = actor.From(ctx).Region
	for _, r := range rows {
		if r.Role != "" {
			who.Assignments = append(who.Assignments, r.Assignment)
		}
	}
	return who, rows[0].seen, nil
}

// Seen implements account.Sessions.
func (s *Store) Seen(ctx context.Context, tokenHash string, at time.Time) error {
	_, err := s.DB.Exec(ctx, `
		update sessions
		set seen_at = $1
		where region_id = $2 and token_hash = $3 and seen_at < $1`,
		sqldb.Time(at), actor.From(ctx).Region, tokenHash)
	return err
}

// EndSession implements account.Sessions.
func (s *Store) EndSession(ctx context.Context, tokenHash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1 and token_hash = $2`,
		actor.From(ctx).Region, tokenHash)
	return n == 1, err
}

// SweepSessions implements account.Sessions.
func (s *Store) SweepSessions(ctx context.Context, madeBefore, seenBefore time.Time) error {
	_, err := s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1 and (made_at <= $2 or seen_at <= $3)`,
		actor.From(ctx).Region, sqldb.Time(madeBefore), sqldb.Time(seenBefore))
	return err
}

// DevicePeople implements account.Sessions.
func (s *Store) DevicePeople(ctx context.Context, tokenHash string, since time.Time) ([]string, error) {
	return sqldb.List(ctx, s.DB, sqldb.Self[string], `
		select person_id
		from devices
		where region_id = $1 and token_hash = $2 and seen_at > $3
		order by person_id`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(since))
}

// KeepDevice implements account.Sessions.
func (s *Store) KeepDevice(ctx context.Context, tokenHash, person string, at time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into devices (region_id, token_hash, person_id, seen_at)
		values ($1, $2, $3, $4)
		on conflict (region_id, token_hash, person_id) do update set
			seen_at = excluded.seen_at`,
		actor.From(ctx).Region, tokenHash, person, sqldb.Time(at))
	return err
}
