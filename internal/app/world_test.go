package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/demo"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/region"
)

const passphrase = "kunci-pintu-rumah-hijau"

// newProgram is a program on a database and a folder of its own.
func newProgram(t *testing.T) *Program {
	t.Helper()
	p, err := Open(t.Context(), slog.New(slog.DiscardHandler), Config{Data: t.TempDir(), MaxFile: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// demoProgram is a program with the demo's world, for this test alone.
func demoProgram(t *testing.T) *Program {
	t.Helper()
	p, err := Open(t.Context(), slog.New(slog.DiscardHandler), Config{Data: demoData(t), MaxFile: 1})
	must(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// pages is a program's handler, each of whose answers is checked.
func pages(t *testing.T, p *Program) http.Handler {
	t.Helper()
	s, err := p.Site(true)
	if err != nil {
		t.Fatal(err)
	}
	return checked{t, s.Handler()}
}

// checked holds every answer against what all of them owe: the headers, a
// request id, no failure of ours, and no text left untranslated.
type checked struct {
	t    *testing.T
	next http.Handler
}

func (c checked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	seen := httptest.NewRecorder()
	c.next.ServeHTTP(seen, r)
	name := r.Method + " " + r.URL.Path
	h := seen.Header()
	if seen.Code >= http.StatusInternalServerError {
		c.t.Errorf("%s: status %d", name, seen.Code)
	}
	for header, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "", "X-Request-Id": "",
		"Permissions-Policy": "geolocation=(self)",
	} {
		if got := h.Get(header); got == "" || !strings.Contains(got, want) {
			c.t.Errorf("%s: header %s is %q, want %q in it", name, header, got, want)
		}
	}
	if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
		c.t.Errorf("%s: the policy lets something unsafe through", name)
	}
	if kind := h.Get("Content-Type"); strings.HasPrefix(kind, "text/html") && !strings.Contains(h.Get("Cache-Control"), "private") {
		c.t.Errorf("%s: a page may be kept by others: Cache-Control %q", name, h.Get("Cache-Control"))
	}
	for _, cookie := range seen.Result().Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
			c.t.Errorf("%s: cookie %s is not kept close: %+v", name, cookie.Name, cookie)
		}
	}
	c.untranslated(name, seen)
	maps.Copy(w.Header(), h)
	w.WriteHeader(seen.Code)
	_, _ = w.Write(seen.Body.Bytes())
}

func (c checked) untranslated(name string, seen *httptest.ResponseRecorder) {
	if !strings.HasPrefix(seen.Header().Get("Content-Type"), "text/html") || seen.Header().Get("Content-Encoding") != "" {
		return
	}
	for _, gap := range []string{"<no value>", ">fault.", ">ui.", ">account.", ">agency.", ">period.", ">innovation.", ">evidence.", ">index.", ">scoring.", "%!"} {
		if strings.Contains(seen.Body.String(), gap) {
			c.t.Errorf("%s: an untranslated or empty text: %q", name, gap)
		}
	}
}

// twoRegions is a world in which every kind of object exists three times: of
// the operator's own agency, of another agency, and of another region. Texts
// that must not cross a border are named after where they lie.
type twoRegions struct {
	*Program
	home, away region.Region
	people     map[string]string // session tokens by persona
	ids        map[string]object // by place: own, other, away
	requests   map[string]string // data requests by place, of those that were made
}

// object is one innovation with its evidence, its agency, a person of it and an
// SK that names it, and the words that give it away.
type object struct{ agency, innovation, document, person, decree, secret string }

// The personas, each with a session; visitor has none. Operator, pendamping and
// kepala are of the own agency, parent and child operators of the agency above
// it and of one below; ended and later were or will be its operators.
var personas = []string{
	"visitor", "operator", "pendamping", "kepala", "parent", "child", "ended", "later", "brida", "pimpinan", "admin", "outsider",
}

const (
	homeHost = "satu.example"
	awayHost = "dua.example"
)

func newTwoRegions(t *testing.T) *twoRegions {
	t.Helper()
	return twoRegionsIn(t, newProgram(t))
}

// programOn is a program on a database that is there already.
func programOn(t *testing.T, db *sqldb.DB) *Program {
	t.Helper()
	folder, err := blob.Open(t.TempDir())
	must(t, err)
	t.Cleanup(func() { _ = folder.Close() })
	packs, err := instrument.Embedded()
	must(t, err)
	p := wire(db, folder, packs, 1<<20)
	p.log = slog.New(slog.DiscardHandler)
	return p
}

func twoRegionsIn(t *testing.T, p *Program) *twoRegions {
	t.Helper()
	w := &twoRegions{
		Program: p, people: map[string]string{}, ids: map[string]object{}, requests: map[string]string{},
		home: region.Region{Code: "18.01", Name: "Kabupaten Satu", URL: "https://" + homeHost},
		away: region.Region{Code: "18.02", Name: "Kabupaten Dua", URL: "https://" + awayHost},
	}
	w.Accounts.Passwords = quick{} // a world has many people, and Argon2id is slow on purpose
	for _, r := range []region.Region{w.home, w.away} {
		must(t, w.Regions.Add(t.Context(), r))
	}
	home, admin := w.settle(t, w.home)
	away, outsider := w.settle(t, w.away)
	w.people["admin"], w.people["outsider"] = admin, outsider
	w.ids["own"], w.ids["other"] = w.object(t, home, "own"), w.object(t, home, "other")
	w.ids["away"] = w.object(t, away, "away")
	w.populate(t, home)
	return w
}

// populate enrols the personas of the first region.
func (w *twoRegions) populate(t *testing.T, home context.Context) {
	t.Helper()
	own := w.ids["own"].agency
	above, err := w.Agencies.Create(home, agency.Entry{Name: "Dinas Induk", Kind: "dinas"})
	must(t, err)
	must(t, w.Agencies.Edit(home, own, agency.Entry{Name: "Dinas own", Kind: "dinas", Parent: above.ID}))
	below, err := w.Agencies.Create(home, agency.Entry{Name: "UPTD Anak", Kind: "uptd", Parent: own})
	must(t, err)
	day := 24 * time.Hour
	now := time.Now()
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
		w.people[persona], _ = w.enrol(t, home, persona, as)
	}
}

