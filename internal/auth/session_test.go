package auth_test

import (
	"context"
	"errors"
	"slices"
	"strings"
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

func TestResume(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		session := w.SetUp().Session
		ctx, statements := sqldb.Counted(authtest.In(t, authtest.Region))
		if _, err := w.Resume(ctx, session); err != nil || statements.Load() != 1 {
			t.Errorf("Resume = %v after %d statements, want 1", err, statements.Load())
		}
		for name, token := range map[string]string{"none": "", "a guess": "x\x00\xff", "a longer one": session + "A"} {
			if _, err := w.Resume(ctx, token); fault.KindOf(err) != fault.Unknown {
				t.Errorf("%s = %v, want Unknown", name, err)
			}
		}
		for _, other := range []string{"18.02", ""} {
			if who, err := w.Resume(authtest.In(t, other), session); fault.KindOf(err) != fault.Unknown {
				t.Errorf("region %q: %v, %v; want Unknown", other, who, err)
			}
		}
		w.Must(w.DB.Exec(ctx, `update people set active = false`))
		if who := w.Who(session); who.SignedIn() {
			t.Errorf("an inactive person is still %v", who)
		}
	})
}

func TestRefresh(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		stale := w.Who(w.SetUp().Session)
		stale.Assignments = []actor.Assignment{{Role: actor.Brida}}
		ctx := actor.With(t.Context(), stale)
		refreshed, err := w.Refresh(ctx)
		if who := actor.From(refreshed); err != nil || who.ID != stale.ID || who.Name != "Rina Wulandari" || !who.Serves("", actor.Admin) || who.Serves("", actor.Brida) {
			t.Errorf("refreshed: %+v, %v; want the administrator", who, err)
		}
		w.Must(w.DB.Exec(ctx, `update people set active = false`))
		if _, err := w.Refresh(ctx); fault.KindOf(err) != fault.Unknown {
			t.Errorf("a closed account = %v, want Unknown", err)
		}
	})
}

// A request in progress when its session ends writes nothing.
func TestRefreshAsksForTheSession(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		for name, end := range map[string]func(me context.Context, session string) error{
			"signed out": func(_ context.Context, session string) error {
				return w.SignOut(authtest.In(t, authtest.Region), session)
			},
			"ended by themselves": func(me context.Context, _ string) error {
				return w.EndOwnSession(me, actor.From(me).Session)
			},
			"ended on another device": func(me context.Context, _ string) error { return w.EndOtherSessions(me, "another") },
			"a code was made": func(me context.Context, _ string) error {
				_, err := w.IssueCode(admin, actor.From(me).ID)
				return err
			},
			"deactivated and active again": func(me context.Context, _ string) error {
				return errors.Join(w.SetActive(admin, actor.From(me).ID, false), w.SetActive(admin, actor.From(me).ID, true))
			},
		} {
			me, tokens := w.Enter(w.Person(admin, strings.ReplaceAll(name, " ", "."), actor.Operator, servicetest.Own))
			if _, err := w.Refresh(me); err != nil {
				t.Errorf("%s: before that: %v", name, err)
			}
			if err := end(me, tokens.Session); err != nil {
				t.Fatal(name, err)
			}
			if _, err := w.Refresh(me); fault.KindOf(err) != fault.Unknown {
				t.Errorf("%s: %v, want Unknown", name, err)
			}
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		first := w.Clock
		session := w.SetUp().Session
		for range 14 { // fourteen minutes short of seven days
			w.Clock = w.Clock.Add(12*time.Hour - time.Minute)
			if !w.Who(session).SignedIn() {
				t.Fatalf("%v: no longer signed in", w.Clock)
			}
		}
		w.Clock = w.Clock.Add(14 * time.Minute)
		if w.Who(session).SignedIn() {
			t.Error("seven days are over")
		}
		tokens, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{})
		if err := w.SweepSessions(authtest.In(t, authtest.Region)); err != nil {
			t.Fatal(err)
		}
		if n, err := sqldb.One(t.Context(), w.DB, sqldb.Self[int], `select count(*) from sessions`); n != 1 || err != nil {
			t.Errorf("%d sessions, %v; want the new one alone", n, err)
		}
		w.Clock = w.Clock.Add(12 * time.Hour)
		if w.Who(tokens.Session).SignedIn() {
			t.Error("twelve idle hours are over")
		}
		for _, step := range []struct{ days, want int }{{399, 2}, {400, 1}, {407, 0}} { // one of the first day, one of the seventh
			days, want := step.days, step.want
			w.Clock = first.Add(time.Duration(days) * 24 * time.Hour)
			err := w.SweepSessions(authtest.In(t, authtest.Region))
			if n, counted := sqldb.One(t.Context(), w.DB, sqldb.Self[int], `select count(*) from devices`); n != want || err != nil || counted != nil {
				t.Errorf("after %d days: %d devices, %v, %v; want %d", days, n, err, counted, want)
			}
		}
	})
}

