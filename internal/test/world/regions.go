package world

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/app"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/background"
	"siida.id/internal/base/testclock"
	"siida.id/internal/decree"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/region"
)

// Passphrase is the password of all people except the demo's.
const Passphrase = "kunci-pintu-rumah-hijau"

// InviteCodePattern matches an invite code on a page.
var InviteCodePattern = regexp.MustCompile(`(?:[A-Z]{4} ){3}[A-Z]{4}`)

// Host names of the two regions.
const (
	HomeHost = "satu.example"
	AwayHost = "dua.example"
)

// Regions is a world in which every kind of object exists three times: of the
// operator's own agency, of another agency, and of another region. Texts that
// must not be seen elsewhere contain their place.
type Regions struct {
	*app.Program
	Home, Away region.Region
	People     map[string]string // session tokens by persona
	IDs        map[string]Object // by place: own, other, away
	Files      string            // the folder of the files

	requests map[string]string // ids of data requests by place
}

// Object is one innovation with its evidence, its agency, a person and an SK,
// and the word that identifies it on a page.
type Object struct{ Agency, Innovation, Document, Person, Decree, Secret string }

// Personas have a session each; visitor has none. Operator, pendamping and
// kepala are of the own agency, parent and child operators of the agency above
// it and of one below; ended and later were or will be its operators.
var Personas = []string{
	"visitor", "operator", "pendamping", "kepala", "parent", "child", "ended", "later", "brida", "pimpinan", "admin", "outsider",
}

// fixtures are the two regions on each engine, without a program.
var fixtures = struct {
	sync.Mutex
	regions map[sqldb.Engine]Regions
}{regions: map[sqldb.Engine]Regions{}}

var twoRegions = newFixture(func(ctx context.Context, p *app.Program) error {
	w, err := build(ctx, p)
	fixtures.Lock()
	defer fixtures.Unlock()
	w.Program = nil
	fixtures.regions[p.DB.Engine] = w
	return err
})

// New returns a copy of the two regions, on SQLite.
func New(tb testing.TB) *Regions {
	tb.Helper()
	return on(tb, twoRegions.rows.SQLite(tb))
}

// Each runs fn with a copy of the two regions once per engine.
func Each(t *testing.T, fn func(t *testing.T, w *Regions)) {
	t.Helper()
	twoRegions.rows.Each(t, func(t *testing.T, db *sqldb.DB) { fn(t, on(t, db)) })
}

// Again returns another copy, on the engine of w.
func Again(tb testing.TB, w *Regions) *Regions {
	tb.Helper()
	if w.DB.Engine == sqldb.Postgres {
		return on(tb, twoRegions.rows.Postgres(tb))
	}
	return New(tb)
}

// Restarted returns w with a newly started program on the same rows and files.
func Restarted(tb testing.TB, w *Regions) *Regions {
	tb.Helper()
	again := *w
	again.People, again.IDs, again.requests = maps.Clone(w.People), maps.Clone(w.IDs), maps.Clone(w.requests)
	again.Program = programIn(tb, w.DB, w.Files)
	again.Auth.Passwords = fastPasswords{}
	return &again
}

// EachWith is Each on a database with these limits; other is a second
// connection, as from another process.
func EachWith(t *testing.T, limits sqldb.Limits, fn func(t *testing.T, w *Regions, other *sqldb.DB)) {
	t.Helper()
	twoRegions.rows.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := sqldb.OpenWith(t.Context(), dsn, limits)
		Must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		other, err := sqldb.Open(t.Context(), dsn)
		Must(t, err)
		t.Cleanup(func() { _ = other.Close() })
		fn(t, on(t, db), other)
	})
}

// EachDSN is Each, with where the rows lie, for other processes.
func EachDSN(t *testing.T, fn func(t *testing.T, w *Regions, dsn string)) {
	t.Helper()
	twoRegions.rows.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := sqldb.Open(t.Context(), dsn)
		Must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		fn(t, on(t, db), dsn)
	})
}

// WithPostgres runs fn with a copy on PostgreSQL.
func WithPostgres(t *testing.T, fn func(t *testing.T, w *Regions)) {
	t.Helper()
	t.Run("postgres", func(t *testing.T) { fn(t, on(t, twoRegions.rows.Postgres(t))) })
}

// WithLine runs fn on PostgreSQL, which line can disconnect.
func WithLine(t *testing.T, fn func(t *testing.T, w *Regions, line *sqldbtest.Line)) {
	t.Helper()
	twoRegions.rows.EachDSN(t, func(t *testing.T, dsn string) {
		if _, file := sqldb.FilePath(dsn); file {
			return
		}
		line := sqldbtest.NewLine(t, dsn)
		db, err := sqldb.Open(t.Context(), line.DSN)
		Must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		fn(t, on(t, db), line)
	})
}

