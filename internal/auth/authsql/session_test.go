package authsql_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// since returns the span from after a moment to an hour after at.
func since(after time.Time) auth.Span { return auth.Span{After: after, Until: at.Add(time.Hour)} }

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		none(t, s.AddSession(ctx, auth.Session{ID: "s1", TokenHash: "t1", Person: "p1", MadeAt: at, Address: "192.0.2.1", Agent: "curl"}))
		resume := func(ctx context.Context, made, seen time.Time) (auth.AuthenticatedSession, error) {
			return s.Resume(ctx, "t1", at, since(made), seen)
		}
		before := at.Add(-time.Second)
		stay, err := resume(ctx, before, before)
		want := auth.AuthenticatedSession{
			Actor:    actor.Actor{ID: "p1", Name: "Rina", Region: "18.01", Session: "s1", Assignments: []actor.Assignment{{Role: actor.Admin}}},
			Language: "en", SeenAt: at,
		}
		if diff := cmp.Diff(want, stay); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		for name, tt := range map[string]struct {
			ctx        context.Context
			made, seen time.Time
		}{"too old": {ctx, at, before}, "too long idle": {ctx, before, at}, "another region": {in(t, "18.02"), before, before}} {
			if _, err := resume(tt.ctx, tt.made, tt.seen); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v, want NotFound", name, err)
			}
		}
		none(t, s.Seen(ctx, "t1", at.Add(time.Minute)), s.Seen(ctx, "t1", at), s.Seen(in(t, "18.02"), "t1", at.Add(time.Hour)))
		if stay, err := resume(ctx, before, at); err != nil || !stay.SeenAt.Equal(at.Add(time.Minute)) {
			t.Errorf("seen %v, %v; want a minute later, and never earlier again", stay.SeenAt, err)
		}
		none(t, s.SweepSessions(ctx, since(before), before), s.SweepSessions(in(t, "18.02"), since(at), at.Add(time.Hour)))
		if ended, err := s.EndSession(in(t, "18.02"), "t1"); ended || err != nil {
			t.Errorf("another region ended it: %v, %v", ended, err)
		}
		for _, want := range []bool{true, false} {
			if ended, err := s.EndSession(ctx, "t1"); ended != want || err != nil {
				t.Errorf("EndSession = %v, %v; want %v", ended, err, want)
			}
		}
		none(t, s.AddSession(ctx, auth.Session{ID: "s1", TokenHash: "t1", Person: "p1", MadeAt: at}), s.SweepSessions(ctx, since(at), before))
		if _, err := resume(ctx, before, before); fault.KindOf(err) != fault.NotFound {
			t.Errorf("after the sweep: %v, want NotFound", err)
		}
	})
}

// tree creates agencies with the parent of each.
func tree(t *testing.T, s *authsql.Store, parents map[string]string) {
	t.Helper()
	for id, parent := range parents {
		_, err := s.DB.Exec(t.Context(), `
			insert into agencies (region_id, id, name, name_key, sort_key, kind, parent_id)
			values ('18.01', $1, $1, $1, $1, 'dinas', nullif($2, ''))`,
			id, parent)
		none(t, err)
	}
}

func refused(_ actor.Actor, err error) error { return err }

func TestAssignmentsReachBelow(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		tree(t, s, map[string]string{"top": "", "mid": "top", "leaf": "mid", "side": "top", "else": "", "round": "turn", "turn": "round"})
		_, err := s.DB.Exec(ctx, `
			insert into agencies (region_id, id, name, name_key, sort_key, kind, parent_id)
			values ('18.02', 'far', 'far', 'far', 'far', 'dinas', 'top')`)
		hour := time.Hour
		during := func(id string, role actor.Role, agency string, from, until time.Duration) account.Assignment {
			return account.Assignment{ID: id, Assignment: actor.Assignment{Role: role, Agency: agency}, From: at.Add(from), Until: at.Add(until)}
		}
		add(t, s, account.Person{ID: "p2", Login: "sari", Active: true},
			during("1", actor.Operator, "mid", -hour, hour),
			during("2", actor.Kepala, "top", -2*hour, 0),    // has ended
			during("3", actor.Kepala, "top", hour, 2*hour),  // not begun
			during("4", actor.Pendamping, "round", 0, hour), // a circle
			during("5", actor.Pendamping, "leaf", -hour, hour))
		none(t, err, s.AddSession(ctx, auth.Session{ID: "s2", TokenHash: "t2", Person: "p2", MadeAt: at}))
		counted, statements := sqldb.Counted(ctx)
		stay, err := s.Resume(counted, "t2", at, since(at.Add(-hour)), at.Add(-hour))
		want := []actor.Assignment{
			{Role: actor.Operator, Agency: "mid"},
			{Role: actor.Pendamping, Agency: "leaf"},
			{Role: actor.Pendamping, Agency: "round"},
			{Role: actor.Operator, Agency: "leaf", Below: true},
			{Role: actor.Pendamping, Agency: "round", Below: true},
			{Role: actor.Pendamping, Agency: "turn", Below: true},
		}
		if who, err := s.Actor(ctx, "p2", "", at); err != nil || who.ID != "p2" || who.Region != "18.01" || !cmp.Equal(who.Assignments, want) {
			t.Errorf("Actor = %+v, %v; want %v", who, err, want)
		}
		if who, err := s.Actor(ctx, "p1", "", at.Add(time.Hour)); err != nil || who.Name != "Rina" || who.Assignments != nil {
			t.Errorf("Actor without assignments = %+v, %v", who, err)
		}
		none(t, people(s).SetActive(ctx, "p1", false))
		for name, err := range map[string]error{
			"not active": refused(s.Actor(ctx, "p1", "", at)), "of another region": refused(s.Actor(in(t, "18.02"), "p2", "", at)), "unknown": refused(s.Actor(ctx, "p3", "", at)),
		} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("Actor of a person %s = %v, want NotFound", name, err)
			}
		}
		if diff := cmp.Diff(want, stay.Actor.Assignments); err != nil || diff != "" || statements.Load() != 1 {
			t.Errorf("%d statements, %v %s", statements.Load(), err, diff)
		}
		if stay, err := s.Resume(ctx, "t2", at.Add(hour), since(at.Add(-hour)), at.Add(-hour)); err != nil || len(stay.Actor.Assignments) != 4 {
			t.Errorf("an hour later: %v, %v; want the kepala of top, and the three below it", stay.Actor.Assignments, err)
		}
	})
}

