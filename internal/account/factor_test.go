package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

// secure gives the actor a second factor, and returns his recovery codes.
func (w *world) secure(me context.Context, session string) []string {
	w.t.Helper()
	if err := w.BeginFactor(me, session); err != nil {
		w.t.Fatal(err)
	}
	codes, _, err := w.ConfirmFactor(me, w.next(), account.Visit{Session: session})
	if err != nil || len(codes) != 10 {
		w.t.Fatalf("%v, %v", codes, err)
	}
	return codes
}

func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tokens := w.setUp()
		me := actor.With(t.Context(), w.resume(tokens.Session))
		if _, _, err := w.ConfirmFactor(me, w.shown(), account.Visit{}); said(err) != "account.factor_moved" {
			t.Errorf("without a secret: %v", err)
		}
		if err := w.BeginFactor(me, ""); err != nil {
			t.Fatal(err)
		}
		if v, err := w.Setting(me, ""); err != nil || v.Secret != "RAHASIA" || v.Link != "otpauth://rina/RAHASIA" || v.Confirmed || v.Waiting {
			t.Errorf("%+v, %v", v, err)
		}
		if tokens, _ := w.signIn("rina", phrase, account.Visit{}); tokens.Stage != account.Open {
			t.Error("a secret that is not confirmed counts")
		}
		if _, _, err := w.ConfirmFactor(me, "000000", account.Visit{}); said(err) != "kode=account.factor_wrong" {
			t.Errorf("%v", err)
		}
		codes := w.secure(me, "")
		if v, err := w.Setting(me, ""); err != nil || v.Secret != "" || v.Link != "" || !v.Confirmed || v.Recovery != 10 {
			t.Errorf("%+v, %v", v, err)
		}

		waiting, key := w.signIn("rina", phrase, at("192.0.2.5"))
		if key != "" || waiting.Stage != account.Second || w.resume(waiting.Session).SignedIn() {
			t.Fatalf("%s %+v: want the second step, and nobody in", key, waiting)
		}
		show := func(session, code, want string) account.Tokens {
			t.Helper()
			got, err := w.ShowSecond(in(t, region), code, account.Visit{Session: session, Address: "192.0.2.5"})
			if said(err) != want || w.resume(got.Session).SignedIn() != (want == "") {
				t.Errorf("%s: %q, want %q", code, said(err), want)
			}
			return got
		}
		again := func() string { v, _ := w.signIn("rina", phrase, at("192.0.2.5")); return v.Session }
		show("x", w.next(), "fault.sign_in")
		show(tokens.Session, w.shown(), "fault.sign_in")
		show(waiting.Session, "", "kode=account.factor_wrong")
		show(waiting.Session, w.shown()[:3]+" "+w.shown()[3:], "")
		show(waiting.Session, w.next(), "fault.sign_in")
		other := again()
		show(other, w.shown(), "")
		show(again(), w.shown(), "kode=account.factor_wrong") // the same code twice
		show(again(), codes[0], "")
		show(again(), codes[0], "kode=account.factor_wrong")
		late := again()
		w.now = w.now.Add(15 * time.Minute)
		show(late, w.shown(), "fault.sign_in")
		if err := w.CheckSecond(in(t, region), late); fault.KindOf(err) != fault.Unknown {
			t.Errorf("%v", err)
		}
	})
}

func TestSecondFactorIsThrottled(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tokens := w.setUp()
		w.secure(actor.With(t.Context(), w.resume(tokens.Session)), tokens.Session)
		for i := range 11 { // from wherever
			waiting, _ := w.signIn("rina", phrase, account.Visit{Address: "192.0.2." + string(rune('0'+i%10)), Device: tokens.Device})
			_, err := w.ShowSecond(in(t, region), "000000", account.Visit{Session: waiting.Session})
			if want := map[bool]string{true: "kode=account.factor_wrong", false: "account.wait"}[i < 10]; said(err) != want {
				t.Errorf("try %d: %s, want %s", i, said(err), want)
			}
		}
	})
}

