package authsql_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authsql"
	"siida.id/internal/base/fault"
)

func TestFactor(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx, away := in(t, "18.01"), in(t, "18.02")
		ask := func(want auth.Factor) {
			t.Helper()
			if got, err := s.Factor(ctx, "p1"); got != want || err != nil {
				t.Errorf("%+v, %v; want %+v", got, err, want)
			}
		}
		none(t, s.OfferFactor(ctx, "p1", "one"), s.OfferFactor(ctx, "p1", "two"), s.ConfirmFactor(away, "p1"))
		ask(auth.Factor{Secret: "two"})
		none(t, s.ConfirmFactor(ctx, "p1"), s.OfferFactor(ctx, "p1", "three"), s.SetRecovery(ctx, "p1", []string{"a", "b", "c"}))
		ask(auth.Factor{Secret: "two", Confirmed: true, Recovery: 3})
		if _, err := s.Factor(away, "p1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another region: %v", err)
		}
		for _, tt := range []struct {
			ctx  context.Context
			step int64
			want bool
		}{{away, 7, false}, {ctx, 7, true}, {ctx, 7, false}, {ctx, 6, false}, {ctx, 8, true}} {
			if got, err := s.UseStep(tt.ctx, "p1", tt.step); got != tt.want || err != nil {
				t.Errorf("UseStep(%d) = %v, %v", tt.step, got, err)
			}
		}
		for _, tt := range []struct {
			ctx  context.Context
			hash string
			want bool
		}{{away, "a", false}, {ctx, "x", false}, {ctx, "a", true}, {ctx, "a", false}} {
			if got, err := s.SpendRecovery(tt.ctx, "p1", tt.hash); got != tt.want || err != nil {
				t.Errorf("SpendRecovery(%s) = %v, %v", tt.hash, got, err)
			}
		}
		none(t, s.SetRecovery(ctx, "p1", []string{"d"}), s.SetRecovery(away, "p1", nil), s.DropFactor(away, "p1"))
		ask(auth.Factor{Secret: "two", Confirmed: true, Recovery: 1})
		none(t, s.DropFactor(ctx, "p1"), s.OfferFactor(ctx, "p1", "new"))
		ask(auth.Factor{Secret: "new"})
	})
}

func TestDemand(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		for _, want := range []bool{false, true, true, false} {
			if want {
				none(t, s.SetDemand(in(t, "18.01"), true))
			}
			if got, err := s.DemandsFactor(in(t, "18.01")); got != want || err != nil {
				t.Errorf("%v, %v; want %v", got, err, want)
			}
			none(t, s.SetDemand(in(t, "18.01"), false), s.SetDemand(in(t, "18.02"), true))
		}
	})
}

func TestFactorSecrets(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx, away := in(t, "18.01"), in(t, "18.02")
		add(t, s, account.Person{ID: "p2", Login: "sari"})
		none(t, s.OfferFactor(ctx, "p1", "one"), s.OfferFactor(ctx, "p2", "two"), s.ConfirmFactor(ctx, "p1"),
			s.SetFactorSecret(ctx, "p1", "one", "uno"), s.SetFactorSecret(ctx, "p2", "three", "due"), s.SetFactorSecret(away, "p2", "two", "due"), s.SetFactorSecret(ctx, "p3", "three", "tre"))
		got, err := s.FactorSecrets(ctx)
		if diff := cmp.Diff(map[string]string{"p1": "uno", "p2": "two"}, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
		if got, err := s.FactorSecrets(away); len(got) != 0 || err != nil {
			t.Errorf("another region: %v, %v", got, err)
		}
	})
}
