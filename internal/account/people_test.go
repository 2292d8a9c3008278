package account_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

// busy is a store whose Add finds the database busy.
type busy struct{ account.Store }

func (busy) Add(context.Context, account.Person, []account.Assignment) error {
	return fault.New(fault.Busy, "fault.busy")
}

// A busy database is not reported as a login that is taken.
func TestBusyDatabase(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		w.Accounts.Store = busy{w.Accounts.Store}
		if _, err := w.Create(admin, account.PersonForm{Name: "Sari", Login: "sari"}, account.TaskForm{}); fault.KeyOf(err) != "fault.busy" {
			t.Errorf("Make = %v, want fault.busy", err)
		}
	})
}

func TestPeoplePermissions(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		made := w.Person(admin, "sari", actor.Operator, servicetest.Own).Person.ID
		boss := actor.From(admin).ID
		assign := account.TaskForm{Role: "pendamping", Agency: servicetest.Own}
		servicetest.Permissions(t, `
			-          visitor  nobody     operator   other      brida      admin     away
			CheckCreate  unknown  forbidden  forbidden  forbidden  forbidden  yes       yes
			List       unknown  forbidden  forbidden  forbidden  yes        yes       yes
			ByID       unknown  missing    missing    missing    yes        yes       missing
			Assign     unknown  missing    missing    missing    forbidden  yes       missing
			End        unknown  missing    missing    missing    forbidden  missing   missing
			Task       unknown  missing    missing    missing    forbidden  missing   missing
			CheckCorr  unknown  missing    missing    missing    forbidden  yes       missing
			Correct    unknown  missing    missing    missing    forbidden  invalid   missing
			CheckCode  unknown  missing    missing    missing    yes        yes       missing
			Code       unknown  missing    missing    missing    yes        yes       missing
			CodeAbove  unknown  missing    missing    missing    forbidden  yes       missing
			Create     unknown  forbidden  forbidden  forbidden  forbidden  yes       yes
			Stop       unknown  missing    missing    missing    forbidden  yes       missing
			CodeOff    unknown  missing    missing    missing    conflict   conflict  missing
			Start      unknown  missing    missing    missing    forbidden  yes       missing
			Units      unknown  yes        yes        yes        yes        yes       yes`,
			servicetest.Call{Name: "CheckCreate", Do: w.CheckCreate},
			servicetest.Call{Name: "List", Do: func(ctx context.Context) error { _, err := w.List(ctx, account.Filter{}); return err }},
			servicetest.Call{Name: "ByID", Do: func(ctx context.Context) error { _, err := w.ByID(ctx, made); return err }},
			servicetest.Call{Name: "Assign", Do: func(ctx context.Context) error { return w.Assign(ctx, made, assign) }},
			servicetest.Call{Name: "End", Do: func(ctx context.Context) error { return w.EndAssignment(ctx, made, "none", "") }},
			servicetest.Call{Name: "Task", Do: func(ctx context.Context) error { _, _, err := w.Assignment(ctx, made, "none"); return err }},
			servicetest.Call{Name: "CheckCorr", Do: func(ctx context.Context) error { _, err := w.CheckCorrect(ctx, made); return err }},
			servicetest.Call{Name: "Correct", Do: func(ctx context.Context) error { return w.Correct(ctx, made, account.PersonForm{}) }},
			servicetest.Call{Name: "CheckCode", Do: func(ctx context.Context) error { _, err := w.CheckCode(ctx, made); return err }},
			servicetest.Call{Name: "Code", Do: func(ctx context.Context) error { _, err := w.IssueCode(ctx, made); return err }},
			servicetest.Call{Name: "CodeAbove", Do: func(ctx context.Context) error { _, err := w.IssueCode(ctx, boss); return err }},
			servicetest.Call{Name: "Create", Do: func(ctx context.Context) error {
				_, err := w.Create(ctx, account.PersonForm{Name: "Orang", Login: "orang"}, account.TaskForm{})
				return err
			}},
			servicetest.Call{Name: "Stop", Do: func(ctx context.Context) error { return w.SetActive(ctx, made, false) }},
			servicetest.Call{Name: "CodeOff", Do: func(ctx context.Context) error { _, err := w.IssueCode(ctx, made); return err }},
			servicetest.Call{Name: "Start", Do: func(ctx context.Context) error { return w.SetActive(ctx, made, true) }},
			servicetest.Call{Name: "Units", Do: func(ctx context.Context) error { _, err := w.Units(ctx); return err }},
		)
	})
}

