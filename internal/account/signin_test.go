package account_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// at is a visit from an address, by a browser that knows nothing.
func at(address string) account.Visit { return account.Visit{Address: address} }

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		for _, tt := range []struct{ login, password, want string }{
			{"rina", phrase, ""},
			{" Rina\t", phrase, ""},
			{"rina", phrase + " ", "account.wrong"},
			{"rina", "x", "account.wrong"},
			{"sari", phrase, "account.wrong"},
			{"ri na", phrase, "account.wrong"},
			{"rina\x00", phrase, "account.wrong"},
			{"\xff\xfe", "\x00", "account.wrong"},
			{strings.Repeat("rina", 1000), phrase, "account.wrong"},
			{"rina", "", "account.password_missing"},
			{" ", phrase, "account.login_missing"},
		} {
			asked := w.passwords.asked.Load()
			tokens, got := w.signIn(tt.login, tt.password, at("192.0.2.1"))
			if got != tt.want {
				t.Errorf("%.20q, %q: %s, want %s", tt.login, tt.password, got, tt.want)
			}
			if in := w.resume(tokens.Session).SignedIn(); in != (tt.want == "") {
				t.Errorf("%.20q, %q: session %v", tt.login, tt.password, in)
			}
			if paid := w.passwords.asked.Load() > asked; paid != !strings.HasSuffix(tt.want, "_missing") {
				t.Errorf("%.20q, %q: hashed %v: time tells who has an account", tt.login, tt.password, paid)
			}
		}
		events := w.events()
		if !slices.Contains(events, `masuk-gagal login   {"address":"192.0.2.1","login":"sari"}`) {
			t.Errorf("no failed try of sari in %v", events)
		}
		w.must(w.db.Exec(t.Context(), `update people set active = false`))
		if _, key := w.signIn("rina", phrase, at("192.0.2.1")); key != "account.wrong" {
			t.Errorf("who is not active: %s", key)
		}
	})
}

func TestSignInElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		for _, other := range []string{"18.02", ""} {
			if _, err := w.SignIn(in(t, other), "rina", phrase, account.Visit{}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("region %q: %v, want Invalid", other, err)
			}
		}
	})
}

func TestRehash(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		w.must(w.db.Exec(t.Context(), `update people set password_hash = 'old:' || password_hash`))
		w.signIn("rina", phrase, account.Visit{})
		got, err := sqldb.One(t.Context(), w.db, sqldb.Self[string], `select password_hash from people`)
		if err != nil || got != "plain:"+phrase {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestThrottlePair(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		fail := func(login, address, want string) {
			t.Helper()
			if _, got := w.signIn(login, "x", at(address)); got != want {
				t.Errorf("%s from %s: %s, want %s", login, address, got, want)
			}
		}
		for range 10 {
			fail("rina", "192.0.2.1", "account.wrong")
			fail("nobody", "2001:db8:1:2::a", "account.wrong")
			w.now = w.now.Add(time.Minute)
		}
		fail("rina", "192.0.2.1", "account.wait")
		fail("nobody", "2001:db8:1:2:ffff::b", "account.wait") // the same customer
		fail("rina", "192.0.2.2", "account.wrong")
		fail("sari", "192.0.2.1", "account.wrong")
		fail("nobody", "2001:db8:1:3::a", "account.wrong")

		asked := w.passwords.asked.Load()
		_, err := w.SignIn(in(t, region), "rina", phrase, at("192.0.2.1"))
		if fault.KindOf(err) != fault.Throttle || fault.ArgsOf(err)["Minutes"] != 5 || w.passwords.asked.Load() != asked {
			t.Errorf("the right password = %v %v, want a wait of 5 minutes and no hash", err, fault.ArgsOf(err))
		}
		for range 20 { // not counted, or the wait had no end
			fail("rina", "192.0.2.1", "account.wait")
		}
		w.now = w.now.Add(5 * time.Minute)
		if _, key := w.signIn("rina", phrase, at("192.0.2.1")); key != "" {
			t.Errorf("when the first failure is old: %s", key)
		}
		fail("rina", "192.0.2.1", "account.wrong")
		fail("rina", "192.0.2.1", "account.wait") // coming in has not wiped the other nine
	})
}

