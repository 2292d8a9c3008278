package account_test

import (
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

func TestSelf(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		me, tokens := w.Enter(w.Person(w.Admin(), "sari", actor.Operator, servicetest.Own))
		for form, want := range map[account.PersonForm]string{
			{Phone: "12", Language: "x"}: "name=account.name_missing phone=account.phone_form language=account.language_form",
			{Name: "Sari Dewi", Login: "rina", Phone: "+62 812-3456-789", Language: "en", Version: 1}: "",
			{Name: "Sari"}: "account.moved_on",
		} {
			if got := authtest.FaultKeys(w.SaveSelf(me, form)); got != want {
				t.Errorf("%+v: %s, want %s", form, got, want)
			}
		}
		stay, err := w.Current(authtest.In(t, authtest.Region), tokens.Session)
		if err != nil || stay.Language != "en" || stay.Actor.Name != "Sari Dewi" {
			t.Errorf("%+v, %v", stay, err)
		}
		for language, want := range map[string]string{"fr": "en", "": "en", "id": "id"} {
			if err := w.SetLanguage(me, language); err != nil {
				t.Fatal(err)
			}
			self, err := w.Self(me)
			if language == "id" && (err != nil || self.Language != want || self.Login != "sari" || self.Phone != "+628123456789") {
				t.Errorf("%+v, %v", self, err)
			}
		}
		visitor := authtest.In(t, authtest.Region)
		_, passwordErr := w.ChangePassword(visitor, authtest.Phrase, authtest.Phrase, authtest.Phrase, auth.ClientInfo{})
		_, selfErr := w.Self(visitor)
		for name, err := range map[string]error{
			"Self": selfErr, "SaveSelf": w.SaveSelf(visitor, account.PersonForm{Name: "X"}),
			"ChangePassword": passwordErr,
			"EndOwnSession":  w.EndOwnSession(visitor, "x"), "EndOtherSessions": w.EndOtherSessions(visitor, "x"),
		} {
			if fault.KindOf(err) != fault.Unknown {
				t.Errorf("%s by a visitor: %v", name, err)
			}
		}
		if err := w.SetLanguage(visitor, "en"); err != nil {
			t.Error(err)
		}
	})
}
