package accountsql_test

import (
	"context"
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
	rina = account.Person{ID: "p1", Name: "Rina", Login: "rina", Phone: "0812", Language: "en", Active: true, Version: 1}
	boss = account.Assignment{ID: "a1", Assignment: actor.Assignment{Role: actor.Admin}, From: at, Until: at.Add(time.Hour)}
)

// each calls fn with a store that has a person rina, in region 18.01.
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
		got, err := s.ByID(ctx, "p1")
		if diff := cmp.Diff(rina, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if err := s.Add(ctx, account.Person{ID: "p2", Login: "rina"}, nil); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a login twice = %v, want Conflict", err)
		}
		for _, id := range []string{"p1", "p9"} {
			if _, err := s.ByID(in(t, "18.02"), id); fault.KindOf(err) != fault.NotFound {
				t.Errorf("another region finds %s: %v", id, err)
			}
		}
		// A person whose assignment is refused is not added either.
		if err := s.Add(ctx, account.Person{ID: "p3", Login: "sari"}, []account.Assignment{boss, boss}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an assignment twice = %v, want Conflict", err)
		}
		if _, err := s.ByID(ctx, "p3"); fault.KindOf(err) != fault.NotFound {
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
