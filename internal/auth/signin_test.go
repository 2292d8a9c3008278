package auth_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// at returns a client at an address, without tokens.
func at(address string) auth.ClientInfo { return auth.ClientInfo{Address: address} }

func TestSignIn(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.Who(w.SetUp().Session).ID
		for _, tt := range []struct{ login, password, want string }{
			{"rina", authtest.Phrase, ""},
			{" Rina\t", authtest.Phrase, ""},
			{"rina", authtest.Phrase + " ", "auth.wrong"},
			{"rina", "x", "auth.wrong"},
			{"sari", authtest.Phrase, "auth.wrong"},
			{"ri na", authtest.Phrase, "auth.wrong"},
			{"rina\x00\u200b", authtest.Phrase, ""},
			{"\xff\xfe", "\x00", "auth.wrong"},
			{strings.Repeat("rina", 1000), authtest.Phrase, "auth.wrong"},
			{"rina", "", "auth.password_missing"},
			{" ", authtest.Phrase, "auth.login_missing"},
		} {
			asked := w.Passwords.Asked.Load()
			tokens, got := w.Try(tt.login, tt.password, at("192.0.2.1"))
			if got != tt.want {
				t.Errorf("%.20q, %q: %s, want %s", tt.login, tt.password, got, tt.want)
			}
			if in := w.Who(tokens.Session).SignedIn(); in != (tt.want == "") {
				t.Errorf("%.20q, %q: session %v", tt.login, tt.password, in)
			}
			if paid := w.Passwords.Asked.Load() > asked; paid != !strings.HasSuffix(tt.want, "_missing") {
				t.Errorf("%.20q, %q: hashed %v: the time shows whether there is an account", tt.login, tt.password, paid)
			}
		}
		events := w.Events()
		if want := "auth.sign_in_failed " + audit.Person.Of(rina).String() + `   {"address":"192.0.2.1","why":"wrong_password"}`; !slices.Contains(events, want) {
			t.Errorf("no %s in %v", want, events)
		}
		w.Must(w.DB.Exec(t.Context(), `update people set active = false`))
		if _, key := w.Try("rina", authtest.Phrase, at("192.0.2.1")); key != "auth.wrong" {
			t.Errorf("an inactive person: %s", key)
		}
	})
}

func TestSignInElsewhere(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		for _, other := range []string{"18.02", ""} {
			if _, err := w.SignIn(authtest.In(t, other), "rina", authtest.Phrase, auth.ClientInfo{}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("region %q: %v, want Invalid", other, err)
			}
		}
	})
}

func TestRehash(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		w.Must(w.DB.Exec(t.Context(), `update credentials set password_hash = 'old:' || password_hash`))
		w.Try("rina", authtest.Phrase, auth.ClientInfo{})
		got, err := sqldb.One(t.Context(), w.DB, sqldb.Self[string], `select password_hash from credentials`)
		if err != nil || got != "plain:"+authtest.Phrase {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestThrottlePair(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		fail := func(login, address, want string) {
			t.Helper()
			if _, got := w.Try(login, "x", at(address)); got != want {
				t.Errorf("%s from %s: %s, want %s", login, address, got, want)
			}
		}
		for range 10 {
			fail("rina", "192.0.2.1", "auth.wrong")
			fail("nobody", "2001:db8:1:2::a", "auth.wrong")
			w.Clock = w.Clock.Add(time.Minute)
		}
		fail("rina", "192.0.2.1", "auth.wait")
		fail("nobody", "2001:db8:1:2:ffff::b", "auth.wait") // in the same network of 64 bits
		fail("rina", "192.0.2.2", "auth.wrong")
		fail("sari", "192.0.2.1", "auth.wrong")
		fail("nobody", "2001:db8:1:3::a", "auth.wrong")

		asked := w.Passwords.Asked.Load()
		_, err := w.SignIn(authtest.In(t, authtest.Region), "rina", authtest.Phrase, at("192.0.2.1"))
		if fault.KindOf(err) != fault.Throttle || fault.ArgsOf(err)["Minutes"] != 5 || w.Passwords.Asked.Load() != asked {
			t.Errorf("the right password = %v %v, want a wait of 5 minutes and no hash", err, fault.ArgsOf(err))
		}
		for range 20 { // not recorded, or the wait would not end
			fail("rina", "192.0.2.1", "auth.wait")
		}
		w.Clock = w.Clock.Add(5 * time.Minute)
		if _, key := w.Try("rina", authtest.Phrase, at("192.0.2.1")); key != "" {
			t.Errorf("when the first failure is old: %s", key)
		}
		fail("rina", "192.0.2.1", "auth.wrong")
		fail("rina", "192.0.2.1", "auth.wait") // the successful sign-in has not deleted the other nine
	})
}

