package accountsql_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

var (
	at   = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)
	rina = account.Person{ID: "p1", Name: "Rina", Login: "rina", Phone: "0812", Language: "en", PasswordHash: "h", Active: true, Version: 1}
	boss = account.Assignment{ID: "a1", Assignment: actor.Assignment{Role: actor.Admin}, From: at, Until: at.Add(time.Hour)}
)

// each gives fn a store that knows rina, in the region 18.01.
func each(t *testing.T, fn func(t *testing.T, s *accountsql.Store)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &accountsql.Store{DB: db}
		if err := s.Add(in(t, "18.01"), rina, []account.Assignment{boss}); err != nil {
			t.Fatal(err)
		}
		fn(t, s)
	})
}

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

func TestPeople(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		got, err := s.ByLogin(ctx, "rina")
		if diff := cmp.Diff(rina, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if _, err := s.ByLogin(ctx, "sari"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an unknown login = %v, want NotFound", err)
		}
		if err := s.Add(ctx, account.Person{ID: "p2", Login: "rina"}, nil); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a login twice = %v, want Conflict", err)
		}
		none(t, s.SetPasswordHash(ctx, "p1", "new"))
		if got, err := s.ByLogin(ctx, "rina"); err != nil || got.PasswordHash != "new" {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := s.ByID(ctx, "p1"); err != nil || got.Login != "rina" {
			t.Errorf("%+v, %v", got, err)
		}
		for _, id := range []string{"p1", "p9"} {
			if _, err := s.ByID(in(t, "18.02"), id); fault.KindOf(err) != fault.NotFound {
				t.Errorf("another region finds %s: %v", id, err)
			}
		}
		// A person whose assignment is refused is not there either.
		if err := s.Add(ctx, account.Person{ID: "p3", Login: "sari"}, []account.Assignment{boss, boss}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an assignment twice = %v, want Conflict", err)
		}
		if _, err := s.ByLogin(ctx, "sari"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("half a person was stored: %v", err)
		}
	})
}

func TestHasAdmin(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		ask := func(ctx context.Context, when time.Time, want bool) {
			t.Helper()
			if got, err := s.HasAdmin(ctx, when); got != want || err != nil {
				t.Errorf("HasAdmin at %v = %v, %v; want %v", when, got, err, want)
			}
		}
		ask(ctx, at, true)
		ask(ctx, at.Add(-time.Second), false)
		ask(ctx, at.Add(time.Hour), false)
		ask(in(t, "18.02"), at, false)
		lasts := func(want bool) {
			t.Helper()
			if got, err := s.HasLastingAdmin(ctx, at); got != want || err != nil {
				t.Errorf("HasLastingAdmin = %v, %v; want %v", got, err, want)
			}
		}
		lasts(false)
		for name, from := range map[string]time.Time{"later": at.Add(time.Minute), "now": at} {
			none(t, s.Assign(ctx, "p1", account.Assignment{ID: name, Assignment: boss.Assignment, From: from}))
		}
		lasts(true)
		none(t, s.SetActive(in(t, "18.02"), "p1", false))
		lasts(true)
		none(t, s.SetActive(ctx, "p1", false))
		lasts(false)
		ask(ctx, at, false)
		for _, a := range []actor.Assignment{{Role: actor.Admin, Agency: "a1"}, {Role: actor.Brida}} {
			none(t, s.Add(in(t, "18.02"), account.Person{ID: string(a.Role), Login: string(a.Role), Active: true}, []account.Assignment{{ID: string(a.Role), Assignment: a, From: at}}))
			ask(in(t, "18.02"), at, false)
		}
	})
}

func TestDevices(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		none(t, s.Add(ctx, account.Person{ID: "p2", Login: "sari"}, nil),
			s.KeepDevice(ctx, "d1", "p1", at), s.KeepDevice(ctx, "d1", "p2", at.Add(-time.Hour)), s.KeepDevice(ctx, "d2", "p1", at))
		ask := func(ctx context.Context, since time.Time, want ...string) {
			t.Helper()
			if got, err := s.DevicePeople(ctx, "d1", since); err != nil || !slices.Equal(got, want) {
				t.Errorf("DevicePeople = %v, %v; want %v", got, err, want)
			}
		}
		ask(ctx, at.Add(-2*time.Hour), "p1", "p2")
		ask(ctx, at.Add(-time.Hour), "p1")
		ask(in(t, "18.02"), time.Time{})
		none(t, s.KeepDevice(ctx, "d1", "p2", at))
		ask(ctx, at.Add(-time.Hour), "p1", "p2")
	})
}

func TestTries(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		for i, f := range []struct{ login, address string }{{"rina", "a"}, {"rina", "a"}, {"sari", "a"}, {"rina", "b"}} {
			none(t, s.AddFailure(ctx, string(rune('0'+i)), f.login, f.address, at.Add(time.Duration(i)*time.Minute)))
		}
		ask := func(ctx context.Context, since time.Time, want account.Failures) {
			t.Helper()
			got, err := s.Failures(ctx, "rina", "a", since)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		}
		ask(ctx, at.Add(-time.Second), account.Failures{Pair: 2, Address: 3, OldestPair: at, OldestAddress: at})
		ask(ctx, at, account.Failures{Pair: 1, Address: 2, OldestPair: at.Add(time.Minute), OldestAddress: at.Add(time.Minute)})
		ask(ctx, at.Add(time.Minute), account.Failures{Address: 1, OldestAddress: at.Add(2 * time.Minute)})
		ask(in(t, "18.02"), time.Time{}, account.Failures{})
		none(t, s.DropFailure(in(t, "18.02"), "1"), s.DropFailure(ctx, "1"),
			s.SweepFailures(in(t, "18.02"), at.Add(time.Hour)), s.SweepFailures(ctx, at))
		ask(ctx, time.Time{}, account.Failures{Address: 1, OldestAddress: at.Add(2 * time.Minute)})
	})
}

func TestLinks(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		ask := func(ctx context.Context, token string, when time.Time, want bool) {
			t.Helper()
			if got, err := s.HasLink(ctx, token, when); got != want || err != nil {
				t.Errorf("HasLink(%s) = %v, %v; want %v", token, got, err, want)
			}
		}
		spend := func(ctx context.Context, token string, when time.Time, want bool) {
			t.Helper()
			if got, err := s.SpendLink(ctx, token, when); got != want || err != nil {
				t.Errorf("SpendLink(%s) = %v, %v; want %v", token, got, err, want)
			}
		}
		none(t, s.SetLink(ctx, "l1", at), s.SetLink(ctx, "l2", at))
		ask(ctx, "l1", at.Add(-time.Second), false)
		ask(ctx, "l2", at.Add(-time.Second), true)
		ask(ctx, "l2", at, false)
		ask(in(t, "18.02"), "l2", at.Add(-time.Second), false)
		spend(ctx, "l1", at.Add(-time.Second), false)
		spend(ctx, "l2", at, false)
		spend(in(t, "18.02"), "l2", at.Add(-time.Second), false)
		spend(ctx, "l2", at.Add(-time.Second), true)
		spend(ctx, "l2", at.Add(-time.Second), false)
	})
}
