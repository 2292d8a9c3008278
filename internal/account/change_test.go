package account_test

import (
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/servicetest"
)

// An assignment ends after the day that was typed. Until then nothing changes, not
// for the person's sessions either.
func TestEndAssignmentOnALaterDay(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		me, tokens := w.Enter(w.Person(admin, "sari", actor.Operator, servicetest.Own))
		sari := actor.From(me).ID
		first := func() account.Assignment {
			e, err := w.ByID(admin, sari)
			if err != nil {
				t.Fatal(err)
			}
			return e.Assignments[0]
		}
		for _, tt := range []struct{ last, want string }{
			{"besok", "last=account.day_form"},
			{"1-3-2026", "last=account.last_past last=account.until_early"}, // yesterday
			{"31/12/2026", ""},
			{"1-1-2027", "last=account.last_late"},
			{"4-3-2026", ""},
		} {
			if got := authtest.FaultKeys(w.EndAssignment(admin, sari, first().ID, tt.last)); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.last, got, tt.want)
			}
		}
		if a := first(); a.LastDay(t.Context()) != "2026-03-04" || a.State(w.Clock) != account.Counting {
			t.Errorf("%+v", a)
		}
		if !w.Who(tokens.Session).Serves(servicetest.Own, actor.Operator) {
			t.Error("the assignment ended before its last day was over")
		}
		w.Clock = first().Until
		tokens, _ = w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.7"}) // idle for two days
		if who := w.Who(tokens.Session); !who.SignedIn() || who.Serves(servicetest.Own, actor.Operator) {
			t.Errorf("after the last day: %+v", who)
		}
		if err := w.EndAssignment(admin, sari, first().ID, string(day.Of(w.Clock.AddDate(0, 1, 0)))); err != nil || first().LastDay(t.Context()) != "2026-03-04" {
			t.Errorf("what has ended stays: %v, %s", err, first().LastDay(t.Context()))
		}
	})
}

// The last admin without end cannot be given an end.
func TestLastAdminHasNoEnd(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.Admin()
		me := actor.From(rina).ID
		e, err := w.ByID(rina, me)
		if err != nil {
			t.Fatal(err)
		}
		if got := authtest.FaultKeys(w.EndAssignment(rina, me, e.Assignments[0].ID, "31-12-2030")); got != "account.last_admin" {
			t.Errorf("%q, want account.last_admin", got)
		}
	})
}

// An admin corrects a name; login, password and sessions stay, and the audit log has
// the previous name.
func TestCorrect(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		me, tokens := w.Enter(w.Person(admin, "sari", actor.Operator, servicetest.Own))
		sari := actor.From(me).ID
		if err := w.SetLanguage(me, "en"); err != nil {
			t.Fatal(err)
		}
		form := account.PersonForm{Login: "lain", Phone: "12", Language: "fr"}
		if got := authtest.FaultKeys(w.Correct(admin, sari, form)); got != "name=account.name_of_missing phone=account.phone_form" {
			t.Error(got)
		}
		form.Name, form.Phone, form.Version = " Sari  Dewi ", "0812 3456 7890", 1 // choosing a language does not increment the version
		if err := w.Correct(admin, sari, form); err != nil {
			t.Fatal(err)
		}
		e, err := w.ByID(admin, sari)
		if err != nil || e.Name != "Sari Dewi" || e.Phone != "081234567890" || e.Login != "sari" || e.Language != "en" {
			t.Errorf("%+v, %v", e.Person, err)
		}
		if !w.Who(tokens.Session).SignedIn() {
			t.Error("the session has ended")
		}
		if got := authtest.FaultKeys(w.Correct(admin, sari, form)); got != "account.moved_on" {
			t.Errorf("a form that is older than the last save: %q", got)
		}
		last := w.Events()[len(w.Events())-1]
		if !strings.HasPrefix(last, "account.person_corrected") || !strings.Contains(last, "Orang sari") || !strings.Contains(last, "Sari Dewi") {
			t.Errorf("the log has %s", last)
		}
		if got := authtest.FaultKeys(w.Correct(admin, actor.From(admin).ID, form)); got != "account.correct_own" {
			t.Errorf("their own name: %q", got)
		}
		if _, key := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.7"}); key != "" {
			t.Errorf("their password: %s", key)
		}
	})
}