func on(tb testing.TB, db *sqldb.DB) *Regions {
	tb.Helper()
	fixtures.Lock()
	w := fixtures.regions[db.Engine]
	fixtures.Unlock()
	w.People, w.IDs, w.requests = maps.Clone(w.People), maps.Clone(w.IDs), map[string]string{}
	w.Program, w.Files = twoRegions.program(tb, db)
	w.Auth.Passwords = fastPasswords{}
	return &w
}

// build creates the two regions on an empty program.
func build(ctx context.Context, p *app.Program) (Regions, error) {
	w := Regions{
		Program: p, People: map[string]string{}, IDs: map[string]Object{},
		Home: region.Region{Code: "18.01", Name: "Kabupaten Satu", URL: "http://" + HomeHost},
		Away: region.Region{Code: "18.02", Name: "Kabupaten Dua", URL: "http://" + AwayHost},
	}
	w.Auth.Passwords = fastPasswords{} // there are many people, and Argon2id is slow on purpose
	home, err := w.open(ctx, "admin", w.Home)
	if err != nil {
		return w, err
	}
	away, err := w.open(ctx, "outsider", w.Away)
	if err != nil {
		return w, err
	}
	for _, of := range []struct {
		place string
		admin context.Context
	}{{"own", home}, {"other", home}, {"away", away}} {
		if w.IDs[of.place], err = w.object(of.admin, of.place); err != nil {
			return w, err
		}
	}
	return w, w.populate(home)
}

// populate adds the personas of the first region.
func (w *Regions) populate(home context.Context) error {
	own := w.IDs["own"].Agency
	above, err := w.Agencies.Create(home, agency.Entry{Name: "Dinas Induk", Kind: "dinas"})
	if err != nil {
		return err
	}
	if err := w.Agencies.Edit(home, own, agency.Entry{Name: "Dinas own", Kind: "dinas", Parent: above.ID, Version: 1}); err != nil {
		return err
	}
	below, err := w.Agencies.Create(home, agency.Entry{Name: "UPTD Anak", Kind: "uptd", Parent: own})
	if err != nil {
		return err
	}
	const day = 24 * time.Hour
	now := testclock.Now()
	for persona, as := range map[string]account.Assignment{
		"operator":   {Assignment: actor.Assignment{Role: actor.Operator, Agency: own}},
		"pendamping": {Assignment: actor.Assignment{Role: actor.Pendamping, Agency: own}},
		"kepala":     {Assignment: actor.Assignment{Role: actor.Kepala, Agency: own}, Acting: account.Definitif},
		"parent":     {Assignment: actor.Assignment{Role: actor.Operator, Agency: above.ID}},
		"child":      {Assignment: actor.Assignment{Role: actor.Operator, Agency: below.ID}},
		"ended":      {Assignment: actor.Assignment{Role: actor.Operator, Agency: own}, From: now.Add(-20 * day), Until: now.Add(-day)},
		"later":      {Assignment: actor.Assignment{Role: actor.Operator, Agency: own}, From: now.Add(day)},
		"brida":      {Assignment: actor.Assignment{Role: actor.Brida}},
		"pimpinan":   {Assignment: actor.Assignment{Role: actor.Pimpinan}},
	} {
		if w.People[persona], _, err = w.enrol(home, persona, as); err != nil {
			return fmt.Errorf("%s: %w", persona, err)
		}
	}
	return nil
}

// fastPasswords replaces Argon2id where sign-in is not under test.
type fastPasswords struct{}

func (fastPasswords) Hash(_ context.Context, password string) (string, error) {
	return "quick:" + password, nil
}

func (fastPasswords) Verify(_ context.Context, hash, password string) (bool, error) {
	return hash == "quick:"+password, nil
}

func (fastPasswords) NeedsRehash(string) bool { return false }

func (fastPasswords) Guessable(string, []string) bool { return false }

// open adds a region with its administrator and opens its period.
func (w *Regions) open(ctx context.Context, persona string, r region.Region) (admin context.Context, err error) {
	w.People[persona], err = firstAdmin(ctx, w.Program, r, "Admin "+r.Name)
	if err != nil {
		return nil, err
	}
	admin = region.Within(ctx, r)
	who, err := w.Auth.Resume(admin, w.People[persona])
	if err != nil {
		return nil, err
	}
	admin = actor.With(admin, who)
	_, err = w.Periods.Open(admin, "iid-2026")
	return admin, err
}

