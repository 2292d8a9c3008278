package authsql

import (
	"context"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

// SetLink implements auth.Links.
func (s *Store) SetLink(ctx context.Context, tokenHash string, until time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into setup_links (region_id, token_hash, expires_at)
		values ($1, $2, $3)
		on conflict (region_id) do update set
			token_hash = excluded.token_hash,
			expires_at = excluded.expires_at`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(until))
	return err
}

// HasLink implements auth.Links.
func (s *Store) HasLink(ctx context.Context, tokenHash string, expires auth.Span) (bool, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[bool], `
		select exists (
			select 1
			from setup_links
			where region_id = $1 and token_hash = $2 and expires_at > $3 and expires_at <= $4)`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(expires.After), sqldb.Time(expires.Until))
}

// SpendLink implements auth.Links. A second caller waits for the row and then finds
// none.
func (s *Store) SpendLink(ctx context.Context, tokenHash string, expires auth.Span) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		delete from setup_links
		where region_id = $1 and token_hash = $2 and expires_at > $3 and expires_at <= $4`,
		actor.From(ctx).Region, tokenHash, sqldb.Time(expires.After), sqldb.Time(expires.Until))
	return n == 1, err
}
