package authsql

import (
	"context"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

// Factor implements auth.SecondFactors.
func (s *Store) Factor(ctx context.Context, person string) (auth.Factor, error) {
	fields := func(f *auth.Factor) []any { return []any{&f.Secret, &f.Confirmed, &f.Recovery} }
	return sqldb.One(ctx, s.DB, fields, `
		select f.secret, f.confirmed, (
			select count(*)
			from recovery_codes r
			where r.region_id = f.region_id and r.person_id = f.person_id)
		from second_factors f
		where f.region_id = $1 and f.person_id = $2`,
		actor.From(ctx).Region, person)
}

// OfferFactor implements auth.SecondFactors.
func (s *Store) OfferFactor(ctx context.Context, person, secret string) error {
	_, err := s.DB.Exec(ctx, `
		insert into second_factors (region_id, person_id, secret, confirmed, last_step)
		values ($1, $2, $3, false, 0)
		on conflict (region_id, person_id) do update set
			secret = excluded.secret
		where not second_factors.confirmed`,
		actor.From(ctx).Region, person, secret)
	return err
}

// ConfirmFactor implements auth.SecondFactors.
func (s *Store) ConfirmFactor(ctx context.Context, person string) error {
	_, err := s.DB.Exec(ctx, `
		update second_factors
		set confirmed = true
		where region_id = $1 and person_id = $2`,
		actor.From(ctx).Region, person)
	return err
}

// FactorSecrets implements auth.SecondFactors.
func (s *Store) FactorSecrets(ctx context.Context) (map[string]string, error) {
	type row struct{ person, secret string }
	rows, err := sqldb.List(ctx, s.DB, func(r *row) []any { return []any{&r.person, &r.secret} }, `
		select person_id, secret
		from second_factors
		where region_id = $1`,
		actor.From(ctx).Region)
	secrets := make(map[string]string, len(rows))
	for _, r := range rows {
		secrets[r.person] = r.secret
	}
	return secrets, err
}

// SetFactorSecret implements auth.SecondFactors.
func (s *Store) SetFactorSecret(ctx context.Context, person, before, secret string) error {
	_, err := s.DB.Exec(ctx, `
		update second_factors
		set secret = $1
		where region_id = $2 and person_id = $3 and secret = $4`,
		secret, actor.From(ctx).Region, person, before)
	return err
}

// UseStep implements auth.SecondFactors.
func (s *Store) UseStep(ctx context.Context, person string, step int64) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		update second_factors
		set last_step = $1
		where region_id = $2 and person_id = $3 and last_step < $1`,
		step, actor.From(ctx).Region, person)
	return n == 1, err
}

// DropFactor implements auth.SecondFactors.
func (s *Store) DropFactor(ctx context.Context, person string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.SetRecovery(ctx, person, nil); err != nil {
			return err
		}
		_, err := s.DB.Exec(ctx, `
			delete from second_factors
			where region_id = $1 and person_id = $2`,
			actor.From(ctx).Region, person)
		return err
	})
}

// SetRecovery implements auth.SecondFactors.
func (s *Store) SetRecovery(ctx context.Context, person string, hashes []string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.DB.Exec(ctx, `
			delete from recovery_codes
			where region_id = $1 and person_id = $2`,
			actor.From(ctx).Region, person)
		for _, hash := range hashes {
			if err != nil {
				return err
			}
			_, err = s.DB.Exec(ctx, `
				insert into recovery_codes (region_id, person_id, hash)
				values ($1, $2, $3)`,
				actor.From(ctx).Region, person, hash)
		}
		return err
	})
}

// SpendRecovery implements auth.SecondFactors.
func (s *Store) SpendRecovery(ctx context.Context, person, hash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `
		delete from recovery_codes
		where region_id = $1 and person_id = $2 and hash = $3`,
		actor.From(ctx).Region, person, hash)
	return n == 1, err
}

// DemandsFactor implements auth.SecondFactors.
func (s *Store) DemandsFactor(ctx context.Context) (bool, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[bool], `
		select exists (
			select 1
			from auth_settings
			where region_id = $1 and demands_factor)`,
		actor.From(ctx).Region)
}

// SetDemand implements auth.SecondFactors.
func (s *Store) SetDemand(ctx context.Context, demand bool) error {
	_, err := s.DB.Exec(ctx, `
		insert into auth_settings (region_id, demands_factor)
		values ($1, $2)
		on conflict (region_id) do update set
			demands_factor = excluded.demands_factor`,
		actor.From(ctx).Region, demand)
	return err
}