func TestAtStage(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		none(t, s.AddSession(ctx, auth.Session{ID: "s1", TokenHash: "t1", Person: "p1", Stage: auth.Choosing, MadeAt: at}))
		before := at.Add(-time.Second)
		if got, err := s.AtStage(ctx, "t1", auth.Choosing, since(before)); err != nil || got.ID != "p1" {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := s.Resume(ctx, "t1", at, since(before), before); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a session that must choose a password is open: %v", err)
		}
		for name, ask := range map[string]func() error{
			"another region": func() error { _, err := s.AtStage(in(t, "18.02"), "t1", auth.Choosing, since(before)); return err },
			"another stage":  func() error { _, err := s.AtStage(ctx, "t1", auth.Open, since(before)); return err },
			"too late":       func() error { _, err := s.AtStage(ctx, "t1", auth.Choosing, since(at)); return err },
		} {
			if fault.KindOf(ask()) != fault.NotFound {
				t.Errorf("%s: found", name)
			}
		}
		none(t, people(s).SetActive(ctx, "p1", false))
		if _, err := s.AtStage(ctx, "t1", auth.Choosing, since(before)); fault.KindOf(err) != fault.NotFound {
			t.Errorf("not active: %v", err)
		}
	})
}

func TestOwnSessions(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		add(t, s, account.Person{ID: "p2", Login: "sari", Active: true})
		for i, v := range []auth.Session{
			{ID: "s1", TokenHash: "t1", Person: "p1", MadeAt: at, Address: "a", Agent: "b"},
			{ID: "s2", TokenHash: "t2", Person: "p1", MadeAt: at.Add(time.Minute)},
			{ID: "s3", TokenHash: "t3", Person: "p1", Stage: auth.Choosing, MadeAt: at},
			{ID: "s4", TokenHash: "t4", Person: "p2", MadeAt: at},
			{ID: "s5", TokenHash: "t5", Person: "p1", MadeAt: at.Add(-time.Hour)},
		} {
			if err := s.AddSession(ctx, v); err != nil {
				t.Fatal(i, err)
			}
		}
		list := func(ctx context.Context, person string) (ids []string) {
			t.Helper()
			all, err := s.SessionsOf(ctx, person, since(at.Add(-time.Minute)), at.Add(-time.Minute))
			none(t, err)
			for _, v := range all {
				ids = append(ids, v.ID)
			}
			return ids
		}
		if got := list(ctx, "p1"); !slices.Equal(got, []string{"s2", "s1"}) {
			t.Errorf("%v", got)
		}
		if got := list(in(t, "18.02"), "p1"); got != nil {
			t.Errorf("another region sees %v", got)
		}
		for _, tt := range []struct {
			ctx        context.Context
			person, id string
			want       bool
		}{{in(t, "18.02"), "p1", "s1", false}, {ctx, "p2", "s1", false}, {ctx, "p1", "s1", true}, {ctx, "p1", "s1", false}} {
			if ended, err := s.EndSessionOf(tt.ctx, tt.person, tt.id); ended != tt.want || err != nil {
				t.Errorf("EndSessionOf(%s, %s) = %v, %v", tt.person, tt.id, ended, err)
			}
		}
		for want, ctx := range map[int64]context.Context{0: in(t, "18.02"), 2: ctx} {
			if n, err := s.EndSessions(ctx, "p1", "t2"); n != want || err != nil {
				t.Errorf("EndSessions = %d, %v; want %d", n, err, want)
			}
		}
		if got := append(list(ctx, "p1"), list(ctx, "p2")...); !slices.Equal(got, []string{"s2", "s4"}) {
			t.Errorf("left are %v", got)
		}
	})
}

