// Package authtest provides the tests of accounts and sign-in with a region on a real
// database and a clock that they set.
package authtest

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
	"siida.id/internal/auth"
	"siida.id/internal/auth/authsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// The region of a World, and the password of its people.
const (
	Region = "18.01"
	Phrase = "kuda baterai jepit benar"
)

// Plain stores passwords in plain text, and counts calls of Verify.
type Plain struct{ Asked atomic.Int64 }

// Hash implements auth.Passwords.
func (p *Plain) Hash(_ context.Context, password string) (string, error) {
	return "plain:" + password, nil
}

// Verify implements auth.Passwords.
func (p *Plain) Verify(_ context.Context, hash, password string) (bool, error) {
	p.Asked.Add(1)
	return strings.TrimPrefix(strings.TrimPrefix(hash, "old:"), "plain:") == password && hash != "", nil
}

// NeedsRehash implements auth.Passwords.
func (p *Plain) NeedsRehash(hash string) bool { return strings.HasPrefix(hash, "old:") }

// Guessable implements auth.Passwords: no password is.
func (p *Plain) Guessable(string, []string) bool { return false }

// units is a fixed list of agencies.
type units struct{}

func (units) Units(context.Context) ([]account.Unit, error) {
	return []account.Unit{{ID: servicetest.Own, Name: "Dinas Sendiri"}, {ID: servicetest.Other, Name: "Dinas Lain"}}, nil
}

// steps is a second factor without a secret: the code is the time step.
type steps struct{}

func (steps) Secret(string) (string, error) { return "RAHASIA", nil }

func (steps) Seal(secret, _ string) (sealed string, changed bool, err error) {
	return secret, false, nil
}

func (steps) Reveal(secret, _, login string) (typed, link string, err error) {
	return secret, "otpauth://" + login + "/" + secret, nil
}

func (steps) Step(_, _, code string, at time.Time) (int64, bool, error) {
	step := at.Unix() / 30
	return step, code == fmt.Sprintf("%06d", step%1000000), nil
}

// Accounts and Auth are the services that a World embeds.
type (
	Accounts = account.Service
	Auth     = auth.Service
)

// World is a region without people.
type World struct {
	*Accounts
	*Auth
	T         *testing.T
	DB        *sqldb.DB
	Log       *audit.Log
	Passwords *Plain
	Clock     time.Time // the time that the services read
}

// Each calls fn with a World on each engine.
func Each(t *testing.T, fn func(t *testing.T, w *World)) {
	t.Helper()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		w := &World{T: t, DB: db, Passwords: &Plain{}, Clock: time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)}
		now := func() time.Time { return w.Clock }
		w.Log = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: now, Random: rand.Reader}
		w.Accounts = &account.Service{
			Store: &accountsql.Store{DB: db}, Log: w.Log, Tx: db, Exclusive: db, Agencies: units{}, NewID: id.New, Now: now,
		}
		w.Auth = &auth.Service{
			Store: &authsql.Store{DB: db}, Accounts: w.Accounts, Passwords: w.Passwords, Log: w.Log, Tx: db, Exclusive: db,
			Factors: steps{}, NewID: id.New, Now: now, Random: rand.Reader,
		}
		w.Uses = auth.NewSessionUses(w.Auth.Store, db)
		w.Endings = auth.NewSessionEndings(w.Auth.Store, w.Log, db)
		w.Access = auth.Access{Service: w.Auth}
		fn(t, w)
	})
}

// In returns the context of a visitor of region.
func In(t *testing.T, region string) context.Context {
	return actor.With(t.Context(), actor.Actor{Region: region})
}

// SetUp creates the first administrator, whose login is "rina".
func (w *World) SetUp() auth.Tokens {
	w.T.Helper()
	token, needed, err := w.SetupLink(w.T.Context(), Region)
	if err != nil || !needed {
		w.T.Fatalf("SetupLink: %v, %v", needed, err)
	}
	tokens, err := w.Setup(In(w.T, Region), token, Form("Rina Wulandari", "rina"), auth.ClientInfo{Address: "192.0.2.1"})
	if err != nil {
		w.T.Fatal(err)
	}
	return tokens
}