// quick stands for Argon2id where sign-in is not what is tried.
type quick struct{}

func (quick) Hash(_ context.Context, password string) (string, error) {
	return "quick:" + password, nil
}

func (quick) Verify(_ context.Context, hash, password string) (bool, error) {
	return hash == "quick:"+password, nil
}

func (quick) NeedsRehash(string) bool { return false }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle makes a region's administrator and opens its period.
func (w *twoRegions) settle(t *testing.T, r region.Region) (ctx context.Context, session string) {
	t.Helper()
	ctx = region.Within(t.Context(), r)
	link, _, err := w.Accounts.SetupLink(ctx, r.Code)
	must(t, err)
	form := account.SetupForm{Name: "Admin " + r.Name, Login: "admin", Password: passphrase, Again: passphrase}
	tokens, err := w.Accounts.Setup(ctx, link, form, account.Visit{Address: "192.0.2.1"})
	must(t, err)
	who, err := w.Accounts.Resume(ctx, tokens.Session)
	must(t, err)
	ctx = actor.With(ctx, who)
	_, err = w.Periods.Open(ctx, "iid-2026")
	must(t, err)
	return ctx, tokens.Session
}

func (w *twoRegions) enrol(t *testing.T, ctx context.Context, login string, as account.Assignment) (session, person string) {
	t.Helper()
	made, err := w.Accounts.Enrol(ctx, account.Person{Name: "Orang " + login, Login: login}, passphrase, as)
	must(t, err)
	tokens, err := w.Accounts.SignIn(ctx, login, passphrase, account.Visit{Address: "192.0.2.1"})
	must(t, err)
	return tokens.Session, made.ID
}

// object makes an agency with an innovation that has an answer and a document.
func (w *twoRegions) object(t *testing.T, ctx context.Context, place string) object {
	t.Helper()
	secret := "rahasia-" + place
	owner, err := w.Agencies.Add(ctx, "Dinas "+place, agency.Kinds()[5])
	must(t, err)
	made, err := w.Innovations.Register(ctx, innovation.Form{
		Agency: owner.ID, Name: "Inovasi " + secret, Affair: "Kesehatan", AppliedOn: "2024-03-01", Design: "Rancang " + secret,
	})
	must(t, err)
	sent, err := w.Evidence.Receive(ctx, made.ID, "2026", "SID-16", secret+".pdf", strings.NewReader("%PDF-1.7 "+secret))
	must(t, err)
	entry := evidence.Entry{Choice: "2", Number: "1/" + secret, Day: "2025-01-02", Subject: "Surat " + secret, FileID: sent.ID}
	must(t, w.Evidence.Save(ctx, made.ID, "2026", "SID-16", entry, nil))
	q, err := w.Evidence.Question(ctx, made.ID, "2026", "SID-16")
	must(t, err)
	_, person := w.enrol(t, ctx, secret, account.Assignment{Assignment: actor.Assignment{Role: actor.Operator, Agency: owner.ID}})
	sk, err := w.Innovations.EnterDecree(ctx, innovation.DecreeForm{
		Number: "188/" + place, Day: "2024-01-02", Subject: "Penetapan inovasi", Innovations: []string{made.ID},
	})
	must(t, err)
	return object{owner.ID, made.ID, q.Proofs[0].ID, person, sk.ID, secret}
}

// acting is a context in which the person who signs in so acts.
func (p *Program) acting(t *testing.T, here region.Region, login string) context.Context {
	t.Helper()
	ctx := region.Within(t.Context(), here)
	person, err := p.Accounts.Store.ByLogin(ctx, login)
	must(t, err)
	ctx, err = p.Accounts.Refresh(actor.With(ctx, actor.Actor{ID: person.ID, Region: here.Code}))
	must(t, err)
	return ctx
}

// ask sends a request as a persona and returns the answer.
func (w *twoRegions) ask(t *testing.T, handler http.Handler, persona, method, path, form string) *httptest.ResponseRecorder {
	t.Helper()
	host := homeHost
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
	r.Host = host
	r.Header.Set("Accept-Language", "id")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if persona == "outsider" {
		r.Host = awayHost
	}
	if token := w.people[persona]; token != "" {
		r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	return answer
}

// demoLogin is the password of the demo's people.
func demoLogin(t *testing.T) string {
	t.Helper()
	logins, err := demo.Logins()
	must(t, err)
	return logins[0].Password
}

func (o object) String() string { return fmt.Sprint(o.innovation) }

// emptyProgram has a region with an administrator, and nothing else.
func emptyProgram(t *testing.T) *Program {
	t.Helper()
	p := newProgram(t)
	here := region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan"}
	must(t, p.Regions.Add(t.Context(), here))
	ctx := region.Within(t.Context(), here)
	link, _, err := p.Accounts.SetupLink(ctx, here.Code)
	must(t, err)
	_, err = p.Accounts.Setup(ctx, link, account.SetupForm{Name: "Admin", Login: "admin", Password: passphrase, Again: passphrase}, account.Visit{})
	must(t, err)
	return p
}
