package auth_test

import (
	"slices"
	"testing"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
)

// Only attempts to sign in are observed: not who opens a link, and not what people type
// who are signed in already.
func TestObserve(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		var got []auth.SignInResult
		w.Observe = func(result auth.SignInResult) { got = append(got, result) }
		want := func(what string, results ...auth.SignInResult) {
			t.Helper()
			if !slices.Equal(got, results) {
				t.Errorf("%s: observed %v, want %v", what, got, results)
			}
			got = nil
		}
		visitor := authtest.In(t, authtest.Region)
		_ = w.CheckSetup(visitor, "x")
		want("a link that is opened")
		_, _ = w.Setup(visitor, "x", authtest.Form("Rina", "rina"), auth.ClientInfo{})
		want("a form with a wrong link", auth.WrongLink)
		tokens := w.SetUp()
		want("the first administrator", auth.Succeeded)

		me := actor.With(t.Context(), w.Who(tokens.Session))
		for range 11 { // the last is refused because of the others
			_, _ = w.ChangePassword(me, "salah", authtest.Phrase, authtest.Phrase, at("192.0.2.1"))
		}
		want("a wrong old password")
		w.Clock = w.Clock.Add(time.Hour) // it would be asked for in vain
		secure(w, me, tokens.Session)
		for range 11 {
			_, _ = w.RenewRecovery(me, authtest.Phrase, "1")
		}
		want("a wrong code of who is signed in")
		if got, err := w.FailedSignIns(me); err != nil || got != (auth.FailedSignIns{}) {
			t.Errorf("failed sign-ins %+v, %v, want none", got, err)
		}

		w.Clock = w.Clock.Add(time.Hour)
		waiting, _ := w.Try("rina", authtest.Phrase, at("192.0.2.2"))
		want("the first of two steps")
		for range 11 {
			_, _ = w.ShowSecond(visitor, "1", auth.ClientInfo{Session: waiting.Session})
		}
		want("the second step", append(slices.Repeat([]auth.SignInResult{auth.WrongFactor}, 10), auth.Throttled)...)
		for range 11 {
			w.Try("siapa", "x", at("192.0.2.3"))
		}
		want("a login of nobody", append(slices.Repeat([]auth.SignInResult{auth.UnknownLogin}, 10), auth.Throttled)...)
		if got, err := w.FailedSignIns(me); err != nil || got != (auth.FailedSignIns{Unknown: 10, People: 10}) {
			t.Errorf("failed sign-ins %+v, %v", got, err)
		}
		for hours, want := range map[time.Duration]auth.FailedSignIns{23 * time.Hour: {Unknown: 10, People: 10}, 25 * time.Hour: {}} {
			before := w.Clock
			w.Clock = before.Add(hours)
			if got, err := w.FailedSignIns(me); err != nil || got != want {
				t.Errorf("%v later: failed sign-ins %+v, %v", hours, got, err)
			}
			w.Clock = before
		}
	})
}