func TestCreateListsAllMistakes(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		long := strings.Repeat("x", 301)
		for _, tt := range []struct {
			form account.PersonForm
			task account.TaskForm
			want string
		}{
			{account.PersonForm{Phone: "08x", Language: "fr"}, account.TaskForm{Agency: "gone"}, "name=account.name_of_missing phone=account.phone_form " +
				"language=account.language_form login=account.login_form role=account.role_missing"},
			{account.PersonForm{Name: "A", Login: "rina"}, account.TaskForm{}, "login=account.login_taken"},
			{account.PersonForm{Name: "A", Login: "abc"}, account.TaskForm{Role: "operator"}, "agency=account.agency_missing"},
			{account.PersonForm{Name: "A", Login: "abc"}, account.TaskForm{Role: "kepala", Agency: "gone"}, "agency=account.agency_missing acting=account.acting_missing"},
			{account.PersonForm{Name: "A", Login: "abc"}, account.TaskForm{Role: "admin", Agency: servicetest.Own}, "agency=account.agency_not"},
			{
				account.PersonForm{Name: "A", Login: "abc"},
				account.TaskForm{Role: "brida", From: "5/13/2026", Until: "x", Day: "y", Number: long, Subject: long},
				"from=account.day_form until=account.day_form decree.number=account.number_long decree.day=account.day_form decree.subject=account.subject_long",
			},
			{account.PersonForm{Name: "A", Login: "abc"}, account.TaskForm{Role: "brida", From: "3/3/2026", Until: "2/3/2026"}, "until=account.until_early"},
			{account.PersonForm{Name: "A", Login: "abc"}, account.TaskForm{Role: "brida", From: "3/3/2099", Day: "31-12-2099"}, "decree.day=fault.day_future"},
			{account.PersonForm{Name: " Ani  B ", Login: " Ani ", Phone: "(0812) 3456-7890"}, account.TaskForm{Role: "brida", From: "3/3/2026", Until: "2026-03-03", Day: "1.3.2026"}, ""},
		} {
			invite, err := w.Create(admin, tt.form, tt.task)
			if got := authtest.FaultKeys(err); got != tt.want {
				t.Errorf("%+v %+v\ngot  %s\nwant %s", tt.form, tt.task, got, tt.want)
			}
			if err == nil && (invite.Person.Name != "Ani B" || invite.Person.Login != "ani" || invite.Person.Phone != "081234567890") {
				t.Errorf("%+v", invite)
			}
		}
		list, err := w.List(admin, account.Filter{Role: actor.Brida})
		if err != nil || list.Total != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		a := list.People[0].Assignments[0]
		if first, last := a.FirstDay(t.Context()), a.LastDay(t.Context()); first != "2026-03-03" || last != "2026-03-03" || a.Until.Sub(a.From) != 24*time.Hour || a.State(w.Clock) != account.Coming {
			t.Errorf("from %s until %s, %+v; want that one day", first, last, a)
		}
	})
}

