package auth_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"siida.id/internal/audit/audittest"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

// secure sets up a second factor of the actor and returns their recovery codes.
func secure(w *authtest.World, me context.Context, session string) []string {
	w.T.Helper()
	if err := w.BeginFactor(me, authtest.Phrase, auth.ClientInfo{Session: session}); err != nil {
		w.T.Fatal(err)
	}
	codes, _, err := w.ConfirmFactor(me, w.Next(), auth.ClientInfo{Session: session})
	if err != nil || len(codes) != 10 {
		w.T.Fatalf("%v, %v", codes, err)
	}
	return codes
}

func TestSecondFactor(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		tokens := w.SetUp()
		me := actor.With(t.Context(), w.Who(tokens.Session))
		if _, _, err := w.ConfirmFactor(me, w.Shown(), auth.ClientInfo{}); authtest.FaultKeys(err) != "auth.factor_moved" {
			t.Errorf("without a secret: %v", err)
		}
		if err := w.BeginFactor(me, authtest.Phrase, auth.ClientInfo{}); err != nil {
			t.Fatal(err)
		}
		if v, err := w.Setting(me, ""); err != nil || v.Secret != "RAHASIA" || v.Link != "otpauth://rina/RAHASIA" || v.Confirmed || v.Waiting {
			t.Errorf("%+v, %v", v, err)
		}
		if tokens, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{}); tokens.Stage != auth.Open {
			t.Error("a secret that is not confirmed counts")
		}
		if _, _, err := w.ConfirmFactor(me, "000000", auth.ClientInfo{}); authtest.FaultKeys(err) != "code=auth.factor_wrong" {
			t.Errorf("%v", err)
		}
		codes := secure(w, me, "")
		if v, err := w.Setting(me, ""); err != nil || v.Secret != "" || v.Link != "" || !v.Confirmed || v.Recovery != 10 {
			t.Errorf("%+v, %v", v, err)
		}

		waiting, key := w.Try("rina", authtest.Phrase, at("192.0.2.5"))
		if key != "" || waiting.Stage != auth.Second || w.Who(waiting.Session).SignedIn() {
			t.Fatalf("%s %+v: want the second step, and nobody in", key, waiting)
		}
		show := func(session, code, want string) auth.Tokens {
			t.Helper()
			got, err := w.ShowSecond(authtest.In(t, authtest.Region), code, auth.ClientInfo{Session: session, Address: "192.0.2.5"})
			if authtest.FaultKeys(err) != want || w.Who(got.Session).SignedIn() != (want == "") {
				t.Errorf("%s: %q, want %q", code, authtest.FaultKeys(err), want)
			}
			return got
		}
		again := func() string { v, _ := w.Try("rina", authtest.Phrase, at("192.0.2.5")); return v.Session }
		show("x", w.Next(), "fault.sign_in")
		show(tokens.Session, w.Shown(), "fault.sign_in")
		show(waiting.Session, "", "code=auth.factor_wrong")
		show(waiting.Session, w.Shown()[:3]+" "+w.Shown()[3:], "")
		show(waiting.Session, w.Next(), "fault.sign_in")
		other := again()
		show(other, w.Shown(), "")
		show(again(), w.Shown(), "code=auth.factor_wrong") // the same code again
		show(again(), codes[0], "")
		show(again(), codes[0], "code=auth.factor_wrong")
		late := again()
		w.Clock = w.Clock.Add(15 * time.Minute)
		show(late, w.Shown(), "fault.sign_in")
		if err := w.CheckSecond(authtest.In(t, authtest.Region), late); fault.KindOf(err) != fault.Unknown {
			t.Errorf("%v", err)
		}
	})
}

func TestSecondFactorIsThrottled(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		tokens := w.SetUp()
		secure(w, actor.With(t.Context(), w.Who(tokens.Session)), tokens.Session)
		for i := range 11 { // from any address
			waiting, _ := w.Try("rina", authtest.Phrase, auth.ClientInfo{Address: "192.0.2." + string(rune('0'+i%10)), Device: tokens.Device})
			_, err := w.ShowSecond(authtest.In(t, authtest.Region), "000000", auth.ClientInfo{Session: waiting.Session})
			if want := map[bool]string{true: "code=auth.factor_wrong", false: "auth.wait"}[i < 10]; authtest.FaultKeys(err) != want {
				t.Errorf("try %d: %s, want %s", i, authtest.FaultKeys(err), want)
			}
		}
	})
}

