package auth_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/sqldb"
)

func TestCodeOnceToAPassword(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		code := w.Person(w.Admin(), "sari", actor.Operator, servicetest.Own)
		if !regexp.MustCompile(`^([B-DF-HJKMNPRTW-Y]{4} ){3}[B-DF-HJKMNPRTW-Y]{4}$`).MatchString(code.Text) || !code.Until.Equal(w.Clock.Add(72*time.Hour)) {
			t.Errorf("%+v", code)
		}
		tokens, key := w.Try("sari", strings.ToLower(strings.ReplaceAll(code.Text, " ", "-")), at("192.0.2.7"))
		if key != "" || tokens.Stage != auth.Choosing || w.Who(tokens.Session).SignedIn() {
			t.Fatalf("%q %+v: want in, and no further than to choose", key, tokens)
		}
		choose := func(session, password, again, want string) {
			t.Helper()
			_, err := w.Choose(authtest.In(t, authtest.Region), password, again, auth.ClientInfo{Session: session, Device: tokens.Device})
			if got := authtest.FaultKeys(err); got != want {
				t.Errorf("Choose: %s, want %s", got, want)
			}
		}
		for _, session := range []string{"", "x", w.Person(actor.With(t.Context(), rinaAgain(w)), "budi", "", "").Text} {
			choose(session, authtest.Phrase, authtest.Phrase, "fault.sign_in")
		}
		choose(tokens.Session, "", "", "password=auth.password_missing")
		choose(tokens.Session, "sarisarisari", "x", "password=auth.password_common")
		choose(tokens.Session, authtest.Phrase, "x", "password_again=auth.again_differs")
		if p, err := w.Choosing(authtest.In(t, authtest.Region), tokens.Session); err != nil || p.Login != "sari" {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := w.Choosing(authtest.In(t, "18.02"), tokens.Session); fault.KindOf(err) != fault.Unknown {
			t.Errorf("another region: %v", err)
		}
		second, _ := w.Try("sari", code.Text, at("192.0.2.8")) // valid until a password is chosen
		var in2 auth.Tokens
		var wg sync.WaitGroup
		results := make([]error, 2)
		for i, session := range []string{tokens.Session, second.Session} {
			wg.Go(func() {
				got, err := w.Choose(authtest.In(t, authtest.Region), authtest.Phrase, authtest.Phrase, auth.ClientInfo{Session: session, Device: "my own"})
				if results[i] = err; err == nil {
					in2 = got
				}
			})
		}
		wg.Wait()
		if (results[0] == nil) == (results[1] == nil) {
			t.Errorf("of two at once: %v, %v", results[0], results[1])
		}
		if !w.Who(in2.Session).Serves(servicetest.Own, actor.Operator) || in2.Device == "my own" {
			t.Errorf("%+v is not in", in2)
		}
		choose(tokens.Session, authtest.Phrase, authtest.Phrase, "fault.sign_in")
		if _, key := w.Try("sari", code.Text, at("192.0.2.7")); key != "auth.wrong" {
			t.Errorf("the code again: %q", key)
		}
		if _, key := w.Try("sari", authtest.Phrase, at("192.0.2.7")); key != "" {
			t.Errorf("the password: %q", key)
		}
	})
}

// rinaAgain signs the first administrator in again.
func rinaAgain(w *authtest.World) actor.Actor {
	w.T.Helper()
	tokens, _ := w.Try("rina", authtest.Phrase, at("192.0.2.3"))
	return w.Who(tokens.Session)
}