// leaving cancels the request of whoever waits for a password to be verified.
type leaving struct {
	auth.Passwords
	leave context.CancelFunc
}

// Verify implements auth.Passwords.
func (l leaving) Verify(ctx context.Context, _, _ string) (bool, error) {
	l.leave()
	return false, ctx.Err()
}

// Whose request ends before the password was verified has not failed.
func TestWhoLeavesHasNotFailed(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		here := w.SetUp().Session
		me := actor.With(t.Context(), w.Who(here))
		for range 11 {
			ctx, leave := context.WithCancel(authtest.In(t, authtest.Region))
			w.Auth.Passwords = leaving{w.Passwords, leave}
			if _, err := w.SignIn(ctx, "rina", authtest.Phrase, at("192.0.2.1")); !errors.Is(err, context.Canceled) {
				t.Fatalf("signed in: %v", err)
			}
			ctx, leave = context.WithCancel(me)
			w.Auth.Passwords = leaving{w.Passwords, leave}
			const phrase = "empat gajah makan kelapa"
			if _, err := w.ChangePassword(ctx, authtest.Phrase, phrase, phrase, auth.ClientInfo{Session: here, Address: "192.0.2.1"}); !errors.Is(err, context.Canceled) {
				t.Fatalf("changed: %v", err)
			}
		}
		w.Auth.Passwords = w.Passwords
		if n, err := w.DB.Exec(t.Context(), `delete from login_failures`); n != 0 || err != nil {
			t.Errorf("%d failures are there, %v", n, err)
		}
		if _, key := w.Try("rina", authtest.Phrase, at("192.0.2.1")); key != "" {
			t.Errorf("afterwards: %s", key)
		}
	})
}

func TestThrottleAddress(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		err := w.DB.InTx(authtest.In(t, authtest.Region), func(ctx context.Context) error {
			for i := range 299 {
				if err := w.Auth.Store.AddFailure(ctx, fmt.Sprint(i), fmt.Sprint("guess", i), "192.0.2.1", w.Clock); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"auth.wrong", "auth.wait"} {
			if _, key := w.Try("sari", "x", at("192.0.2.1")); key != want {
				t.Errorf("%s, want %s", key, want)
			}
		}
		if _, key := w.Try("rina", authtest.Phrase, at("192.0.2.1")); key != "auth.wait" {
			t.Errorf("a new device at that address: %s", key)
		}
		if _, key := w.Try("rina", authtest.Phrase, at("192.0.2.2")); key != "" {
			t.Errorf("another address: %s", key)
		}
	})
}