// Requests that only read write nothing: the use of a session is written in the
// background, once a minute.
func TestUsesAreWrittenInTheBackground(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		session := w.SetUp().Session
		for _, step := range []struct {
			after time.Duration
			waits int
		}{{59 * time.Second, 0}, {time.Second, 1}, {59 * time.Second, 0}, {time.Second, 1}} {
			w.Clock = w.Clock.Add(step.after)
			ctx, statements := sqldb.Counted(authtest.In(t, authtest.Region))
			if _, err := w.Resume(ctx, session); err != nil || statements.Load() != 1 || w.Uses.Len() != step.waits {
				t.Errorf("%v: %d statements, %d uses wait, %v; want 1 and %d", w.Clock, statements.Load(), w.Uses.Len(), err, step.waits)
			}
			if err := w.Uses.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		stay, err := w.Current(authtest.In(t, authtest.Region), session)
		if err != nil || !stay.SeenAt.Equal(w.Clock) {
			t.Errorf("seen at %v, %v; want %v", stay.SeenAt, err, w.Clock)
		}
	})
}

// While the disk is full uses are not written, and a session in use stays valid all
// the same; an unused one expires after its idle time.
func TestSessionsGoOnWhileNothingCanBeWritten(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		session := w.SetUp().Session
		w.Uses = auth.NewSessionUses(fullDisk{w.Auth.Store}, w.DB)
		for range 5 {
			w.Clock = w.Clock.Add(5 * time.Hour)
			if _, err := w.Current(authtest.In(t, authtest.Region), session); err != nil {
				t.Fatalf("%v: %v", w.Clock, err)
			}
			if err := w.Uses.Flush(t.Context()); fault.KindOf(err) != fault.Full {
				t.Fatalf("Flush = %v, want Full", err)
			}
		}
		w.Clock = w.Clock.Add(12 * time.Hour)
		if _, err := w.Current(authtest.In(t, authtest.Region), session); fault.KindOf(err) != fault.Unknown {
			t.Errorf("after twelve idle hours: %v", err)
		}
	})
}

type fullDisk struct{ auth.Store }

func (fullDisk) Seen(context.Context, string, time.Time) error {
	return fault.New(fault.Full, "fault.full")
}

// Transactions other than uow.ActorTransactor's check the session too.
func TestAnEndedSessionChangesNoCredential(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		me, tokens := w.Enter(w.Person(admin, "sari", actor.Operator, servicetest.Own))
		client := auth.ClientInfo{Session: tokens.Session, Address: "192.0.2.7"}
		if err := w.BeginFactor(me, authtest.Phrase, auth.ClientInfo{Session: tokens.Session}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.IssueCode(admin, actor.From(me).ID); err != nil { // which ends the session
			t.Fatal(err)
		}
		before := len(w.Events())
		for name, do := range map[string]func() error{
			"another secret":     func() error { return w.BeginFactor(me, authtest.Phrase, auth.ClientInfo{Session: tokens.Session}) },
			"a confirmed factor": func() error { _, _, err := w.ConfirmFactor(me, w.Next(), client); return err },
			"recovery codes":     func() error { _, err := w.RenewRecovery(me, authtest.Phrase, w.Next()); return err },
			"no factor":          func() error { return w.EndFactor(me, authtest.Phrase, w.Next()) },
			"another password": func() error {
				_, err := w.ChangePassword(me, authtest.Phrase, "empat gajah makan kelapa", "empat gajah makan kelapa", client)
				return err
			},
			"a session ended": func() error { return w.EndOwnSession(me, "x") },
			"other sessions":  func() error { return w.EndOtherSessions(me, tokens.Session) },
		} {
			if err := do(); fault.KindOf(err) != fault.Unknown && fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v, want Unknown", name, err)
			}
		}
		if events := w.Events()[before:]; len(events) > 0 {
			t.Errorf("written: %v", events)
		}
		if f, err := w.Auth.Store.Factor(admin, actor.From(me).ID); err != nil || f.Confirmed {
			t.Errorf("the factor: %+v, %v", f, err)
		}
	})
}

// A sign-out takes effect although the client has disconnected.
func TestSignOutOfWhoHasLeft(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		session := w.SetUp().Session
		ctx, leave := context.WithCancel(actor.With(t.Context(), w.Who(session)))
		leave()
		if err := w.SignOut(ctx, session); err != nil || w.Who(session).SignedIn() {
			t.Errorf("%v, signed in: %v", err, w.Who(session).SignedIn())
		}
	})
}