func TestAssignAndEnd(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		invite := w.Person(admin, "sari", actor.Operator, servicetest.Own)
		me, tokens := w.Enter(invite)
		sari := actor.From(me).ID
		agencies := func() string {
			ids, _ := w.Who(tokens.Session).Agencies(actor.Roles()...)
			return fmt.Sprint(ids)
		}
		assign := func(task account.TaskForm, want string) {
			t.Helper()
			if got := authtest.FaultKeys(w.Assign(admin, sari, task)); got != want {
				t.Errorf("%+v: %s, want %s", task, got, want)
			}
		}
		assign(account.TaskForm{Role: "operator", Agency: servicetest.Own}, "role=account.role_taken")
		assign(account.TaskForm{}, "role=account.role_missing")
		assign(account.TaskForm{Role: "kepala", Agency: servicetest.Other, Acting: "plt", From: "4/3/2026", Number: "800/7"}, "")
		if got := agencies(); got != "[own]" {
			t.Errorf("before it begins: %s", got)
		}
		e, err := w.ByID(admin, sari)
		if err != nil || len(e.Assignments) != 2 || e.Assignments[0].Acting != account.Plt || e.Assignments[0].Decree.Number != "800/7" {
			t.Fatalf("%+v, %v", e, err)
		}
		w.Clock = e.Assignments[0].From
		tokens, _ = w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.7"})
		if got := agencies(); got != "[other own]" {
			t.Errorf("from its first moment: %s", got)
		}
		for range 2 { // ending it again does nothing
			if err := w.EndAssignment(admin, sari, e.Assignments[1].ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		if got := agencies(); got != "[other]" {
			t.Errorf("after its end: %s", got)
		}
		assign(account.TaskForm{Role: "operator", Agency: servicetest.Own}, "") // again
		if n := len(slices.DeleteFunc(w.Events(), func(e string) bool { return !strings.HasPrefix(e, "account.assign") })); n != 3 {
			t.Errorf("%d events of assignments, want 3", n)
		}
	})
}

func TestRegionNeedsAnAdmin(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.Admin()
		me := actor.From(rina).ID
		own := func() account.Assignment {
			e, err := w.ByID(rina, me)
			if err != nil {
				t.Fatal(err)
			}
			return e.Assignments[0]
		}
		for name, err := range map[string]error{"own_admin": w.EndAssignment(rina, me, own().ID, ""), "own_active": w.SetActive(rina, me, false)} {
			if got := authtest.FaultKeys(err); got != "account."+name {
				t.Errorf("%s, want %s", got, name)
			}
		}
		sari, _ := w.Enter(w.Person(rina, "sari", actor.Admin, ""))
		if got := authtest.FaultKeys(w.EndAssignment(rina, me, own().ID, "")); got != "account.own_admin" {
			t.Errorf("their own last one, with another admin: %q", got)
		}
		if err := w.EndAssignment(sari, me, own().ID, ""); err != nil {
			t.Fatal(err)
		}
		if w.Clock = w.Clock.Add(time.Hour); w.Who("x").SignedIn() {
			t.Error("a guess is in")
		}
		// An admin for a week does not count as the last admin.
		if err := w.Assign(sari, me, account.TaskForm{Role: "admin", Until: "9/3/2026"}); err != nil {
			t.Fatal(err)
		}
		if got := authtest.FaultKeys(w.SetActive(rina, actor.From(sari).ID, false)); got != "account.last_admin" {
			t.Errorf("without an admin whose assignment has no end: %q", got)
		}
		if e, err := w.ByID(rina, actor.From(sari).ID); err != nil || !e.Active {
			t.Errorf("refused, and yet done: %+v, %v", e, err)
		}
	})
}

// Of two admins who deactivate each other at once only one succeeds.
func TestAdminsAtOnce(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		rina := w.Admin()
		sari, _ := w.Enter(w.Person(rina, "sari", actor.Admin, ""))
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i, who := range []context.Context{rina, sari} {
			other := []context.Context{sari, rina}[i]
			wg.Go(func() { errs[i] = w.SetActive(who, actor.From(other).ID, false) })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v and %v, want one to succeed", errs[0], errs[1])
		}
		if has, err := w.Accounts.Store.HasLastingAdmin(authtest.In(t, authtest.Region), w.Clock); !has || err != nil {
			t.Errorf("no admin is left: %v", err)
		}
	})
}

