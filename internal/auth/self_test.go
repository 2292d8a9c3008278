package auth_test

import (
	"testing"

	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

func TestCaseS13ChangePassword(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		first := w.SetUp()
		other, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.2"})
		me := actor.With(t.Context(), w.Who(first.Session))
		const next = "empat gajah makan kelapa"
		here := first.Session
		change := func(old, password, again, want string) {
			t.Helper()
			renewed, err := w.ChangePassword(me, old, password, again, auth.ClientInfo{Session: here, Address: "192.0.2.1"})
			if err == nil {
				here = renewed.Session
			}
			if got := authtest.FaultKeys(err); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		change("", "x", "", "old_password=auth.old_missing password=auth.password_short")
		change("wrong", next, "x", "old_password=auth.old_wrong password_again=auth.again_differs")
		change("wrong", "x", "", "old_password=auth.old_wrong password=auth.password_short")
		change("wrong", next, next, "old_password=auth.old_wrong")
		for range 12 { // a right old password is not throttled, whatever is wrong with the new one
			change(authtest.Phrase, "x", "", "password=auth.password_short")
		}
		change(authtest.Phrase, next, next, "")
		if !w.Who(here).SignedIn() || w.Who(first.Session).SignedIn() || w.Who(other.Session).SignedIn() {
			t.Error("want this session to go on with another token, and no other")
		}
		for password, want := range map[string]string{authtest.Phrase: "auth.wrong", next: ""} {
			if _, key := w.Try("rina", password, auth.ClientInfo{Address: "192.0.2.3"}); key != want {
				t.Errorf("%s: %q, want %q", password, key, want)
			}
		}
		for range 7 {
			change("wrong", next, next, "old_password=auth.old_wrong")
		}
		change("wrong", next, next, "auth.wait")
	})
}

func TestOwnSessions(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.SetUp()
		me := actor.With(t.Context(), w.Who(rina.Session))
		sari, hers := w.Enter(w.Person(me, "sari", actor.Operator, servicetest.Own))
		second, _ := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.2", Agent: "Ponsel"})
		third, _ := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.3"})
		sessions, here, err := w.Sessions(sari, hers.Session)
		if err != nil || len(sessions) != 3 || here == "" {
			t.Fatalf("%+v, %v", sessions, err)
		}
		for _, v := range sessions {
			if v.Agent != "Ponsel" {
				continue
			}
			if err := w.EndOwnSession(me, v.ID); fault.KindOf(err) != fault.NotFound {
				t.Errorf("somebody else ends it: %v", err)
			}
			if err := w.EndOwnSession(sari, v.ID); err != nil {
				t.Error(err)
			}
		}
		alive := func(want ...bool) {
			t.Helper()
			for i, token := range []string{rina.Session, hers.Session, second.Session, third.Session} {
				if got := w.Who(token).SignedIn(); got != want[i] {
					t.Errorf("session %d: %v, want %v", i, got, want[i])
				}
			}
		}
		alive(true, true, false, true)
		for range 2 {
			if err := w.EndOtherSessions(sari, hers.Session); err != nil {
				t.Fatal(err)
			}
		}
		alive(true, true, false, false)
	})
}