func TestCodeEnds(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		code := w.Person(admin, "sari", actor.Operator, servicetest.Own)
		start := w.Clock
		w.Clock = code.Until.Add(-time.Second)
		tokens, key := w.Try("sari", code.Text, at("192.0.2.7"))
		if key != "" {
			t.Errorf("in the last second: %s", key)
		}
		w.Clock = w.Clock.Add(time.Hour)
		if _, err := w.Choosing(authtest.In(t, authtest.Region), tokens.Session); fault.KindOf(err) != fault.Unknown {
			t.Errorf("an hour after the code: %v", err)
		}
		for code, want := range map[string]string{code.Text: "auth.code_old", "BBBB BBBB BBBB BBBB": "auth.wrong", "": "auth.password_missing"} {
			if _, key := w.Try("sari", code, at("192.0.2.7")); key != want {
				t.Errorf("too late, %q: %s, want %s", code, key, want)
			}
		}
		w.Clock = start
		next, err := w.IssueCode(admin, code.Person.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, key := w.Try("sari", code.Text, at("192.0.2.7")); key != "auth.wrong" {
			t.Errorf("the code before: %s", key)
		}
		w.Enter(next)
	})
}

func TestForgottenPassword(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		people := map[actor.Role]string{}
		brida := admin
		for _, role := range actor.Roles() {
			agency := ""
			if account.ForAgency(role) {
				agency = servicetest.Own
			}
			code := w.Person(admin, "si-"+string(role), role, agency)
			people[role] = code.Person.ID
			if role == actor.Brida {
				brida, _ = w.Enter(code)
			}
		}
		for role, want := range map[actor.Role]string{
			actor.Operator: "", actor.Pendamping: "", actor.Kepala: "", actor.Pimpinan: "",
			actor.Brida: "account.code_own", actor.Admin: "account.code_above",
		} {
			if _, err := w.IssueCode(brida, people[role]); authtest.FaultKeys(err) != want {
				t.Errorf("brida for %s: %q, want %q", role, authtest.FaultKeys(err), want)
			}
		}
		// An assignment as admin that begins later counts already.
		if err := w.Assign(admin, people[actor.Operator], account.TaskForm{Role: "admin", From: "1/1/2027"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.IssueCode(brida, people[actor.Operator]); authtest.FaultKeys(err) != "account.code_above" {
			t.Errorf("for a coming admin: %v", err)
		}
		code, err := w.IssueCode(admin, people[actor.Brida])
		if err != nil {
			t.Fatal(err)
		}
		if n, err := sqldb.One(t.Context(), w.DB, sqldb.Self[int], `select count(*) from sessions where person_id = $1`, people[actor.Brida]); n != 0 || err != nil {
			t.Errorf("%d sessions of theirs are still open, %v", n, err)
		}
		if _, key := w.Try("si-brida", authtest.Phrase, at("192.0.2.8")); key != "auth.wrong" {
			t.Errorf("the forgotten password: %q", key)
		}
		list := w.Events()
		if last := strings.Join(list, "\n"); !strings.Contains(last, "account.code_issued person/"+people[actor.Brida]+" "+actor.From(admin).ID) || strings.Contains(last, strings.ReplaceAll(code.Text, " ", "")) || strings.Contains(last, code.Text) {
			t.Errorf("the log: %s", last)
		}
		if n, err := sqldb.One(t.Context(), w.DB, sqldb.Self[int], `select count(*) from credentials where password_hash = $1`, code.Text); n != 0 || err != nil {
			t.Errorf("the code is stored as it is: %v", err)
		}
	})
}

// A code made while the clock was ahead is none.
func TestCaseS22CodesOfTheFuture(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		me := actor.With(t.Context(), w.Who(w.SetUp().Session))
		code := w.Person(me, "sari", actor.Brida, "")
		now := w.Clock
		for _, tt := range []struct {
			before time.Duration
			want   string
		}{{time.Hour, "auth.code_old"}, {2 * time.Minute, "auth.code_old"}, {time.Minute, ""}} {
			w.Clock = now.Add(-tt.before)
			if _, key := w.Try("sari", code.Text, auth.ClientInfo{Address: "192.0.2.1"}); key != tt.want {
				t.Errorf("%v before it was made: %q, want %q", tt.before, key, tt.want)
			}
		}
	})
}