// Nobody can lock out a device on which its owner has signed in, and a device token
// of another person, or one that a client made up, avoids no limit.
func TestKnownDevice(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		device := w.SetUp().Device
		for range 10 {
			w.Try("rina", "x", at("192.0.2.1"))
		}
		asked := w.Passwords.Asked.Load()
		tokens, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.1", Device: device})
		if key != "" || tokens.Device != device || w.Passwords.Asked.Load() != asked+1 {
			t.Errorf("the known device: %q, same token %v", key, tokens.Device == device)
		}
		if _, key := w.Try("rina", "x", auth.ClientInfo{Address: "192.0.2.1", Device: device}); key != "auth.wrong" {
			t.Errorf("the known device with a wrong password: %s", key)
		}
		if _, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.1", Device: "my own"}); key != "auth.wait" {
			t.Errorf("an invented device: %s", key)
		}
		if tokens, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.9", Device: "my own"}); key != "" || tokens.Device == "my own" {
			t.Errorf("an invented token was accepted: %s", key)
		}
		for range 10 {
			w.Try("sari", "x", auth.ClientInfo{Address: "192.0.2.1", Device: device})
		}
		if _, key := w.Try("sari", "x", auth.ClientInfo{Address: "192.0.2.1", Device: device}); key != "auth.wait" {
			t.Errorf("rina's device for sari: %s", key)
		}
		w.Clock = w.Clock.Add(401 * 24 * time.Hour)
		if tokens, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{Device: device}); tokens.Device == device {
			t.Error("a device is known for ever")
		}
	})
}

// Concurrent attempts cannot exceed the limit. On PostgreSQL they run in parallel, on
// as many connections as there are.
func TestBurst(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() { _, _ = w.SignIn(authtest.In(t, authtest.Region), "rina", "x", at("192.0.2.1")) })
		}
		wg.Wait()
		limit := int64(10)
		if w.DB.Engine == sqldb.Postgres {
			limit += int64(4 * runtime.NumCPU())
		}
		if n := w.Passwords.Asked.Load(); n > limit {
			t.Errorf("%d attempts were verified, want %d at most", n, limit)
		}
	})
}

func TestOldFailuresGo(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.SetUp()
		w.Try("rina", "x", at("192.0.2.1"))
		w.Clock = w.Clock.Add(15 * time.Minute) // as long as a failure counts
		w.Try("rina", "y", at("192.0.2.1"))
		if err := w.SweepFailures(authtest.In(t, authtest.Region)); err != nil {
			t.Fatal(err)
		}
		if n, err := sqldb.One(t.Context(), w.DB, sqldb.Self[int], `select count(*) from login_failures`); n != 1 || err != nil {
			t.Errorf("%d failures, %v; want the new one alone", n, err)
		}
	})
}

// Somebody with a copy of a device's token has more tries than a stranger, and yet not
// any number.
func TestCaseS4KnownDevicesHaveALimit(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		device := w.SetUp().Device
		for i := range 31 {
			want := "auth.wrong"
			if i == 30 {
				want = "auth.wait"
			}
			address := fmt.Sprintf("192.0.2.%d", i%7) // wherever it is
			if _, key := w.Try("rina", "x", auth.ClientInfo{Address: address, Device: device}); key != want {
				t.Fatalf("try %d: %s, want %s", i+1, key, want)
			}
		}
		if _, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.1", Device: device}); key != "auth.wait" {
			t.Errorf("the right password on that device: %s", key)
		}
		if _, key := w.Try("rina", authtest.Phrase, at("192.0.2.1")); key != "" {
			t.Errorf("elsewhere: %s", key)
		}
		w.Clock = w.Clock.Add(15 * time.Minute)
		if _, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.1", Device: device}); key != "" {
			t.Errorf("15 minutes later: %s", key)
		}
	})
}

// Whoever signs in on somebody's computer gets a token of their own, at every stage of
// signing in, with which that somebody is not known.
func TestCaseS4ADeviceBelongsToOnePerson(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		device := w.SetUp().Device
		rina, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.1", Device: device})
		code := w.Person(actor.With(t.Context(), w.Who(rina.Session)), "sari", actor.Brida, "")
		here := auth.ClientInfo{Address: "192.0.2.2", Device: device}
		tokens, _ := w.Try("sari", code.Text, here)
		if tokens.Device != device {
			t.Error("whoever has not signed in yet has taken rina's device")
		}
		here.Session = tokens.Session
		chosen, err := w.Choose(authtest.In(t, authtest.Region), authtest.Phrase, authtest.Phrase, here)
		if err != nil || chosen.Device == device {
			t.Errorf("choosing a password: %v, rina's token %v", err, chosen.Device == device)
		}
		sari, key := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.2", Device: device})
		if key != "" || sari.Device == device || sari.Device == chosen.Device {
			t.Errorf("signing in: %q, rina's token %v", key, sari.Device == device)
		}
		again, key := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.2", Device: sari.Device})
		if key != "" || again.Device != sari.Device {
			t.Errorf("again: %q, the same token %v", key, again.Device == sari.Device)
		}
		for range 10 { // from one address, as a stranger may
			w.Try("rina", "x", auth.ClientInfo{Address: "192.0.2.2", Device: chosen.Device[:43]})
		}
		if _, key := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.2", Device: chosen.Device[:43]}); key != "auth.wait" {
			t.Errorf("rina with sari's token: %s", key)
		}
	})
}

