// Package filesql implements file.Records in SQL. Every statement runs on both
// engines.
package filesql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
)

var _ file.Records = (*Records)(nil)

// Records implements file.Records.
type Records struct{ DB *sqldb.DB }

const columns = `id, purpose, name, coalesce(media, ''), size, coalesce(sha256, ''), state, coalesce(reason, ''), received_by, received_at`

func fields(r *file.Record) []any {
	return []any{
		&r.ID, &r.Purpose, &r.Name, &r.Media, &r.Size, &r.SHA256, &r.State, &r.Reason, &r.ReceivedBy, sqldb.ScanTime(&r.ReceivedAt),
	}
}

// Add implements file.Records. An unknown region has no quota.
func (s *Records) Add(ctx context.Context, r file.Record) (quota int64, err error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int64], `
		insert into files (region_id, id, purpose, name, media, size, state, received_by, received_at, saved_at)
		values ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8, $9, $9)
		returning coalesce((select r.quota from regions r where r.region_id = $1), 0)`,
		actor.From(ctx).Region, r.ID, r.Purpose, r.Name, r.Media, r.Size, string(r.State), r.ReceivedBy, sqldb.Time(r.ReceivedAt))
}

// Used implements file.Records.
func (s *Records) Used(ctx context.Context) (int64, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int64], `
		select cast(coalesce(sum(size), 0) as bigint)
		from files
		where region_id = $1`,
		actor.From(ctx).Region)
}

// Save implements file.Records.
func (s *Records) Save(ctx context.Context, r file.Record, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update files
		set media = nullif($1, ''), size = $2, sha256 = nullif($3, ''), state = $4, reason = nullif($5, ''), saved_at = $6
		where region_id = $7 and id = $8 and state = 'receiving'`,
		r.Media, r.Size, r.SHA256, string(r.State), r.Reason, sqldb.Time(at), actor.From(ctx).Region, r.ID)
	return found(n, err)
}

// ByID implements file.Records.
func (s *Records) ByID(ctx context.Context, id string) (file.Record, error) {
	return sqldb.One(ctx, s.DB, fields, `
		select `+columns+`
		from files
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// All implements file.Records.
func (s *Records) All(ctx context.Context) ([]file.Record, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from files
		where region_id = $1 and state in ('stored', 'checked', 'unopenable')
		order by id`,
		actor.From(ctx).Region)
}

// Uninspected implements file.Records.
func (s *Records) Uninspected(ctx context.Context, last string, limit int) ([]file.Record, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from files
		where region_id = $1 and state = 'stored' and reason is null and id > $2
		order by id
		limit $3`,
		actor.From(ctx).Region, last, limit)
}

// CountUninspected implements file.Records.
func (s *Records) CountUninspected(ctx context.Context) (int, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int], `
		select count(*)
		from files
		where region_id = $1 and state = 'stored'`,
		actor.From(ctx).Region)
}

// SaveFinding implements file.Records.
func (s *Records) SaveFinding(ctx context.Context, r file.Record) error {
	n, err := s.DB.Exec(ctx, `
		update files
		set state = $1, reason = nullif($2, '')
		where region_id = $3 and id = $4 and state = 'stored'`,
		string(r.State), r.Reason, actor.From(ctx).Region, r.ID)
	return found(n, err)
}

// Use implements file.Records.
func (s *Records) Use(ctx context.Context, u file.Use, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		insert into file_uses (region_id, file_id, kind, ref_id, used_at)
		select region_id, id, cast($1 as text), cast($2 as text), cast($3 as text)
		from files
		where region_id = $4 and id = $5 and state in ('stored', 'checked')
		on conflict (region_id, file_id, kind, ref_id) do update set
			ended_at = null`,
		string(u.Kind), u.RefID, sqldb.Time(at), actor.From(ctx).Region, u.FileID)
	return found(n, err)
}

// EndUse implements file.Records.
func (s *Records) EndUse(ctx context.Context, u file.Use, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update file_uses
		set ended_at = $1
		where region_id = $2 and file_id = $3 and kind = $4 and ref_id = $5 and ended_at is null`,
		sqldb.Time(at), actor.From(ctx).Region, u.FileID, string(u.Kind), u.RefID)
	return found(n, err)
}

// unused is the condition of files that nothing has used since the moment $2. A file
// that has been receiving for longer than any upload may take is one of them: its
// process has died.
const unused = `f.region_id = $1 and f.saved_at < $2 and not exists (
			select 1
			from file_uses u
			where u.region_id = f.region_id and u.file_id = f.id and (u.ended_at is null or u.ended_at >= $2)
		)`

// Unused implements file.Records.
func (s *Records) Unused(ctx context.Context, before time.Time, last string, limit int) ([]file.Record, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from files f
		where `+unused+` and f.id > $3
		order by f.id
		limit $4`,
		actor.From(ctx).Region, sqldb.Time(before), last, limit)
}

// DeleteUnused implements file.Records.
func (s *Records) DeleteUnused(ctx context.Context, id string, before time.Time) error {
	region, moment := actor.From(ctx).Region, sqldb.Time(before)
	if _, err := sqldb.One(ctx, s.DB, sqldb.Self[string], `
		select f.id
		from files f
		where `+unused+` and f.id = $3`,
		region, moment, id); err != nil {
		return err
	}
	if _, err := s.DB.Exec(ctx, `
		delete from file_uses
		where region_id = $1 and file_id = $2`, region, id); err != nil {
		return err
	}
	n, err := s.DB.Exec(ctx, `
		delete from files
		where region_id = $1 and id = $2`, region, id)
	return found(n, err)
}

// HasBytes implements file.Records.
func (s *Records) HasBytes(ctx context.Context, sha256 string) (bool, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[bool], `
		select exists (
			select 1
			from files
			where region_id = $1 and sha256 = $2
		)`,
		actor.From(ctx).Region, sha256)
}

func found(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