// A sign-out while nothing can be written takes effect in this process at once and is
// written later, also of a session that is not open yet.
func TestSignOutWhileNothingCanBeWritten(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Busy, fault.Full} {
		authtest.Each(t, func(t *testing.T, w *authtest.World) {
			session := w.SetUp().Session
			code := w.Person(actor.With(t.Context(), w.Who(session)), "budi", actor.Brida, "")
			halfway, key := w.Try("budi", code.Text, auth.ClientInfo{})
			if key != "" || halfway.Stage != auth.Choosing {
				t.Fatalf("half-way: %q, %q", key, halfway.Stage)
			}
			who := w.Who(session)
			before := len(w.Events())
			w.Auth.Tx = unable{kind}
			for token, ctx := range map[string]context.Context{session: actor.With(t.Context(), who), halfway.Session: authtest.In(t, authtest.Region)} {
				if err := w.SignOut(ctx, token); err != nil {
					t.Errorf("SignOut while %v = %v", kind, err)
				}
			}
			if w.Who(session).SignedIn() {
				t.Error("still signed in")
			}
			if _, err := w.Choosing(authtest.In(t, authtest.Region), halfway.Session); fault.KindOf(err) != fault.Unknown {
				t.Errorf("half-way: %v, want Unknown", err)
			}
			w.Auth.Tx = w.DB
			w.Clock = w.Clock.Add(time.Hour)
			if err := w.Endings.Flush(t.Context()); err != nil || w.Endings.Len() > 0 {
				t.Fatalf("Flush = %v, %d wait", err, w.Endings.Len())
			}
			if n, err := sqldb.One(t.Context(), w.DB, sqldb.Self[int], `select count(*) from sessions`); n != 0 || err != nil {
				t.Errorf("%d sessions, %v; want none", n, err)
			}
			want := `auth.signed_out person/` + who.ID + " " + who.ID + ` Rina Wulandari {"at":"2026-03-02T08:30:00Z"}`
			if events := w.Events()[before:]; !slices.Equal(events, []string{want}) {
				t.Errorf("written %v, want %s", events, want)
			}
		})
	}
}

// unable is a Transactor that fails.
type unable struct{ kind fault.Kind }

func (u unable) InTx(context.Context, func(context.Context) error) error {
	return fault.New(u.kind, "fault.full")
}

func TestAssignmentsThatCountNow(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := actor.With(t.Context(), w.Who(w.SetUp().Session))
		during := func(role actor.Role, agency string, from, until time.Time) account.Assignment {
			return account.Assignment{Assignment: actor.Assignment{Role: role, Agency: agency}, From: from, Until: until}
		}
		now, never := w.Clock, time.Time{}
		_, err := w.Enrol(admin, account.Person{Name: "Budi", Login: "budi"}, authtest.Phrase,
			during(actor.Operator, "a1", now, never),
			during(actor.Operator, "a2", now.Add(-time.Hour), now),
			during(actor.Operator, "a3", now.Add(time.Hour), never),
			during(actor.Operator, "a4", now, now.Add(time.Hour)),
			during(actor.Operator, "a4", now.Add(time.Hour), now.Add(2*time.Hour)),
		)
		if err != nil {
			t.Fatal(err)
		}
		tokens, _ := w.Try("budi", authtest.Phrase, auth.ClientInfo{})
		agencies := func() (list string) {
			ids, _ := w.Who(tokens.Session).Agencies(actor.Operator)
			for _, id := range ids {
				list += id + " "
			}
			return list
		}
		if got := agencies(); got != "a1 a4 " {
			t.Errorf("now: %s", got)
		}
		w.Clock = now.Add(time.Hour)
		if got := agencies(); got != "a1 a3 a4 " {
			t.Errorf("an hour later: %s", got)
		}
		w.Clock = now.Add(2 * time.Hour)
		if got := agencies(); got != "a1 a3 " {
			t.Errorf("two hours later: %s", got)
		}
		w.Must(w.DB.Exec(t.Context(), `delete from assignments`))
		if who := w.Who(tokens.Session); !who.SignedIn() || len(who.Assignments) != 0 {
			t.Errorf("without any: %+v", who)
		}
	})
}

func TestSignInRenewsAndSignOutEnds(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		first := w.SetUp()
		second, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{Session: first.Session, Device: first.Device})
		if second.Session == first.Session || w.Who(first.Session).SignedIn() || !w.Who(second.Session).SignedIn() {
			t.Error("a sign-in does not replace what the browser had")
		}
		me := actor.With(t.Context(), w.Who(second.Session))
		for range 2 { // the second time there is nothing to end
			if err := w.SignOut(me, second.Session); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.SignOut(authtest.In(t, authtest.Region), ""); err != nil {
			t.Error(err)
		}
		if w.Who(second.Session).SignedIn() {
			t.Error("signed out, and still in")
		}
		list, id := w.Events(), actor.From(me).ID
		if want := "auth.signed_out person/" + id + " " + id + " Rina Wulandari {}"; len(list) != 4 || list[3] != want {
			t.Errorf("the log has %v, want %s last", list, want)
		}
	})
}

// A User-Agent can be any text.
func TestAgentIsTidied(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		long := "Moz\x00illa\xff \u202e "
		for range 200 {
			long += "é"
		}
		tokens, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Agent: long})
		if key != "" || !w.Who(tokens.Session).SignedIn() {
			t.Fatal(key)
		}
		got, err := sqldb.One(t.Context(), w.DB, sqldb.Self[string], `select agent from sessions where agent <> ''`)
		if err != nil || len([]rune(got)) != 120 || !strings.HasPrefix(got, "Mozilla\ufffd é") {
			t.Errorf("%q, %v", got, err)
		}
	})
}