func TestDemandedFactor(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.Admin()
		clerk := w.Person(rina, "sari", actor.Operator, servicetest.Own)
		brida := w.Person(rina, "wati", actor.Brida, "")
		if err := w.SetDemand(rina, true); err != nil {
			t.Fatal(err)
		}
		if on, err := w.DemandsFactor(rina); !on || err != nil {
			t.Errorf("%v, %v", on, err)
		}
		w.Enter(clerk) // needs no factor
		tokens, _ := w.Try("wati", brida.Text, auth.ClientInfo{})
		tokens, err := w.Choose(authtest.In(t, authtest.Region), authtest.Phrase, authtest.Phrase, auth.ClientInfo{Session: tokens.Session})
		if err != nil || tokens.Stage != auth.Enrolling || w.Who(tokens.Session).SignedIn() {
			t.Fatalf("%+v, %v: want to set one up first", tokens, err)
		}
		visitor := authtest.In(t, authtest.Region)
		if v, err := w.Setting(visitor, tokens.Session); err != nil || !v.Waiting || !v.Demanded || v.Person.Login != "wati" {
			t.Errorf("%+v, %v", v, err)
		}
		if err := w.BeginFactor(visitor, authtest.Phrase, auth.ClientInfo{Session: tokens.Session}); err != nil {
			t.Fatal(err)
		}
		_, opened, err := w.ConfirmFactor(visitor, w.Next(), auth.ClientInfo{Session: tokens.Session, Device: "my own"})
		who := w.Who(opened.Session)
		if err != nil || who.Name != "Orang wati" || opened.Device == "my own" || w.Who(tokens.Session).SignedIn() {
			t.Fatalf("%+v, %v", who, err)
		}
		wati := actor.With(t.Context(), who)
		if err := w.EndFactor(wati, authtest.Phrase, w.Next()); authtest.FaultKeys(err) != "auth.factor_demanded" {
			t.Errorf("without what is demanded: %v", err)
		}
		if codes, err := w.RenewRecovery(wati, authtest.Phrase, w.Next()); err != nil || len(codes) != 10 {
			t.Errorf("%v, %v", codes, err)
		}
		if err := w.SetDemand(rina, false); err != nil {
			t.Fatal(err)
		}
		if err := w.EndFactor(wati, authtest.Phrase, "1"); authtest.FaultKeys(err) != "code=auth.factor_wrong" {
			t.Errorf("%v", err)
		}
		if err := w.EndFactor(wati, authtest.Phrase, w.Next()); err != nil {
			t.Error(err)
		}
		if err := w.EndFactor(wati, authtest.Phrase, w.Next()); authtest.FaultKeys(err) != "auth.factor_moved" {
			t.Errorf("%v", err)
		}
		if v, _ := w.Try("wati", authtest.Phrase, auth.ClientInfo{}); v.Stage != auth.Open {
			t.Errorf("%+v", v)
		}
	})
}

func TestFactorPermissions(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		sari, tokens := w.Enter(w.Person(admin, "sari", actor.Operator, servicetest.Own))
		secure(w, sari, tokens.Session)
		id := actor.From(sari).ID
		servicetest.Permissions(t, `
			-          visitor  nobody     operator   other      brida      admin  away
			DemandsFactor  unknown  forbidden  forbidden  forbidden  yes        yes    yes
			SetDemand  unknown  forbidden  forbidden  forbidden  forbidden  yes    yes
			LoginStatuses  unknown  forbidden  forbidden  forbidden  yes        yes    yes
			Setting    unknown  missing    missing    missing    missing    missing  missing
			Begin      unknown  missing    missing    missing    missing    missing  missing
			Renew      unknown  missing    missing    missing    missing    missing  missing
			End        unknown  missing    missing    missing    missing    missing  missing
			Reset      unknown  missing    missing    missing    forbidden  yes    missing`,
			servicetest.Call{Name: "DemandsFactor", Do: func(ctx context.Context) error { _, err := w.DemandsFactor(ctx); return err }},
			servicetest.Call{Name: "SetDemand", Do: func(ctx context.Context) error { return w.SetDemand(ctx, false) }},
			servicetest.Call{Name: "LoginStatuses", Do: func(ctx context.Context) error { _, err := w.LoginStatuses(ctx); return err }},
			servicetest.Call{Name: "Setting", Do: func(ctx context.Context) error { _, err := w.Setting(ctx, ""); return err }},
			servicetest.Call{Name: "Begin", Do: func(ctx context.Context) error { return w.BeginFactor(ctx, authtest.Phrase, auth.ClientInfo{}) }},
			servicetest.Call{Name: "Renew", Do: func(ctx context.Context) error { _, err := w.RenewRecovery(ctx, authtest.Phrase, ""); return err }},
			servicetest.Call{Name: "End", Do: func(ctx context.Context) error { return w.EndFactor(ctx, authtest.Phrase, "") }},
			servicetest.Call{Name: "Reset", Do: func(ctx context.Context) error { return w.ResetFactor(ctx, id) }},
		)
		if w.Who(tokens.Session).SignedIn() {
			t.Error("the session is still open")
		}
		if v, _ := w.Try("sari", authtest.Phrase, auth.ClientInfo{}); v.Stage != auth.Open {
			t.Errorf("%+v: the factor is still asked for", v)
		}
		if err := w.ResetFactor(admin, actor.From(admin).ID); authtest.FaultKeys(err) != "account.factor_own" {
			t.Errorf("their own: %v", err)
		}
	})
}

func TestFactorNeedsTheLog(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		tokens := w.SetUp()
		me := actor.With(t.Context(), w.Who(tokens.Session))
		secure(w, me, "")
		full := errors.New("disk full")
		w.Accounts.Log, w.Auth.Log = &audittest.Log{Real: w.Log, Err: full}, &audittest.Log{Real: w.Log, Err: full}
		_, renewErr := w.RenewRecovery(me, authtest.Phrase, w.Next())
		for name, err := range map[string]error{"renew": renewErr, "end": w.EndFactor(me, authtest.Phrase, w.Next()), "demand": w.SetDemand(me, true)} {
			if !errors.Is(err, full) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.Accounts.Log, w.Auth.Log = w.Log, w.Log
		if v, err := w.Setting(me, ""); err != nil || !v.Confirmed || v.Demanded {
			t.Errorf("%+v, %v", v, err)
		}
	})
}