// People who use a computer in turns are all known on it, up to five; the sixth takes
// the place of whoever was there longest ago.
func TestCaseS4PeopleWhoTakeTurns(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.SetUp()
		me := actor.With(t.Context(), w.Who(rina.Session))
		people := []string{"rina"}
		for _, login := range []string{"sari", "wati", "budi", "tono", "yuni"} {
			w.Enter(w.Person(me, login, actor.Brida, ""))
			people = append(people, login)
		}
		const address = "192.0.2.77"
		device := rina.Device
		for range 2 { // the second time each is known
			for _, login := range people[:5] {
				tokens, key := w.Try(login, authtest.Phrase, auth.ClientInfo{Address: "192.0.2.9", Device: device})
				if key != "" {
					t.Fatal(login, key)
				}
				device = tokens.Device
			}
		}
		if n := strings.Count(device, "."); n != 4 {
			t.Errorf("%d tokens, want five: %s", n+1, device)
		}
		for _, login := range people {
			for range 10 {
				w.Try(login, "x", auth.ClientInfo{Address: address})
			}
		}
		known := func(login string) bool {
			_, key := w.Try(login, "x", auth.ClientInfo{Address: address, Device: device})
			return key != "auth.wait"
		}
		for i, login := range people {
			if known(login) != (i < 5) {
				t.Errorf("%s is known: %v", login, i >= 5)
			}
		}
		tokens, _ := w.Try("yuni", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.9", Device: device + ".x." + strings.Repeat("y", 43)})
		device = tokens.Device
		for _, login := range people {
			if known(login) != (login != "rina") {
				t.Errorf("after yuni %s is known: %v", login, login == "rina")
			}
		}
	})
}

// Failures of a time when the clock was ahead lock nobody out, neither before that
// time has come nor then.
func TestCaseS22FailuresOfTheFuture(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		tokens := w.SetUp()
		secure(w, actor.With(t.Context(), w.Who(tokens.Session)), tokens.Session)
		code := func() string {
			waiting, key := w.Try("rina", authtest.Phrase, at("192.0.2.9"))
			if key != "" {
				t.Fatal(key)
			}
			_, err := w.ShowSecond(authtest.In(t, authtest.Region), "000000", auth.ClientInfo{Session: waiting.Session})
			return authtest.FaultKeys(err)
		}
		right := w.Clock
		for _, ahead := range []time.Duration{5 * time.Minute, time.Hour, 400 * 24 * time.Hour} {
			w.Clock = right.Add(ahead)
			for range 10 {
				w.Try("rina", "x", at("192.0.2.1"))
				code()
			}
			if _, key := w.Try("rina", "x", at("192.0.2.1")); key != "auth.wait" {
				t.Fatalf("%v ahead: %s: the test tries too little", ahead, key)
			}
			w.Clock = right
			if _, key := w.Try("rina", "x", at("192.0.2.1")); key != "auth.wrong" {
				t.Errorf("the clock had been %v ahead: %s", ahead, key)
			}
			if key := code(); key != "code=auth.factor_wrong" {
				t.Errorf("the clock had been %v ahead, code: %s", ahead, key)
			}
			w.Clock = right.Add(ahead)
			if _, key := w.Try("rina", "x", at("192.0.2.1")); key != "auth.wrong" {
				t.Errorf("%v later: %s", ahead, key)
			}
			right = right.Add(time.Hour + ahead)
		}
	})
}