// A session made while the clock was ahead is none, and is swept before its time comes.
func TestCaseS22SessionsOfTheFuture(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		early, now := at.Add(-time.Hour), auth.Span{After: at.Add(-24 * time.Hour), Until: at.Add(-time.Minute)}
		none(t, s.AddSession(ctx, auth.Session{ID: "s1", TokenHash: "t1", Person: "p1", MadeAt: at}),
			s.AddSession(ctx, auth.Session{ID: "s2", TokenHash: "t2", Person: "p1", Stage: auth.Choosing, MadeAt: at}))
		if _, err := s.Resume(ctx, "t1", early, now, early); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Resume: %v", err)
		}
		if _, err := s.AtStage(ctx, "t2", auth.Choosing, now); fault.KindOf(err) != fault.NotFound {
			t.Errorf("AtStage: %v", err)
		}
		if list, err := s.SessionsOf(ctx, "p1", now, early); len(list) != 0 || err != nil {
			t.Errorf("SessionsOf: %v, %v", list, err)
		}
		none(t, s.SweepSessions(ctx, now, early))
		if _, err := s.Resume(ctx, "t1", at, since(early), early); fault.KindOf(err) != fault.NotFound {
			t.Errorf("after the sweep: %v", err)
		}
	})
}

func TestRenewSession(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		ctx := in(t, "18.01")
		none(t, s.AddSession(ctx, auth.Session{ID: "s1", TokenHash: "t1", Person: "p1", MadeAt: at}))
		for _, tt := range []struct {
			region, from, to string
			want             bool
		}{{"18.02", "t1", "t2", false}, {"18.01", "t0", "t2", false}, {"18.01", "t1", "t2", true}, {"18.01", "t1", "t3", false}} {
			if got, err := s.RenewSession(in(t, tt.region), tt.from, tt.to); got != tt.want || err != nil {
				t.Errorf("%+v: %v, %v", tt, got, err)
			}
		}
		early := at.Add(-time.Hour)
		if _, err := s.Resume(ctx, "t1", at, since(early), early); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the token before: %v", err)
		}
		if stay, err := s.Resume(ctx, "t2", at, since(early), early); err != nil || stay.Actor.Session != "s1" || !stay.SeenAt.Equal(at) {
			t.Errorf("the new token: %+v, %v", stay, err)
		}
	})
}

// Nothing of the region lets anybody in any more but passwords; another region's
// is left alone.
func TestEndAllAccess(t *testing.T) {
	each(t, func(t *testing.T, s *authsql.Store) {
		later := at.Add(24 * time.Hour)
		for _, region := range []string{"18.01", "18.02"} {
			ctx := in(t, region)
			for _, id := range []string{"rina", "wati", "budi"} {
				none(t, people(s).Add(ctx, account.Person{ID: id, Login: id + "2", Name: id, Language: "id", Active: true, Version: 1}, nil))
			}
			none(t,
				s.AddSession(ctx, auth.Session{ID: "1", TokenHash: "a", Person: "rina", MadeAt: at, SeenAt: at}),
				s.SaveDevice(ctx, "device", "rina", at),
				s.SetLink(ctx, "link", at.Add(time.Minute)),
				s.SetPasswordHash(ctx, "rina", "hash"),
				s.SetCode(ctx, "wati", "code", later),
				s.SetCode(ctx, "budi", "old", at.Add(-time.Hour)))
		}
		none(t, s.EndAllAccess(in(t, "18.01"), at))
		for region, want := range map[string]bool{"18.01": false, "18.02": true} {
			ctx := in(t, region)
			session, err := s.EndSession(ctx, "a")
			none(t, err)
			device, err := s.DeviceOf(ctx, [auth.MaxDevices]string{"device"}, "rina", at.Add(-time.Hour))
			none(t, err)
			link, err := s.HasLink(ctx, "link", since(at))
			none(t, err)
			code, err := s.ByID(ctx, "wati")
			none(t, err)
			old, err := s.ByID(ctx, "budi")
			none(t, err)
			password, err := s.ByID(ctx, "rina")
			none(t, err)
			if session != want || (device != "") != want || link != want || code.CodeUntil.After(at) != want {
				t.Errorf("%s: session %v, device %q, link %v, code until %v; want %v", region, session, device, link, code.CodeUntil, want)
			}
			if password.Hash != "hash" || code.Hash != "code" || !old.CodeUntil.Equal(at.Add(-time.Hour)) {
				t.Errorf("%s: %+v, %+v, %+v", region, password, code, old)
			}
		}
	})
}