func TestThrottleAddress(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		err := w.db.InTx(in(t, region), func(ctx context.Context) error {
			for i := range 299 {
				if err := w.Store.AddFailure(ctx, fmt.Sprint(i), fmt.Sprint("guess", i), "192.0.2.1", w.now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"account.wrong", "account.wait"} {
			if _, key := w.signIn("sari", "x", at("192.0.2.1")); key != want {
				t.Errorf("%s, want %s", key, want)
			}
		}
		if _, key := w.signIn("rina", phrase, at("192.0.2.1")); key != "account.wait" {
			t.Errorf("a new device at that address: %s", key)
		}
		if _, key := w.signIn("rina", phrase, at("192.0.2.2")); key != "" {
			t.Errorf("another address: %s", key)
		}
	})
}

// Nobody can lock out a device that its owner has used before, and no token
// of one person or of one's own making opens another's account.
func TestKnownDevice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		device := w.setUp().Device
		for range 10 {
			w.signIn("rina", "x", at("192.0.2.1"))
		}
		asked := w.passwords.asked.Load()
		tokens, key := w.signIn("rina", phrase, account.Visit{Address: "192.0.2.1", Device: device})
		if key != "" || tokens.Device != device || w.passwords.asked.Load() != asked+1 {
			t.Errorf("the known device: %q, token kept %v", key, tokens.Device == device)
		}
		if _, key := w.signIn("rina", "x", account.Visit{Address: "192.0.2.1", Device: device}); key != "account.wrong" {
			t.Errorf("the known device with a wrong password: %s", key)
		}
		if _, key := w.signIn("rina", phrase, account.Visit{Address: "192.0.2.1", Device: "my own"}); key != "account.wait" {
			t.Errorf("an invented device: %s", key)
		}
		if tokens, key := w.signIn("rina", phrase, account.Visit{Address: "192.0.2.9", Device: "my own"}); key != "" || tokens.Device == "my own" {
			t.Errorf("an invented token was kept: %s", key)
		}
		for range 10 {
			w.signIn("sari", "x", account.Visit{Address: "192.0.2.1", Device: device})
		}
		if _, key := w.signIn("sari", "x", account.Visit{Address: "192.0.2.1", Device: device}); key != "account.wait" {
			t.Errorf("rina's device for sari: %s", key)
		}
		w.now = w.now.Add(401 * 24 * time.Hour)
		if tokens, _ := w.signIn("rina", phrase, account.Visit{Device: device}); tokens.Device == device {
			t.Error("a device is known for ever")
		}
	})
}

// A burst of guesses is no way around the count. On PostgreSQL as many as
// there are connections may look at once.
func TestBurst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() { _, _ = w.SignIn(in(t, region), "rina", "x", at("192.0.2.1")) })
		}
		wg.Wait()
		most := int64(10)
		if w.db.Engine == sqldb.Postgres {
			most += int64(4 * runtime.NumCPU())
		}
		if n := w.passwords.asked.Load(); n > most {
			t.Errorf("%d guesses came through, want %d at most", n, most)
		}
	})
}

func TestOldFailuresGo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.setUp()
		w.signIn("rina", "x", at("192.0.2.1"))
		w.now = w.now.Add(24 * time.Hour)
		w.signIn("rina", "y", at("192.0.2.1"))
		if err := w.SweepFailures(in(t, "18.01")); err != nil {
			t.Fatal(err)
		}
		if n, err := sqldb.One(t.Context(), w.db, sqldb.Self[int], `select count(*) from login_failures`); n != 1 || err != nil {
			t.Errorf("%d failures, %v; want the new one alone", n, err)
		}
	})
}
