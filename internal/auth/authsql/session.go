package authsql

import (
	"context"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

// AddSession implements auth.Sessions.
func (s *Store) AddSession(ctx context.Context, made auth.Session) error {
	_, err := s.DB.Exec(ctx, `
		insert into sessions (region_id, token_hash, id, person_id, stage, created_at, seen_at, address, agent)
		values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
		actor.From(ctx).Region, made.TokenHash, made.ID, made.Person, sqldb.Optional(string(made.Stage)),
		sqldb.Time(made.MadeAt), made.Address, sqldb.Optional(made.Agent))
	return err
}

// Resume implements auth.Sessions.
func (s *Store) Resume(ctx context.Context, tokenHash string, at time.Time, made auth.Span, seenAfter time.Time) (auth.AuthenticatedSession, error) {
	rows, err := sqldb.List(ctx, s.DB, sessionFields, beginActor+`
		select p.region_id, p.id, p.name, p.language, s.id, s.seen_at, $1
		from sessions s
		join people p on p.region_id = s.region_id and p.id = s.person_id and p.active
		where s.region_id = $2 and s.token_hash = $3 and s.stage is null
			and s.created_at > $4 and s.created_at <= $5 and s.seen_at > $6`+endActor,
		sqldb.Time(at), actor.From(ctx).Region, tokenHash, sqldb.Time(made.After), sqldb.Time(made.Until), sqldb.Time(seenAfter))
	return sessionOf(rows, err)
}

// AtStage implements auth.Sessions.
func (s *Store) AtStage(ctx context.Context, tokenHash string, stage auth.Stage, made auth.Span) (auth.Login, error) {
	return sqldb.One(ctx, s.DB, loginFields, `
		select p.id, p.name, p.login, p.phone, p.language, p.active, p.version, c.password_hash, c.code_until
		from sessions s
		join people p on p.region_id = s.region_id and p.id = s.person_id and p.active
		join credentials c on c.region_id = p.region_id and c.person_id = p.id
		where s.region_id = $1 and s.token_hash = $2 and s.stage = $3 and s.created_at > $4 and s.created_at <= $5`,
		actor.From(ctx).Region, tokenHash, string(stage), sqldb.Time(made.After), sqldb.Time(made.Until))
}

// SessionsOf implements auth.Sessions.
func (s *Store) SessionsOf(ctx context.Context, person string, made auth.Span, seenAfter time.Time) ([]auth.Session, error) {
	fields := func(v *auth.Session) []any {
		return []any{&v.ID, &v.TokenHash, &v.Person, sqldb.ScanTime(&v.MadeAt), sqldb.ScanTime(&v.SeenAt), &v.Address, sqldb.ScanOptional(&v.Agent)}
	}
	return sqldb.List(ctx, s.DB, fields, `
		select id, token_hash, person_id, created_at, seen_at, address, agent
		from sessions
		where region_id = $1 and person_id = $2 and stage is null and created_at > $3 and created_at <= $4 and seen_at > $5
		order by seen_at desc, id desc`,
		actor.From(ctx).Region, person, sqldb.Time(made.After), sqldb.Time(made.Until), sqldb.Time(seenAfter))
}

// EndSessionOf implements auth.Sessions.
func (s *Store) EndSessionOf(ctx context.Context, person, id string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1 and person_id = $2 and id = $3`,
		actor.From(ctx).Region, person, id)
	return n == 1, err
}

// EndSessions implements auth.Sessions.
func (s *Store) EndSessions(ctx context.Context, person, exceptHash string) (int64, error) {
	return s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1 and person_id = $2 and token_hash <> $3`,
		actor.From(ctx).Region, person, exceptHash)
}

// Seen implements auth.Sessions.
func (s *Store) Seen(ctx context.Context, tokenHash string, at time.Time) error {
	_, err := s.DB.Exec(ctx, `
		update sessions
		set seen_at = $1
		where region_id = $2 and token_hash = $3 and seen_at < $1`,
		sqldb.Time(at), actor.From(ctx).Region, tokenHash)
	return err
}

// RenewSession implements auth.Sessions.
func (s *Store) RenewSession(ctx context.Context, tokenHash, newHash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		update sessions
		set token_hash = $1
		where region_id = $2 and token_hash = $3`,
		newHash, actor.From(ctx).Region, tokenHash)
	return n == 1, err
}

// EndSession implements auth.Sessions.
func (s *Store) EndSession(ctx context.Context, tokenHash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1 and token_hash = $2`,
		actor.From(ctx).Region, tokenHash)
	return n == 1, err
}

// SweepSessions implements auth.Sessions.
func (s *Store) SweepSessions(ctx context.Context, made auth.Span, seenBefore time.Time) error {
	_, err := s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1 and (created_at <= $2 or created_at > $3 or seen_at <= $4)`,
		actor.From(ctx).Region, sqldb.Time(made.After), sqldb.Time(made.Until), sqldb.Time(seenBefore))
	return err
}

// DeviceOf implements auth.Sessions.
func (s *Store) DeviceOf(ctx context.Context, tokenHashes [auth.MaxDevices]string, person string, since time.Time) (string, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[string], `
		select coalesce(max(token_hash), '')
		from devices
		where region_id = $1 and person_id = $2 and seen_at > $3 and token_hash in ($4, $5, $6, $7, $8)`,
		actor.From(ctx).Region, person, sqldb.Time(since), tokenHashes[0], tokenHashes[1], tokenHashes[2], tokenHashes[3], tokenHashes[4])
}

// SweepDevices implements auth.Sessions.
func (s *Store) SweepDevices(ctx context.Context, since time.Time) error {
	_, err := s.DB.Exec(ctx, `
		delete from devices
		where region_id = $1 and seen_at <= $2`,
		actor.From(ctx).Region, sqldb.Time(since))
	return err
}

// SaveDevice implements auth.Sessions.
func (s *Store) SaveDevice(ctx context.Context, tokenHash, person string, at time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into devices (region_id, token_hash, person_id, seen_at)
		values ($1, $2, $3, $4)
		on conflict (region_id, token_hash, person_id) do update set
			seen_at = excluded.seen_at`,
		actor.From(ctx).Region, tokenHash, person, sqldb.Time(at))
	return err
}

// EndAllAccess implements auth.Store.
func (s *Store) EndAllAccess(ctx context.Context, at time.Time) error {
	region := actor.From(ctx).Region
	_, err := s.DB.Exec(ctx, `
		delete from sessions
		where region_id = $1`,
		region)
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		delete from devices
		where region_id = $1`,
		region)
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		delete from setup_links
		where region_id = $1`,
		region)
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		update credentials
		set code_until = $2
		where region_id = $1 and code_until > $2`,
		region, sqldb.Time(at))
	return err
}
