package account_test

import (
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

func TestSelf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		me, tokens := w.enter(w.person(w.admin(), "sari", actor.Operator, servicetest.Own))
		for form, want := range map[account.PersonForm]string{
			{Phone: "12", Language: "x"}: "lengkap=account.name_missing telepon=account.phone_form bahasa=account.language_form",
			{Name: "Sari Dewi", Login: "rina", Phone: "+62 812-3456-789", Language: "en", Version: 1}: "",
			{Name: "Sari"}: "account.moved_on",
		} {
			if got := said(w.SaveSelf(me, form)); got != want {
				t.Errorf("%+v: %s, want %s", form, got, want)
			}
		}
		stay, err := w.Current(in(t, region), tokens.Session)
		if err != nil || stay.Language != "en" || stay.Actor.Name != "Sari Dewi" {
			t.Errorf("%+v, %v", stay, err)
		}
		for language, want := range map[string]string{"fr": "en", "": "en", "id": "id"} {
			if err := w.Speak(me, language); err != nil {
				t.Fatal(err)
			}
			self, err := w.Self(me, tokens.Session)
			if language == "id" && (err != nil || self.Language != want || self.Login != "sari" || self.Phone != "+628123456789" || self.PasswordHash != "") {
				t.Errorf("%+v, %v", self, err)
			}
		}
		visitor := in(t, region)
		_, selfErr := w.Self(visitor, tokens.Session)
		for name, err := range map[string]error{
			"Self": selfErr, "SaveSelf": w.SaveSelf(visitor, account.PersonForm{Name: "X"}),
			"ChangePassword": w.ChangePassword(visitor, phrase, phrase, phrase, account.Visit{}),
			"EndOwnSession":  w.EndOwnSession(visitor, "x"), "EndOtherSessions": w.EndOtherSessions(visitor, "x"),
		} {
			if fault.KindOf(err) != fault.Unknown {
				t.Errorf("%s by a visitor: %v", name, err)
			}
		}
		if err := w.Speak(visitor, "en"); err != nil {
			t.Error(err)
		}
	})
}

func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.setUp()
		other, _ := w.signIn("rina", phrase, at("192.0.2.2"))
		me := actor.With(t.Context(), w.resume(first.Session))
		const next = "empat gajah makan kelapa"
		change := func(old, password, again, want string) {
			t.Helper()
			err := w.ChangePassword(me, old, password, again, account.Visit{Session: first.Session, Address: "192.0.2.1"})
			if got := said(err); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		change("", "x", "", "lama=account.old_missing sandi=account.password_short")
		change("wrong", next, "x", "lama=account.old_wrong ulang=account.again_differs")
		change("wrong", "x", "", "lama=account.old_wrong sandi=account.password_short")
		change("wrong", next, next, "lama=account.old_wrong")
		for range 12 { // who shows the old one is not slowed down while he looks for a new one
			change(phrase, "x", "", "sandi=account.password_short")
		}
		change(phrase, next, next, "")
		if !w.resume(first.Session).SignedIn() || w.resume(other.Session).SignedIn() {
			t.Error("want this session to go on, and no other")
		}
		for password, want := range map[string]string{phrase: "account.wrong", next: ""} {
			if _, key := w.signIn("rina", password, at("192.0.2.3")); key != want {
				t.Errorf("%s: %q, want %q", password, key, want)
			}
		}
		for range 7 {
			change("wrong", next, next, "lama=account.old_wrong")
		}
		change("wrong", next, next, "account.wait")
	})
}

func TestOwnSessions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rina := w.setUp()
		me := actor.With(t.Context(), w.resume(rina.Session))
		sari, hers := w.enter(w.person(me, "sari", actor.Operator, servicetest.Own))
		second, _ := w.signIn("sari", phrase, account.Visit{Address: "192.0.2.2", Agent: "Ponsel"})
		third, _ := w.signIn("sari", phrase, at("192.0.2.3"))
		self, err := w.Self(sari, hers.Session)
		if err != nil || len(self.Sessions) != 3 || self.Here == "" {
			t.Fatalf("%+v, %v", self, err)
		}
		for _, v := range self.Sessions {
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
				if got := w.resume(token).SignedIn(); got != want[i] {
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
