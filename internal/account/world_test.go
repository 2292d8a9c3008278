package account_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

const (
	region = "18.01"
	phrase = "kuda baterai jepit benar"
)

// plain makes no secret of passwords, and counts what it is asked.
type plain struct{ asked atomic.Int64 }

func (p *plain) Hash(_ context.Context, password string) (string, error) {
	return "plain:" + password, nil
}

func (p *plain) Verify(_ context.Context, hash, password string) (bool, error) {
	p.asked.Add(1)
	return strings.TrimPrefix(strings.TrimPrefix(hash, "old:"), "plain:") == password && hash != "", nil
}

func (p *plain) NeedsRehash(hash string) bool { return strings.HasPrefix(hash, "old:") }

// units are the agencies that there are.
type units struct{}

func (units) Units(context.Context) ([]account.Unit, error) {
	return []account.Unit{{ID: servicetest.Own, Name: "Dinas Sendiri"}, {ID: servicetest.Other, Name: "Dinas Lain"}}, nil
}

// steps makes no secret of second factors: a code is the step itself.
type steps struct{}

func (steps) Secret() (string, error) { return "RAHASIA", nil }

func (steps) Link(secret, login string) (string, error) {
	return "otpauth://" + login + "/" + secret, nil
}

func (steps) Step(_, code string, at time.Time) (int64, bool, error) {
	step := at.Unix() / 30
	return step, code == fmt.Sprintf("%06d", step%1000000), nil
}

// world is a service on a real store, with a clock that tests move.
type world struct {
	*account.Service
	t         *testing.T
	db        *sqldb.DB
	log       *audit.Log
	passwords *plain
	now       time.Time
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		w := &world{t: t, db: db, passwords: &plain{}, now: time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)}
		clock := func() time.Time { return w.now }
		w.log = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader}
		w.Service = &account.Service{
			Store: &accountsql.Store{DB: db}, Passwords: w.passwords, Log: w.log, Tx: db, Exclusive: db,
			Agencies: units{}, Factors: steps{}, NewID: id.New, Now: clock, Random: rand.Reader,
		}
		w.Uses = account.NewSessionUses(w.Store, db)
		w.Endings = account.NewSessionEndings(w.Store, w.log, db)
		fn(t, w)
	})
}

// in is a visitor of region.
func in(t *testing.T, region string) context.Context {
	return actor.With(t.Context(), actor.Actor{Region: region})
}

// setUp makes the first administrator, whose login is "rina".
func (w *world) setUp() account.Tokens {
	w.t.Helper()
	token, needed, err := w.SetupLink(w.t.Context(), region)
	if err != nil || !needed {
		w.t.Fatalf("SetupLink: %v, %v", needed, err)
	}
	tokens, err := w.Setup(in(w.t, region), token, form("Rina Wulandari", "rina"), account.Visit{Address: "192.0.2.1"})
	if err != nil {
		w.t.Fatal(err)
	}
	return tokens
}

func form(name, login string) account.SetupForm {
	return account.SetupForm{Name: name, Login: login, Password: phrase, Again: phrase}
}

// resume is who token belongs to; the zero actor for nobody.
func (w *world) resume(token string) actor.Actor {
	w.t.Helper()
	who, err := w.Resume(in(w.t, region), token)
	if err != nil && fault.KindOf(err) != fault.Unknown {
		w.t.Fatal(err)
	}
	return who
}

// signIn returns what the sign-in of login came to: a key, or "".
func (w *world) signIn(login, password string, v account.Visit) (account.Tokens, string) {
	w.t.Helper()
	tokens, err := w.SignIn(in(w.t, region), login, password, v)
	if err == nil {
		return tokens, ""
	}
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		return tokens, fields[0].Key
	}
	if fault.KindOf(err) == fault.Internal {
		w.t.Fatal(err)
	}
	return tokens, fault.KeyOf(err)
}

// must is for changes behind the service's back: they find something to change.
func (w *world) must(n int64, err error) {
	w.t.Helper()
	if n == 0 || err != nil {
		w.t.Fatalf("%d rows, %v", n, err)
	}
}

// events lists what the log remembers, oldest first: event, subject, actor, details.
func (w *world) events() []string {
	w.t.Helper()
	list, err := sqldb.List(w.t.Context(), w.db, sqldb.Self[string], `
		select e.event || ' ' || e.subject || ' ' || e.actor || ' ' || d.actor_name || ' ' || d.detail
		from events e
		join event_details d on d.region_id = e.region_id and d.seq = e.seq
		order by e.seq`)
	if err != nil {
		w.t.Fatal(err)
	}
	if n, err := w.log.Verify(in(w.t, region)); err != nil || n != len(list) {
		w.t.Errorf("Verify = %d, %v; want %d", n, err, len(list))
	}
	return list
}

// admin is the first administrator, who has set up the region.
func (w *world) admin() context.Context {
	w.t.Helper()
	return actor.With(w.t.Context(), w.resume(w.setUp().Session))
}

// person is somebody new with that task, and none for an empty role.
func (w *world) person(admin context.Context, login string, role actor.Role, agency string) account.Slip {
	w.t.Helper()
	task := account.TaskForm{Role: string(role), Agency: agency}
	if role == actor.Kepala {
		task.Acting = "definitif"
	}
	slip, err := w.Make(admin, account.PersonForm{Name: "Orang " + login, Login: login}, task)
	if err != nil {
		w.t.Fatal(err)
	}
	return slip
}

// enter signs a person in with the code of his slip, and has him choose the phrase.
func (w *world) enter(slip account.Slip) (context.Context, account.Tokens) {
	w.t.Helper()
	tokens, key := w.signIn(slip.Person.Login, slip.Code, account.Visit{Address: "192.0.2.7"})
	if key != "" || tokens.Stage != account.Choosing {
		w.t.Fatalf("%s with his code: %q, stage %q", slip.Person.Login, key, tokens.Stage)
	}
	tokens, err := w.Choose(in(w.t, region), phrase, phrase, account.Visit{Session: tokens.Session, Address: "192.0.2.7"})
	if err != nil {
		w.t.Fatal(err)
	}
	return actor.With(w.t.Context(), w.resume(tokens.Session)), tokens
}

// said is what an error tells: its fields with their keys, else its own key.
func said(err error) string {
	var list []string
	for _, f := range fault.FieldsOf(err) {
		list = append(list, f.Name+"="+f.Key)
	}
	if err != nil && list == nil {
		return fault.KeyOf(err)
	}
	return strings.Join(list, " ")
}

// shown is the code that an app shows now.
func (w *world) shown() string { return fmt.Sprintf("%06d", w.now.Unix()/30%1000000) }

// next is the code after a step.
func (w *world) next() string {
	w.now = w.now.Add(30 * time.Second)
	return w.shown()
}
