package account_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/sqldb"
)

func TestCodeOnceToAPassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slip := w.person(w.admin(), "sari", actor.Operator, servicetest.Own)
		if !regexp.MustCompile(`^([B-DF-HJKMNPRTW-Y]{4} ){3}[B-DF-HJKMNPRTW-Y]{4}$`).MatchString(slip.Code) || !slip.Until.Equal(w.now.Add(72*time.Hour)) {
			t.Errorf("%+v", slip)
		}
		tokens, key := w.signIn("sari", strings.ToLower(strings.ReplaceAll(slip.Code, " ", "-")), at("192.0.2.7"))
		if key != "" || tokens.Stage != account.Choosing || w.resume(tokens.Session).SignedIn() {
			t.Fatalf("%q %+v: want in, and no further than to choose", key, tokens)
		}
		choose := func(session, password, again, want string) {
			t.Helper()
			_, err := w.Choose(in(t, region), password, again, account.Visit{Session: session, Device: tokens.Device})
			if got := said(err); got != want {
				t.Errorf("Choose: %s, want %s", got, want)
			}
		}
		for _, session := range []string{"", "x", w.person(actor.With(t.Context(), w.adminActor()), "budi", "", "").Code} {
			choose(session, phrase, phrase, "fault.sign_in")
		}
		choose(tokens.Session, "", "", "sandi=account.password_missing")
		choose(tokens.Session, "sarisarisari", "x", "sandi=account.password_common")
		choose(tokens.Session, phrase, "x", "ulang=account.again_differs")
		if p, err := w.Choosing(in(t, region), tokens.Session); err != nil || p.Login != "sari" {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := w.Choosing(in(t, "18.02"), tokens.Session); fault.KindOf(err) != fault.Unknown {
			t.Errorf("another region: %v", err)
		}
		second, _ := w.signIn("sari", slip.Code, at("192.0.2.8")) // until a password is chosen
		var in2 account.Tokens
		var wg sync.WaitGroup
		results := make([]error, 2)
		for i, session := range []string{tokens.Session, second.Session} {
			wg.Go(func() {
				got, err := w.Choose(in(t, region), phrase, phrase, account.Visit{Session: session, Device: "my own"})
				if results[i] = err; err == nil {
					in2 = got
				}
			})
		}
		wg.Wait()
		if (results[0] == nil) == (results[1] == nil) {
			t.Errorf("of two at once: %v, %v", results[0], results[1])
		}
		if !w.resume(in2.Session).Serves(servicetest.Own, actor.Operator) || in2.Device == "my own" {
			t.Errorf("%+v is not in", in2)
		}
		choose(tokens.Session, phrase, phrase, "fault.sign_in")
		if _, key := w.signIn("sari", slip.Code, at("192.0.2.7")); key != "account.wrong" {
			t.Errorf("the code again: %q", key)
		}
		if _, key := w.signIn("sari", phrase, at("192.0.2.7")); key != "" {
			t.Errorf("the password: %q", key)
		}
	})
}

// adminActor is rina, signed in anew.
func (w *world) adminActor() actor.Actor {
	w.t.Helper()
	tokens, _ := w.signIn("rina", phrase, at("192.0.2.3"))
	return w.resume(tokens.Session)
}

func TestCodeEnds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := w.admin()
		slip := w.person(admin, "sari", actor.Operator, servicetest.Own)
		start := w.now
		w.now = slip.Until.Add(-time.Second)
		tokens, key := w.signIn("sari", slip.Code, at("192.0.2.7"))
		if key != "" {
			t.Errorf("in the last second: %s", key)
		}
		w.now = w.now.Add(time.Hour)
		if _, err := w.Choosing(in(t, region), tokens.Session); fault.KindOf(err) != fault.Unknown {
			t.Errorf("an hour after the code: %v", err)
		}
		for code, want := range map[string]string{slip.Code: "account.code_old", "BBBB BBBB BBBB BBBB": "account.wrong", "": "account.password_missing"} {
			if _, key := w.signIn("sari", code, at("192.0.2.7")); key != want {
				t.Errorf("too late, %q: %s, want %s", code, key, want)
			}
		}
		w.now = start
		next, err := w.IssueCode(admin, slip.Person.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, key := w.signIn("sari", slip.Code, at("192.0.2.7")); key != "account.wrong" {
			t.Errorf("the code before: %s", key)
		}
		w.enter(next)
	})
}

func TestForgottenPassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := w.admin()
		people := map[actor.Role]string{}
		brida := admin
		for _, role := range actor.Roles() {
			agency := ""
			if account.ForAgency(role) {
				agency = servicetest.Own
			}
			slip := w.person(admin, "si-"+string(role), role, agency)
			people[role] = slip.Person.ID
			if role == actor.Brida {
				brida, _ = w.enter(slip)
			}
		}
		for role, want := range map[actor.Role]string{
			actor.Operator: "", actor.Pendamping: "", actor.Kepala: "", actor.Pimpinan: "",
			actor.Brida: "account.code_own", actor.Admin: "account.code_above",
		} {
			if _, err := w.IssueCode(brida, people[role]); said(err) != want {
				t.Errorf("brida for %s: %q, want %q", role, said(err), want)
			}
		}
		// Who is to become an admin already stands above.
		if err := w.Give(admin, people[actor.Operator], account.TaskForm{Role: "admin", From: "1/1/2027"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.IssueCode(brida, people[actor.Operator]); said(err) != "account.code_above" {
			t.Errorf("for a coming admin: %v", err)
		}
		slip, err := w.IssueCode(admin, people[actor.Brida])
		if err != nil {
			t.Fatal(err)
		}
		if n, err := sqldb.One(t.Context(), w.db, sqldb.Self[int], `select count(*) from sessions where person_id = $1`, people[actor.Brida]); n != 0 || err != nil {
			t.Errorf("%d sessions of his go on, %v", n, err)
		}
		if _, key := w.signIn("si-brida", phrase, at("192.0.2.8")); key != "account.wrong" {
			t.Errorf("the forgotten password: %q", key)
		}
		list := w.events()
		if last := strings.Join(list, "\n"); !strings.Contains(last, "kode-baru person/"+people[actor.Brida]+" "+actor.From(admin).ID) || strings.Contains(last, strings.ReplaceAll(slip.Code, " ", "")) || strings.Contains(last, slip.Code) {
			t.Errorf("the log: %s", last)
		}
		if n, err := sqldb.One(t.Context(), w.db, sqldb.Self[int], `select count(*) from people where password_hash = $1`, slip.Code); n != 0 || err != nil {
			t.Errorf("the code is stored as it is: %v", err)
		}
	})
}
