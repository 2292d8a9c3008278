package account_test

import (
	"context"
	"crypto/rand"
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
			Store: &accountsql.Store{DB: db}, Passwords: w.passwords, Log: w.log, Tx: db,
			NewID: id.New, Now: clock, Random: rand.Reader,
		}
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
