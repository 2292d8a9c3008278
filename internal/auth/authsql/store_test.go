package authsql_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

var (
	at   = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)
	rina = account.Person{ID: "p1", Name: "Rina", Login: "rina", Phone: "0812", Language: "en", Active: true, Version: 1}
	boss = account.Assignment{ID: "a1", Assignment: actor.Assignment{Role: actor.Admin}, From: at, Until: at.Add(time.Hour)}
)

// each calls fn with a store that has a person rina with a password, in region 18.01.
func each(t *testing.T, fn func(t *testing.T, s *authsql.Store)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &authsql.Store{DB: db}
		add(t, s, rina, boss)
		none(t, s.SetPasswordHash(in(t, "18.01"), rina.ID, "h"))
		fn(t, s)
	})
}

// add adds a person without credentials.
func add(t *testing.T, s *authsql.Store, p account.Person, assignments ...account.Assignment) {
	t.Helper()
	none(t, people(s).Add(in(t, "18.01"), p, assignments))
}

// people is account's store on the same database.
func people(s *authsql.Store) *accountsql.Store { return &accountsql.Store{DB: s.DB} }

func in(t *testing.T, region string) context.Context {
	return actor.With(t.Context(), actor.Actor{Region: region})
}

func none(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
}

func TestCredentials(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx, want := in(t, "18.01"), auth.Login{Person: rina, Hash: "h"}
		got, err := s.ByLogin(ctx, "rina")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		none(t, s.SetPasswordHash(in(t, "18.01"), "p1", "new"))
		want.Hash = "new"
		got, err = s.ByID(ctx, "p1")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		none(t, s.DB.InTx(ctx, func(ctx context.Context) error {
			got, err := s.Lock(ctx, "p1")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return err
		}))
		for _, find := range []func(context.Context, string) (auth.Login, error){s.ByLogin, s.ByID} {
			for region, name := range map[string]string{"18.01": "sari", "18.02": "rina"} {
				if _, err := find(in(t, region), name); fault.KindOf(err) != fault.NotFound {
					t.Errorf("%s in %s: %v, want NotFound", name, region, err)
				}
			}
		}
	})
}

func TestStatuses(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		for _, id := range []string{"p2", "p3"} {
			add(t, s, account.Person{ID: id, Login: id})
			none(t, s.SetCode(ctx, id, "code", at))
		}
		none(t, s.OfferFactor(ctx, "p1", "one"), s.ConfirmFactor(ctx, "p1"), s.OfferFactor(ctx, "p2", "one"))
		got, err := s.Statuses(ctx, []string{"p1", "p2", "nobody"})
		want := map[string]account.LoginStatus{"p1": {HasFactor: true}, "p2": {CodeUntil: at}}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		for name, ask := range map[string]struct {
			ctx context.Context
			ids []string
		}{"another region": {in(t, "18.02"), []string{"p1"}}, "of nobody": {ctx, nil}} {
			if got, err := s.Statuses(ask.ctx, ask.ids); len(got) > 0 || err != nil {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
	})
}

func TestCodes(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		until := at.Add(72 * time.Hour)
		spend := func(region string, want bool) {
			t.Helper()
			if got, err := s.SpendCode(in(t, region), "p1", "own"); got != want || err != nil {
				t.Errorf("SpendCode = %v, %v; want %v", got, err, want)
			}
		}
		spend("18.01", false)
		if err := s.SetCode(in(t, "18.02"), "p1", "code", until); err == nil {
			t.Error("somebody of another region has a code")
		}
		spend("18.01", false)
		none(t, s.SetCode(ctx, "p1", "code", until))
		if p, err := s.ByID(ctx, "p1"); err != nil || p.Hash != "code" || !p.CodeUntil.Equal(until) {
			t.Errorf("%+v, %v", p, err)
		}
		spend("18.02", false)
		spend("18.01", true)
		spend("18.01", false)
		if p, err := s.ByID(ctx, "p1"); err != nil || p.Hash != "own" || !p.CodeUntil.IsZero() {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestDevices(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		add(t, s, account.Person{ID: "p2", Login: "sari"})
		none(t, s.SaveDevice(ctx, "d1", "p1", at), s.SaveDevice(ctx, "d1", "p2", at.Add(-time.Hour)), s.SaveDevice(ctx, "d2", "p1", at))
		ask := func(ctx context.Context, since time.Time, want ...string) {
			t.Helper()
			for _, person := range []string{"p1", "p2"} {
				for i := range auth.MaxDevices {
					var hashes [auth.MaxDevices]string
					hashes[i] = "d1"
					if got, err := s.DeviceOf(ctx, hashes, person, since); err != nil || got != "" && got != "d1" || (got == "d1") != slices.Contains(want, person) {
						t.Errorf("DeviceOf %s = %q, %v; want of %v", person, got, err, want)
					}
				}
			}
		}
		ask(ctx, at.Add(-2*time.Hour), "p1", "p2")
		ask(ctx, at.Add(-time.Hour), "p1")
		ask(in(t, "18.02"), time.Time{})
		none(t, s.SweepDevices(in(t, "18.02"), at), s.SweepDevices(ctx, at.Add(-time.Hour)))
		ask(ctx, at.Add(-2*time.Hour), "p1")
		none(t, s.SaveDevice(ctx, "d1", "p2", at))
		ask(ctx, at.Add(-time.Hour), "p1", "p2")
	})
}

