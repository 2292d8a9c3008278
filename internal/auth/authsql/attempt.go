package authsql

import (
	"context"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

// Failures implements auth.Attempts.
func (s *Store) Failures(ctx context.Context, login, address string, since, until time.Time) (auth.Failures, error) {
	fields := func(f *auth.Failures) []any {
		return []any{&f.Pair, sqldb.ScanTime(&f.OldestPair), &f.Address, sqldb.ScanTime(&f.OldestAddress), &f.Later}
	}
	return sqldb.One(ctx, s.DB, fields, `
		select
			count(*) filter (where login = $1 and at <= $2), coalesce(min(at) filter (where login = $1 and at <= $2), $3),
			count(*) filter (where at <= $2), coalesce(min(at) filter (where at <= $2), $3),
			count(*) filter (where at > $2)
		from login_failures
		where region_id = $4 and address = $5 and at > $6`,
		login, sqldb.Time(until), sqldb.Time(time.Time{}), actor.From(ctx).Region, address, sqldb.Time(since))
}

// AddFailure implements auth.Attempts.
func (s *Store) AddFailure(ctx context.Context, id, login, address string, at time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into login_failures (region_id, id, login, address, at)
		values ($1, $2, $3, $4, $5)`,
		actor.From(ctx).Region, id, login, address, sqldb.Time(at))
	return err
}

// DropFailure implements auth.Attempts.
func (s *Store) DropFailure(ctx context.Context, id string) error {
	_, err := s.DB.Exec(ctx, `
		delete from login_failures
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	return err
}

// CountFailure implements auth.Attempts.
func (s *Store) CountFailure(ctx context.Context, person string, hour time.Time, kind auth.SignInResult) (int, error) {
	region := actor.From(ctx).Region
	if person == "" {
		return sqldb.One(ctx, s.DB, sqldb.Self[int], `
			insert into stranger_failures (region_id, hour, kind, count)
			values ($1, $2, $3, 1)
			on conflict (region_id, hour, kind) do update set
				count = stranger_failures.count + 1
			returning count`,
			region, sqldb.Time(hour), string(kind))
	}
	return sqldb.One(ctx, s.DB, sqldb.Self[int], `
		insert into person_failures (region_id, hour, person_id, kind, count)
		values ($1, $2, $3, $4, 1)
		on conflict (region_id, hour, person_id, kind) do update set
			count = person_failures.count + 1
		returning count`,
		region, sqldb.Time(hour), person, string(kind))
}

// FailedSignIns implements auth.Attempts.
func (s *Store) FailedSignIns(ctx context.Context, since time.Time) (auth.FailedSignIns, error) {
	fields := func(f *auth.FailedSignIns) []any { return []any{&f.Unknown, &f.People} }
	return sqldb.One(ctx, s.DB, fields, `
		select
			(
				select cast(coalesce(sum(count), 0) as bigint)
				from stranger_failures
				where region_id = $1 and hour > $2 and kind = $3
			),
			(
				select cast(coalesce(sum(count), 0) as bigint)
				from person_failures
				where region_id = $1 and hour > $2 and kind <> $4
			)`,
		actor.From(ctx).Region, sqldb.Time(since), string(auth.UnknownLogin), string(auth.WrongOwnFactor))
}

// SweepFailureCounts implements auth.Attempts.
func (s *Store) SweepFailureCounts(ctx context.Context, before time.Time) error {
	region := actor.From(ctx).Region
	_, err := s.DB.Exec(ctx, `
		delete from stranger_failures
		where region_id = $1 and hour < $2`,
		region, sqldb.Time(before))
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `
		delete from person_failures
		where region_id = $1 and hour < $2`,
		region, sqldb.Time(before))
	return err
}

// SweepFailures implements auth.Attempts.
func (s *Store) SweepFailures(ctx context.Context, since, until time.Time) error {
	_, err := s.DB.Exec(ctx, `
		delete from login_failures
		where region_id = $1 and (at <= $2 or at > $3)`,
		actor.From(ctx).Region, sqldb.Time(since), sqldb.Time(until))
	return err
}