func TestDemandedFactor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rina := w.admin()
		clerk := w.person(rina, "sari", actor.Operator, servicetest.Own)
		brida := w.person(rina, "wati", actor.Brida, "")
		if err := w.SetDemand(rina, true); err != nil {
			t.Fatal(err)
		}
		if on, err := w.Demands(rina); !on || err != nil {
			t.Errorf("%v, %v", on, err)
		}
		w.enter(clerk) // needs none
		tokens, _ := w.signIn("wati", brida.Code, account.Visit{})
		tokens, err := w.Choose(in(t, region), phrase, phrase, account.Visit{Session: tokens.Session})
		if err != nil || tokens.Stage != account.Enrolling || w.resume(tokens.Session).SignedIn() {
			t.Fatalf("%+v, %v: want to set one up first", tokens, err)
		}
		visitor := in(t, region)
		if v, err := w.Setting(visitor, tokens.Session); err != nil || !v.Waiting || !v.Demanded || v.Person.Login != "wati" {
			t.Errorf("%+v, %v", v, err)
		}
		if err := w.BeginFactor(visitor, tokens.Session); err != nil {
			t.Fatal(err)
		}
		_, opened, err := w.ConfirmFactor(visitor, w.next(), account.Visit{Session: tokens.Session, Device: "my own"})
		who := w.resume(opened.Session)
		if err != nil || who.Name != "Orang wati" || opened.Device == "my own" || w.resume(tokens.Session).SignedIn() {
			t.Fatalf("%+v, %v", who, err)
		}
		wati := actor.With(t.Context(), who)
		if err := w.EndFactor(wati, w.next()); said(err) != "account.factor_demanded" {
			t.Errorf("without what is demanded: %v", err)
		}
		if codes, err := w.RenewRecovery(wati, w.next()); err != nil || len(codes) != 10 {
			t.Errorf("%v, %v", codes, err)
		}
		if err := w.SetDemand(rina, false); err != nil {
			t.Fatal(err)
		}
		if err := w.EndFactor(wati, "1"); said(err) != "kode=account.factor_wrong" {
			t.Errorf("%v", err)
		}
		if err := w.EndFactor(wati, w.next()); err != nil {
			t.Error(err)
		}
		if err := w.EndFactor(wati, w.next()); said(err) != "account.factor_moved" {
			t.Errorf("%v", err)
		}
		if v, _ := w.signIn("wati", phrase, account.Visit{}); v.Stage != account.Open {
			t.Errorf("%+v", v)
		}
	})
}

func TestFactorPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := w.admin()
		sari, tokens := w.enter(w.person(admin, "sari", actor.Operator, servicetest.Own))
		w.secure(sari, tokens.Session)
		id := actor.From(sari).ID
		servicetest.Permissions(t, `
			-          visitor  nobody     operator   other      brida      admin  away
			Demands    unknown  forbidden  forbidden  forbidden  yes        yes    yes
			SetDemand  unknown  forbidden  forbidden  forbidden  forbidden  yes    yes
			HasFactor  unknown  forbidden  forbidden  forbidden  yes        yes    yes
			Setting    unknown  missing    missing    missing    missing    missing  missing
			Begin      unknown  missing    missing    missing    missing    missing  missing
			Renew      unknown  missing    missing    missing    missing    missing  missing
			End        unknown  missing    missing    missing    missing    missing  missing
			Reset      unknown  missing    missing    missing    forbidden  yes    missing`,
			servicetest.Call{Name: "Demands", Do: func(ctx context.Context) error { _, err := w.Demands(ctx); return err }},
			servicetest.Call{Name: "SetDemand", Do: func(ctx context.Context) error { return w.SetDemand(ctx, false) }},
			servicetest.Call{Name: "HasFactor", Do: func(ctx context.Context) error { _, err := w.HasFactor(ctx, id); return err }},
			servicetest.Call{Name: "Setting", Do: func(ctx context.Context) error { _, err := w.Setting(ctx, ""); return err }},
			servicetest.Call{Name: "Begin", Do: func(ctx context.Context) error { return w.BeginFactor(ctx, "") }},
			servicetest.Call{Name: "Renew", Do: func(ctx context.Context) error { _, err := w.RenewRecovery(ctx, ""); return err }},
			servicetest.Call{Name: "End", Do: func(ctx context.Context) error { return w.EndFactor(ctx, "") }},
			servicetest.Call{Name: "Reset", Do: func(ctx context.Context) error { return w.ResetFactor(ctx, id) }},
		)
		if w.resume(tokens.Session).SignedIn() {
			t.Error("his session goes on")
		}
		if v, _ := w.signIn("sari", phrase, account.Visit{}); v.Stage != account.Open {
			t.Errorf("%+v: the factor is still asked for", v)
		}
		if err := w.ResetFactor(admin, actor.From(admin).ID); said(err) != "account.factor_own" {
			t.Errorf("his own: %v", err)
		}
	})
}

func TestFactorNeedsTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tokens := w.setUp()
		me := actor.With(t.Context(), w.resume(tokens.Session))
		w.secure(me, "")
		full := errors.New("disk full")
		w.Log = &servicetest.Log{Real: w.log, Err: full}
		_, renewErr := w.RenewRecovery(me, w.next())
		for name, err := range map[string]error{"renew": renewErr, "end": w.EndFactor(me, w.next()), "demand": w.SetDemand(me, true)} {
			if !errors.Is(err, full) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.Log = w.log
		if v, err := w.Setting(me, ""); err != nil || !v.Confirmed || v.Demanded {
			t.Errorf("%+v, %v", v, err)
		}
	})
}