func TestAttempts(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		for i, f := range []struct{ login, address string }{{"rina", "a"}, {"rina", "a"}, {"sari", "a"}, {"rina", "b"}} {
			none(t, s.AddFailure(ctx, string(rune('0'+i)), f.login, f.address, at.Add(time.Duration(i)*time.Minute)))
		}
		ask := func(ctx context.Context, since time.Time, want auth.Failures) {
			t.Helper()
			got, err := s.Failures(ctx, "rina", "a", since, at.Add(2*time.Minute))
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		}
		ask(ctx, at.Add(-time.Second), auth.Failures{Pair: 2, Address: 3, OldestPair: at, OldestAddress: at})
		ask(ctx, at, auth.Failures{Pair: 1, Address: 2, OldestPair: at.Add(time.Minute), OldestAddress: at.Add(time.Minute)})
		ask(ctx, at.Add(time.Minute), auth.Failures{Address: 1, OldestAddress: at.Add(2 * time.Minute)})
		ask(in(t, "18.02"), time.Time{}, auth.Failures{})
		none(t, s.DropFailure(in(t, "18.02"), "1"), s.DropFailure(ctx, "1"),
			s.AddFailure(ctx, "4", "sari", "a", at.Add(3*time.Minute)), s.SweepFailures(in(t, "18.02"), at.Add(time.Hour), at.Add(2*time.Hour)))
		ask(ctx, at, auth.Failures{Address: 1, OldestAddress: at.Add(2 * time.Minute), Later: 1})
		none(t, s.SweepFailures(ctx, at, at.Add(2*time.Minute)))
		ask(ctx, time.Time{}, auth.Failures{Address: 1, OldestAddress: at.Add(2 * time.Minute)})
	})
}

// Failures are counted by hour and kind, separately for people and strangers.
func TestFailureCounts(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		count := func(ctx context.Context, person string, hour time.Time, kind auth.SignInResult, want int) {
			t.Helper()
			err := s.DB.InTx(ctx, func(ctx context.Context) error {
				got, err := s.CountFailure(ctx, person, hour, kind)
				if got != want {
					t.Errorf("%q %v %s: %d, want %d", person, hour, kind, got, want)
				}
				return err
			})
			none(t, err)
		}
		later := at.Add(time.Hour)
		for i := range 3 {
			count(ctx, rina.ID, at, auth.WrongPassword, i+1)
			count(ctx, "", at, auth.UnknownLogin, i+1)
		}
		count(ctx, rina.ID, at, auth.WrongFactor, 1)
		count(ctx, rina.ID, later, auth.WrongPassword, 1)
		count(ctx, "", at, auth.WrongLink, 1)
		count(ctx, "", later, auth.UnknownLogin, 1)
		count(in(t, "18.02"), "", at, auth.UnknownLogin, 1)
		count(ctx, rina.ID, later, auth.WrongOwnFactor, 1)
		sum := func(ctx context.Context, since time.Time, want auth.FailedSignIns) {
			t.Helper()
			if got, err := s.FailedSignIns(ctx, since); err != nil || got != want {
				t.Errorf("since %v: %+v, %v, want %+v", since, got, err, want)
			}
		}
		sum(ctx, at.Add(-time.Second), auth.FailedSignIns{Unknown: 4, People: 5})
		sum(ctx, at, auth.FailedSignIns{Unknown: 1, People: 1})
		sum(ctx, later, auth.FailedSignIns{})
		sum(in(t, "18.02"), at.Add(-time.Second), auth.FailedSignIns{Unknown: 1})
		none(t, s.SweepFailureCounts(ctx, later))
		count(ctx, rina.ID, at, auth.WrongPassword, 1)
		count(ctx, rina.ID, later, auth.WrongPassword, 2)
		count(ctx, "", at, auth.UnknownLogin, 1)
		count(ctx, "", later, auth.UnknownLogin, 2)
		count(in(t, "18.02"), "", at, auth.UnknownLogin, 2)

		stop := errors.New("stop")
		err := s.DB.InTx(ctx, func(ctx context.Context) error {
			_, err := s.CountFailure(ctx, rina.ID, later, auth.WrongFactor)
			return errors.Join(err, stop)
		})
		if !errors.Is(err, stop) {
			t.Error(err)
		}
		count(ctx, rina.ID, later, auth.WrongFactor, 1) // the one before was rolled back
	})
}

func TestLinks(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		ask := func(ctx context.Context, token string, when time.Time, want bool) {
			t.Helper()
			if got, err := s.HasLink(ctx, token, auth.Span{After: when, Until: when.Add(time.Hour)}); got != want || err != nil {
				t.Errorf("HasLink(%s) = %v, %v; want %v", token, got, err, want)
			}
		}
		spend := func(ctx context.Context, token string, when time.Time, want bool) {
			t.Helper()
			if got, err := s.SpendLink(ctx, token, auth.Span{After: when, Until: when.Add(time.Hour)}); got != want || err != nil {
				t.Errorf("SpendLink(%s) = %v, %v; want %v", token, got, err, want)
			}
		}
		none(t, s.SetLink(ctx, "l1", at), s.SetLink(ctx, "l2", at))
		ask(ctx, "l1", at.Add(-time.Second), false)
		ask(ctx, "l2", at.Add(-time.Second), true)
		ask(ctx, "l2", at, false)
		ask(ctx, "l2", at.Add(-2*time.Hour), false) // made while the clock was ahead
		spend(ctx, "l2", at.Add(-2*time.Hour), false)
		ask(in(t, "18.02"), "l2", at.Add(-time.Second), false)
		spend(ctx, "l1", at.Add(-time.Second), false)
		spend(ctx, "l2", at, false)
		spend(in(t, "18.02"), "l2", at.Add(-time.Second), false)
		spend(ctx, "l2", at.Add(-time.Second), true)
		spend(ctx, "l2", at.Add(-time.Second), false)
	})
}
