package accountsql_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/base/actor"
)

func TestProfile(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		none(t, s.SaveProfile(in(t, "18.02"), account.Person{ID: "p1", Name: "X"}),
			s.SaveProfile(ctx, account.Person{ID: "p1", Name: "Rina W", Phone: "0813", Language: "en", Login: "other"}))
		none(t, s.SetLanguage(in(t, "18.02"), "p1", "en"), s.SetLanguage(ctx, "p1", "id"))
		want := rina
		want.Name, want.Phone, want.Language, want.Version = "Rina W", "0813", "id", 2
		got, err := s.ByID(ctx, "p1")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

func TestAssignments(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		head := account.Assignment{
			ID: "a2", Assignment: actor.Assignment{Role: actor.Kepala, Agency: "o1"}, Acting: account.Plt, From: at.Add(time.Minute),
			Decree: account.Decree{Number: "800/1", Day: "2026-02-27", Subject: "Plt"},
		}
		none(t, s.Assign(ctx, "p1", head))
		list := func(region string) []account.Assignment {
			t.Helper()
			got, err := s.Assignments(in(t, region), "p1")
			none(t, err)
			return got
		}
		if diff := cmp.Diff([]account.Assignment{head, boss}, list("18.01")); diff != "" {
			t.Error(diff)
		}
		if got := list("18.02"); got != nil {
			t.Errorf("another region sees %v", got)
		}
		for _, tt := range []struct {
			region, person string
			want           bool
		}{{"18.02", "p1", false}, {"18.01", "p2", false}, {"18.01", "p1", true}, {"18.01", "p1", false}} {
			if got, err := s.End(in(t, tt.region), tt.person, "a2", at.Add(time.Hour)); got != tt.want || err != nil {
				t.Errorf("End(%+v) = %v, %v", tt, got, err)
			}
		}
		if got := list("18.01")[0].Until; !got.Equal(at.Add(time.Hour)) {
			t.Errorf("ended at %v", got)
		}
	})
}

func TestList(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		task := func(id string, role actor.Role, agency string, from, until time.Duration) account.Assignment {
			return account.Assignment{ID: id, Assignment: actor.Assignment{Role: role, Agency: agency}, From: at.Add(from), Until: at.Add(until)}
		}
		none(t,
			s.Add(ctx, account.Person{ID: "p2", Name: "Ani", Login: "ani"}, nil),
			s.Add(ctx, account.Person{ID: "p3", Name: "Budi", Login: "budi", Active: true}, []account.Assignment{
				task("1", actor.Operator, "o1", 0, time.Hour), task("2", actor.Kepala, "o2", time.Hour, 2*time.Hour), task("3", actor.Operator, "o3", -time.Hour, 0),
			}),
			s.Add(in(t, "18.02"), account.Person{ID: "p4", Name: "Candra", Login: "candra"}, nil))
		for _, tt := range []struct {
			f         account.Filter
			max, skip int
			total     int
			want      string
		}{
			{account.Filter{}, 9, 0, 3, "[Ani [] Budi [2 1] Rina [a1]]"},
			{account.Filter{}, 1, 1, 3, "[Budi [2 1]]"},
			{account.Filter{}, 9, 3, 0, "[]"},
			{account.Filter{Agency: "o1"}, 9, 0, 1, "[Budi [2 1]]"},
			{account.Filter{Role: actor.Kepala}, 9, 0, 1, "[Budi [2 1]]"},
			{account.Filter{Agency: "o1", Role: actor.Kepala}, 9, 0, 0, "[]"}, // not both in one assignment
			{account.Filter{Agency: "o3"}, 9, 0, 0, "[]"},                     // has ended
			{account.Filter{Role: actor.Admin}, 9, 0, 1, "[Rina [a1]]"},
		} {
			list, total, err := s.List(ctx, tt.f, at, tt.max, tt.skip)
			none(t, err)
			got := []any{}
			for _, e := range list {
				ids := []string{}
				for _, a := range e.Assignments {
					ids = append(ids, a.ID)
				}
				got = append(got, e.Name, ids)
			}
			if fmt.Sprint(got) != tt.want || total != tt.total {
				t.Errorf("%+v: %v of %d, want %v of %d", tt.f, got, total, tt.want, tt.total)
			}
		}
		list, _, err := s.List(in(t, "18.02"), account.Filter{}, at, 9, 0)
		if err != nil || !slices.EqualFunc(list, []string{"Candra"}, func(e account.Entry, name string) bool { return e.Name == name }) {
			t.Errorf("another region: %+v, %v", list, err)
		}
	})
}

func TestPosts(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		kept := account.Assignment{ID: "x1", Assignment: actor.Assignment{Role: actor.Operator, Agency: "o7"}, From: at}
		over := account.Assignment{ID: "x2", Assignment: actor.Assignment{Role: actor.Operator, Agency: "o7"}, From: at, Until: at.Add(time.Hour)}
		none(t, s.Assign(ctx, "p1", kept), s.Assign(ctx, "p1", over))
		got, err := s.Posts(ctx, "o7", at.Add(time.Hour))
		if diff := cmp.Diff([]account.Post{{Person: "p1", Name: "Rina", Assignment: kept}}, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if got, err := s.Posts(in(t, "18.02"), "o7", at); err != nil || got != nil {
			t.Errorf("of another region: %v, %v", got, err)
		}
		over.From, over.Until = at.Add(time.Minute), at.Add(2*time.Hour)
		kept.From = at.Add(-time.Hour)
		none(t, s.SetBounds(ctx, over), s.SetBounds(ctx, kept), s.SetBounds(in(t, "18.02"), account.Assignment{ID: "x1", From: at, Until: at}))
		all, err := s.AllAssignments(ctx)
		all = slices.DeleteFunc(all, func(a account.Assignment) bool { return a.Agency != "o7" })
		if diff := cmp.Diff([]account.Assignment{kept, over}, all); err != nil || diff != "" {
			t.Errorf("with other bounds: %v %s", err, diff)
		}
		if got, err := s.AllAssignments(in(t, "18.02")); err != nil || got != nil {
			t.Errorf("all of another region: %v, %v", got, err)
		}
	})
}