// Form returns the form that creates the first administrator.
func Form(name, login string) auth.SetupForm {
	return auth.SetupForm{Name: name, Login: login, Password: Phrase, Again: Phrase}
}

// Who returns the actor of the session with that token; the zero actor for none.
func (w *World) Who(token string) actor.Actor {
	w.T.Helper()
	who, err := w.Resume(In(w.T, Region), token)
	if err != nil && fault.KindOf(err) != fault.Unknown {
		w.T.Fatal(err)
	}
	return who
}

// Try signs in and returns the key of the fault, or "".
func (w *World) Try(login, password string, v auth.ClientInfo) (auth.Tokens, string) {
	w.T.Helper()
	tokens, err := w.SignIn(In(w.T, Region), login, password, v)
	if err == nil {
		return tokens, ""
	}
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		return tokens, fields[0].Key
	}
	if fault.KindOf(err) == fault.Internal {
		w.T.Fatal(err)
	}
	return tokens, fault.KeyOf(err)
}

// Must checks that a change made directly in the database affected a row.
func (w *World) Must(n int64, err error) {
	w.T.Helper()
	if n == 0 || err != nil {
		w.T.Fatalf("%d rows, %v", n, err)
	}
}

// Events returns the audit log, oldest first: event, subject, actor, details.
func (w *World) Events() []string {
	w.T.Helper()
	list, err := sqldb.List(w.T.Context(), w.DB, sqldb.Self[string], `
		select e.event || ' ' || e.subject || ' ' || coalesce(e.actor, '') || ' ' || d.actor_name || ' ' || d.detail
		from events e
		join event_details d on d.region_id = e.region_id and d.seq = e.seq
		order by e.seq`)
	if err != nil {
		w.T.Fatal(err)
	}
	if n, err := w.Log.Verify(In(w.T, Region)); err != nil || n != len(list) {
		w.T.Errorf("Verify = %d, %v; want %d", n, err, len(list))
	}
	return list
}

// Admin creates the first administrator and returns their context.
func (w *World) Admin() context.Context {
	w.T.Helper()
	return actor.With(w.T.Context(), w.Who(w.SetUp().Session))
}

// Person creates a person with that role; with an empty role they have no assignment.
func (w *World) Person(admin context.Context, login string, role actor.Role, agency string) account.InviteCode {
	w.T.Helper()
	task := account.TaskForm{Role: string(role), Agency: agency}
	if role == actor.Kepala {
		task.Acting = "definitif"
	}
	code, err := w.Create(admin, account.PersonForm{Name: "Orang " + login, Login: login}, task)
	if err != nil {
		w.T.Fatal(err)
	}
	return code
}

// Enter signs a person in with their one-time code and chooses the Phrase as their
// password.
func (w *World) Enter(code account.InviteCode) (context.Context, auth.Tokens) {
	w.T.Helper()
	tokens, key := w.Try(code.Person.Login, code.Text, auth.ClientInfo{Address: "192.0.2.7"})
	if key != "" || tokens.Stage != auth.Choosing {
		w.T.Fatalf("%s with their code: %q, stage %q", code.Person.Login, key, tokens.Stage)
	}
	tokens, err := w.Choose(In(w.T, Region), Phrase, Phrase, auth.ClientInfo{Session: tokens.Session, Address: "192.0.2.7"})
	if err != nil {
		w.T.Fatal(err)
	}
	return actor.With(w.T.Context(), w.Who(tokens.Session)), tokens
}

// FaultKeys returns the fields of an error as name=key, or else the error's own key.
func FaultKeys(err error) string {
	var list []string
	for _, f := range fault.FieldsOf(err) {
		list = append(list, string(f.Name)+"="+f.Key)
	}
	if err != nil && list == nil {
		return fault.KeyOf(err)
	}
	return strings.Join(list, " ")
}

// Shown returns the code that an app shows now.
func (w *World) Shown() string { return fmt.Sprintf("%06d", w.Clock.Unix()/30%1000000) }

// Next moves the clock by one time step and returns the code of then.
func (w *World) Next() string {
	w.Clock = w.Clock.Add(30 * time.Second)
	return w.Shown()
}