func TestDeactivated(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		me, tokens := w.Enter(w.Person(admin, "sari", actor.Operator, servicetest.Own))
		if err := w.SetActive(admin, actor.From(me).ID, false); err != nil {
			t.Fatal(err)
		}
		if w.Who(tokens.Session).SignedIn() {
			t.Error("the session is still open")
		}
		if _, key := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.7"}); key != "auth.wrong" {
			t.Errorf("an inactive person signs in: %q", key)
		}
		if err := w.SetActive(admin, actor.From(me).ID, true); err != nil {
			t.Fatal(err)
		}
		if w.Who(tokens.Session).SignedIn() {
			t.Error("the old session is open again")
		}
		if _, key := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.7"}); key != "" {
			t.Errorf("active again: %q", key)
		}
	})
}

// A change is rolled back if the audit log fails.
func TestChangesNeedTheLog(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		me, tokens := w.Enter(w.Person(admin, "sari", actor.Operator, servicetest.Own))
		sari := actor.From(me).ID
		before, err := w.ByID(admin, sari)
		if err != nil {
			t.Fatal(err)
		}
		full := errors.New("disk full")
		w.Accounts.Log, w.Auth.Log = &audittest.Log{Real: w.Log, Err: full}, &audittest.Log{Real: w.Log, Err: full}
		_, codeErr := w.IssueCode(admin, sari)
		_, makeErr := w.Create(admin, account.PersonForm{Name: "Budi", Login: "budi"}, account.TaskForm{Role: "brida"})
		_, passwordErr := w.ChangePassword(me, authtest.Phrase, "kuda baterai jepit biru", "kuda baterai jepit biru", auth.ClientInfo{Session: tokens.Session})
		for name, err := range map[string]error{
			"code": codeErr, "make": makeErr,
			"give":     w.Assign(admin, sari, account.TaskForm{Role: "brida"}),
			"take":     w.EndAssignment(admin, sari, before.Assignments[0].ID, ""),
			"correct":  w.Correct(admin, sari, account.PersonForm{Name: "X", Version: 1}),
			"stop":     w.SetActive(admin, sari, false),
			"self":     w.SaveSelf(me, account.PersonForm{Name: "X", Version: 1}),
			"password": passwordErr,
			"others":   w.EndOtherSessions(me, "x"),
		} {
			if !errors.Is(err, full) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.Accounts.Log, w.Auth.Log = w.Log, w.Log
		after, err := w.ByID(admin, sari)
		if err != nil || fmt.Sprint(after) != fmt.Sprint(before) || !w.Who(tokens.Session).SignedIn() {
			t.Errorf("%v\n%+v\n%+v", err, before, after)
		}
		if list, err := w.List(admin, account.Filter{}); err != nil || list.Total != 2 {
			t.Errorf("%+v, %v", list, err)
		}
		if _, key := w.Try("sari", authtest.Phrase, auth.ClientInfo{Address: "192.0.2.9"}); key != "" {
			t.Errorf("their password: %s", key)
		}
	})
}

func TestListPages(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		for i := range 50 {
			w.Person(admin, fmt.Sprintf("orang%d", i), "", "")
		}
		for number, want := range map[int]string{0: "50 51 1 2", 1: "50 51 1 2", 2: "1 51 2 2"} {
			l, err := w.List(admin, account.Filter{Number: number})
			if got := fmt.Sprint(len(l.People), l.Total, l.Number, l.Last); err != nil || got != want {
				t.Errorf("page %d: %s, %v; want %s", number, got, err, want)
			}
		}
		if _, err := w.List(admin, account.Filter{Number: 3}); servicetest.Outcome(err) != "missing" {
			t.Errorf("past the end: %v", err)
		}
	})
}
