package auth_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

func TestSetup(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		tokens := w.SetUp()
		who := w.Who(tokens.Session)
		want := actor.Actor{ID: who.ID, Name: "Rina Wulandari", Region: authtest.Region, Session: who.Session, Assignments: []actor.Assignment{{Role: actor.Admin}}}
		if diff := cmp.Diff(want, who); diff != "" || who.ID == "" || who.Session == "" {
			t.Error(diff)
		}
		if token, needed, err := w.SetupLink(t.Context(), authtest.Region); token != "" || needed || err != nil {
			t.Errorf("a second link: %q, %v, %v", token, needed, err)
		}
		if _, key := w.Try("RINA ", authtest.Phrase, auth.ClientInfo{}); key != "" {
			t.Errorf("signing in afterwards: %s", key)
		}
		me := "person/" + who.ID + " " + who.ID + " Rina Wulandari "
		events := []string{
			"auth.set_up " + me + `{"login":"rina","name":"Rina Wulandari"}`,
			"auth.signed_in " + me + `{"address":"192.0.2.1"}`,
			"auth.signed_in " + me + `{"address":""}`,
		}
		if diff := cmp.Diff(events, w.Events()); diff != "" {
			t.Error(diff)
		}
	})
}

// For a region that has an administrator SetupLink writes nothing.
func TestSetupLinkWhileTheDiskIsFull(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.Auth.Exclusive = unable{fault.Full}
		if _, _, err := w.SetupLink(t.Context(), authtest.Region); fault.KindOf(err) != fault.Full {
			t.Errorf("without an administrator: %v, want Full", err)
		}
		w.Auth.Exclusive = w.DB
		w.SetUp()
		w.Auth.Exclusive = unable{fault.Full}
		if _, needed, err := w.SetupLink(t.Context(), authtest.Region); needed || err != nil {
			t.Errorf("with one: %v, %v; want none", needed, err)
		}
	})
}

func TestSetupLinkThatDoesNotWork(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		gone := func(name, region, token string) {
			t.Helper()
			_, err := w.Setup(authtest.In(t, region), token, authtest.Form("Rina", "rina"), auth.ClientInfo{})
			for _, err := range []error{err, w.CheckSetup(authtest.In(t, region), token)} {
				if fault.KindOf(err) != fault.NotFound || fault.KeyOf(err) != "auth.link_gone" {
					t.Errorf("%s = %v, want it gone", name, err)
				}
			}
		}
		link := func() string {
			t.Helper()
			token, _, err := w.SetupLink(t.Context(), authtest.Region)
			if err != nil || len(token) != 43 {
				t.Fatalf("%q, %v", token, err)
			}
			return token
		}
		gone("no link at all", authtest.Region, "")
		first := link()
		gone("a guess", authtest.Region, "x\x00\xff")
		gone("another region's", "18.02", first)
		second := link()
		gone("a replaced one", authtest.Region, first)
		w.Clock = w.Clock.Add(24 * time.Hour)
		gone("one of yesterday", authtest.Region, second)
		w.SetUp()
		gone("a spent one", authtest.Region, second)
		w.Must(w.DB.Exec(t.Context(), `update people set active = false`))
		third := link() // the only administrator's assignment has ended
		w.Must(w.DB.Exec(t.Context(), `update people set active = true`))
		gone("one for a region with an administrator", authtest.Region, third)
	})
}

func TestSetupListsAllMistakesAndKeepsTheLink(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		token, _, err := w.SetupLink(t.Context(), authtest.Region)
		if err != nil {
			t.Fatal(err)
		}
		for want, form := range map[string]auth.SetupForm{
			"name=account.name_missing login=account.login_form password=auth.password_missing": {},
			"name=account.name_missing login=account.login_form password=auth.password_short":   {Name: " \u202e\x00", Login: "ri na", Password: "pendek"},
			"name=account.name_long login=account.login_form password_again=auth.again_differs": {Name: strings.Repeat("a", 101), Login: "ab", Password: authtest.Phrase, Again: "x"},
			"login=account.login_form password=auth.password_long":                              {Name: "Rina", Login: strings.Repeat("a", 41), Password: strings.Repeat(authtest.Phrase, 6), Again: authtest.Phrase},
			"login=account.login_form password=auth.password_common":                            {Name: "Rina", Login: "rína", Password: "rina20262026"},
		} {
			_, err := w.Setup(authtest.In(t, authtest.Region), token, form, auth.ClientInfo{})
			if err == nil || err.Error() != "fault.invalid "+want {
				t.Errorf("%v, want %s", err, want)
			}
			if err := w.CheckSetup(authtest.In(t, authtest.Region), token); err != nil {
				t.Errorf("after %s the link is gone: %v", want, err)
			}
		}
	})
}

func TestSetupTwiceAtOnce(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		token, _, err := w.SetupLink(t.Context(), authtest.Region)
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int64
		var wg sync.WaitGroup
		for _, login := range []string{"rina", "sari", "budi", "agus"} {
			wg.Go(func() {
				switch _, err := w.Setup(authtest.In(t, authtest.Region), token, authtest.Form("Rina", login), auth.ClientInfo{}); {
				case err == nil:
					won.Add(1)
				case fault.KindOf(err) != fault.NotFound:
					t.Errorf("%s lost with %v, want NotFound", login, err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d won, want 1", won.Load())
		}
		if list := w.Events(); len(list) != 2 {
			t.Errorf("the log has %v, want what the one did", list)
		}
	})
}

func TestEnrol(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := actor.With(t.Context(), w.Who(w.SetUp().Session))
		operator := account.Assignment{Assignment: actor.Assignment{Role: actor.Operator, Agency: "a1"}}
		p, err := w.Enrol(admin, account.Person{Name: "Budi  Santoso ", Login: "Budi"}, authtest.Phrase, operator)
		if err != nil {
			t.Fatal(err)
		}
		tokens, key := w.Try("budi", authtest.Phrase, auth.ClientInfo{})
		who := w.Who(tokens.Session)
		if key != "" || who.Name != "Budi Santoso" || who.ID != p.ID || !who.Serves("a1", actor.Operator) || who.Serves("", actor.Roles()...) {
			t.Errorf("%s: %+v", key, who)
		}
		if !slices.Contains(w.Events(), "auth.enrolled person/"+p.ID+" "+actor.From(admin).ID+` Rina Wulandari {"login":"budi","name":"Budi Santoso"}`) {
			t.Errorf("the log has %v", w.Events())
		}
		if _, err := w.Enrol(admin, account.Person{Name: "Budi", Login: "budi"}, authtest.Phrase); err == nil || fault.FieldsOf(err)[0].Key != "account.login_taken" {
			t.Errorf("a login twice = %v", err)
		}
		for name, who := range map[string]actor.Actor{"a visitor": {Region: authtest.Region}, "an operator": who} {
			if _, err := w.Enrol(actor.With(t.Context(), who), account.Person{Name: "Sari", Login: "sari"}, authtest.Phrase); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s enrols: %v, want Forbidden", name, err)
			}
		}
	})
}