// firstAdmin adds a region with its administrator.
func firstAdmin(ctx context.Context, p *app.Program, r region.Region, name string) (session string, err error) {
	if err := p.Regions.Add(ctx, r); err != nil {
		return "", err
	}
	ctx = region.Within(ctx, r)
	link, _, err := p.Auth.SetupLink(ctx, r.Code)
	if err != nil {
		return "", err
	}
	form := auth.SetupForm{Name: name, Login: "admin", Password: Passphrase, Again: Passphrase}
	tokens, err := p.Auth.Setup(ctx, link, form, auth.ClientInfo{Address: "192.0.2.1"})
	return tokens.Session, err
}

// Enrol adds a person with an assignment, and signs them in.
func (w *Regions) Enrol(tb testing.TB, ctx context.Context, login string, as account.Assignment) (session, person string) {
	tb.Helper()
	session, person, err := w.enrol(ctx, login, as)
	Must(tb, err)
	return session, person
}

func (w *Regions) enrol(ctx context.Context, login string, as account.Assignment) (session, person string, err error) {
	made, err := w.Auth.Enrol(ctx, account.Person{Name: "Orang " + login, Login: login}, Passphrase, as)
	if err != nil {
		return "", "", err
	}
	tokens, err := w.Auth.SignIn(ctx, login, Passphrase, auth.ClientInfo{Address: "192.0.2.1"})
	return tokens.Session, made.ID, err
}

// object adds an agency with an innovation that has an answer and a document.
func (w *Regions) object(ctx context.Context, place string) (o Object, err error) {
	o.Secret = "rahasia-" + place
	owner, err := w.Agencies.Add(ctx, "Dinas "+place, agency.Kinds()[5])
	if err != nil {
		return o, err
	}
	made, err := w.Innovations.Register(ctx, innovation.Form{
		Agency: owner.ID, Name: "Inovasi " + o.Secret, Affair: "Kesehatan", AppliedOn: "2024-03-01", Design: "Rancang " + o.Secret,
	})
	if err != nil {
		return o, err
	}
	o.Agency, o.Innovation = owner.ID, made.ID
	sent, err := w.Evidence.Receive(ctx, made.ID, "2026", "SID-16", o.Secret+".pdf", strings.NewReader("%PDF-1.7 "+o.Secret))
	if err != nil {
		return o, err
	}
	entry := evidence.Entry{Choice: "2", Number: "1/" + o.Secret, Day: "2025-01-02", Subject: "Surat " + o.Secret, FileID: sent.ID}
	if err := w.Evidence.Save(ctx, made.ID, "2026", "SID-16", entry, nil); err != nil {
		return o, err
	}
	q, err := w.Evidence.Question(ctx, made.ID, "2026", "SID-16")
	if err != nil {
		return o, err
	}
	o.Document = q.Proofs[0].ID
	if _, o.Person, err = w.enrol(ctx, o.Secret, account.Assignment{Assignment: actor.Assignment{Role: actor.Operator, Agency: owner.ID}}); err != nil {
		return o, err
	}
	sk, err := w.Decrees.Enter(ctx, decree.Form{
		Number: "188/" + place, Day: "2024-01-02", Subject: "Penetapan inovasi", Innovations: []string{made.ID},
	})
	o.Decree = sk.ID
	return o, err
}

// Acting returns a context for the person with that sign-in name.
func Acting(tb testing.TB, p *app.Program, here region.Region, login string) context.Context {
	tb.Helper()
	ctx := region.Within(tb.Context(), here)
	person, err := p.Auth.Store.ByLogin(ctx, login)
	Must(tb, err)
	ctx, err = p.Auth.Refresh(actor.With(ctx, actor.Actor{ID: person.ID, Region: here.Code}))
	Must(tb, err)
	return ctx
}

// brida returns a context for reading as BRIDA.
func brida(tb testing.TB, here region.Region) context.Context {
	tb.Helper()
	return actor.With(tb.Context(), actor.Actor{ID: "test", Region: here.Code, Assignments: []actor.Assignment{{Role: actor.Brida}}})
}

// Ask sends a request as a persona and returns the answer.
func (w *Regions) Ask(tb testing.TB, handler http.Handler, persona, method, path, form string) *httptest.ResponseRecorder {
	tb.Helper()
	if err := w.Flush(tb.Context()); errors.Is(err, background.ErrLost) { // what the previous pages queued
		tb.Error(err)
	}
	r := httptest.NewRequestWithContext(tb.Context(), method, path, strings.NewReader(form))
	r.Host = HomeHost
	r.Header.Set("Accept-Language", "id")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if persona == "outsider" {
		r.Host = AwayHost
	}
	if token := w.People[persona]; token != "" {
		r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	return answer
}

// In returns the region of a place.
func (w *Regions) In(place string) region.Region {
	if place == "away" {
		return w.Away
	}
	return w.Home
}
