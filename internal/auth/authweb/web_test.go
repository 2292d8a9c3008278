package authweb_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/account/accountweb"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authsql"
	"siida.id/internal/auth/authweb"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sqldb"           //nolint:depguard // the pages are tested on the real store
	"siida.id/internal/infra/sqldb/sqldbtest" //nolint:depguard // as above
	"siida.id/locales"
	"siida.id/web/ui"
)

const phrase = "kuda baterai jepit benar"

type plain struct{}

func (plain) Hash(_ context.Context, password string) (string, error) { return password, nil }

func (plain) Verify(_ context.Context, hash, password string) (bool, error) {
	return hash == password, nil
}

func (plain) NeedsRehash(string) bool { return false }

func (plain) Guessable(string, []string) bool { return false }

// units is a fixed list of agencies.
type units struct{}

func (units) Units(context.Context) ([]account.Unit, error) {
	return []account.Unit{{ID: "a1", Name: "Dinas <Satu>"}, {ID: "a2", Name: "Dinas Dua"}}, nil
}

// site serves the room with the middleware that it needs.
type site struct {
	t       *testing.T
	service *auth.Service
	handler http.Handler
	region  string
	now     time.Time
	browser map[string]*http.Cookie
}

func each(t *testing.T, fn func(t *testing.T, s *site)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &site{t: t, region: "18.01", now: testclock.Now(), browser: map[string]*http.Cookie{}}
		now := func() time.Time { return s.now }
		accounts := &account.Service{
			Store: &accountsql.Store{DB: db}, Log: audittest.Silent{}, Tx: db, Exclusive: db, Agencies: units{}, NewID: id.New, Now: now,
		}
		s.service = &auth.Service{
			Store: &authsql.Store{DB: db}, Accounts: accounts, Passwords: plain{}, Log: audittest.Silent{}, Tx: db, Exclusive: db,
			Factors: steps{}, NewID: id.New, Now: now, Random: rand.Reader,
		}
		accounts.Access = auth.Access{Service: s.service}
		frame := func(r *http.Request, title string) ui.Frame {
			return ui.Frame{Title: title, Here: r.URL.Path, Asset: func(name string) string { return "/" + name }}
		}
		people := &accountweb.Web{Service: accounts, Frame: frame}
		web := &authweb.Web{Service: s.service, ShowSelf: people.ShowSelf, Frame: frame}
		people.Access = web.Access
		mux := http.NewServeMux()
		handle := func(pattern string, h httpx.Handler, _ may.Who, _ ...httpx.Option) {
			mux.Handle(pattern, httpx.Wrap(bare, h, httpx.Body{MaxFile: 1 << 20}))
		}
		people.Routes(handle)
		web.Routes(handle)
		s.handler = httpx.Client([]netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}, nil)(s.resume(mux))
		fn(t, s)
	})
}

func bare(w http.ResponseWriter, _ *http.Request, status int, err error) {
	http.Error(w, err.Error(), status)
}

// resume puts the actor into the context, as app does.
func (s *site) resume(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := actor.With(r.Context(), actor.Actor{Region: s.region})
		who, err := s.service.Resume(ctx, authweb.Token(r))
		if err == nil {
			ctx = actor.With(ctx, who)
		} else if fault.KindOf(err) != fault.Unknown {
			s.t.Error(err)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// ask sends a request with the browser's cookies and stores those of the answer.
func (s *site) ask(method, path string, form url.Values, set ...func(*http.Request)) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range s.browser {
		r.AddCookie(c)
	}
	for _, fn := range set {
		fn(r)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, line := range w.Header().Values("Set-Cookie") {
		c, err := http.ParseSetCookie(line)
		if err != nil {
			s.t.Fatal(err)
		}
		s.browser[c.Name] = c
		if c.MaxAge < 0 {
			delete(s.browser, c.Name)
		}
	}
	return w
}

// check compares the status, and looks for want and not in the Location header and
// the page.
func (s *site) check(answer *httptest.ResponseRecorder, status int, want, not string) {
	s.t.Helper()
	text := "to " + answer.Header().Get("Location") + ".\n" + answer.Body.String()
	if answer.Code != status || !strings.Contains(text, want) || not != "" && strings.Contains(text, not) {
		s.t.Errorf("status %d, want %d with %q and without %q:\n%s", answer.Code, status, want, not, text)
	}
}

// translated is check for a page that shows no message key.
func (s *site) translated(answer *httptest.ResponseRecorder, status int, want string) {
	s.t.Helper()
	for _, gap := range []string{"account.", "auth."} {
		s.check(answer, status, want, gap)
	}
}

func login(name, password, to string) url.Values {
	return url.Values{"nama": {name}, "sandi": {password}, "ke": {to}}
}

func first(name string) url.Values {
	return url.Values{"lengkap": {"Rina Wulandari"}, "nama": {name}, "sandi": {phrase}, "ulang": {phrase}}
}

// link returns the path of a new link for the first administrator.
func (s *site) link() string {
	s.t.Helper()
	token, _, err := s.service.SetupLink(s.t.Context(), s.region)
	if err != nil {
		s.t.Fatal(err)
	}
	return "/mulai/" + token
}

func TestSetup(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		link := s.link()
		page := s.ask("GET", link, nil)
		if got := page.Header().Get("Referrer-Policy"); got != "strict-origin" {
			t.Errorf("Referrer-Policy %q", got)
		}
		s.check(page, 200, `action="`+link+`"`, "auth.link_gone")
		wrong := url.Values{"lengkap": {"Rina"}, "nama": {"ri na"}, "sandi": {"secret"}, "ulang": {"other"}}
		s.check(s.ask("POST", link, wrong), 422, `href="#sandi"`, "secret")
		s.check(s.ask("POST", link, wrong), 422, `value="ri na"`, "other")
		s.check(s.ask("POST", link, url.Values{}), 422, `href="#lengkap"`, "")
		if len(s.browser) != 0 {
			t.Errorf("cookies before anybody is in: %v", s.browser)
		}
		s.check(s.ask("POST", link, first("rina")), 303, "to /.\n", "")
		s.check(s.ask("GET", "/masuk", nil), 303, "to /.\n", "")
		for method, form := range map[string]url.Values{"GET": nil, "POST": first("sari")} {
			gone := s.ask(method, link, form)
			s.check(gone, 404, "auth.link_gone", "<form")
			s.check(s.ask(method, "/mulai/%00%ff", form), 404, "", "<form")
			if gone.Header().Get("Referrer-Policy") != "strict-origin" {
				t.Error("the address of an invalid link is sent as a referrer")
			}
		}
	})
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		s.check(s.ask("POST", "/keluar", nil), 303, "to /masuk.\n", "")
		if s.browser["sesi"] != nil || s.browser["perangkat"] == nil {
			t.Errorf("after signing out: %v; want the device alone", s.browser)
		}
		s.check(s.ask("POST", "/keluar", nil), 303, "/masuk", "")

		s.check(s.ask("GET", "/masuk?ke=/indeks", nil), 200, `name="ke" value="/indeks"`, "role=\"alert\"")
		refused := s.ask("POST", "/masuk", login("rina", "wrong <password>", "/indeks"))
		s.check(refused, 422, "auth.wrong", "wrong &lt;password")
		s.check(s.ask("POST", "/masuk", login("sa&ri", phrase, "/indeks")), 422, `value="sa&amp;ri"`, phrase)
		s.check(s.ask("POST", "/masuk", login("sari", phrase, "/indeks")), 422, `name="ke" value="/indeks"`, "")
		s.check(s.ask("POST", "/masuk", login("", "", "")), 422, `href="#sandi"`, "")
		s.check(s.ask("POST", "/masuk", login("", "", "")), 422, `href="#nama"`, "auth.wrong")
		s.check(s.ask("POST", "/masuk", login("rina", strings.Repeat("x", 1<<20), "")), 413, "fault.form_large", "")
		s.check(s.ask("POST", "/masuk", login("rina", phrase, "/indeks?th=2026")), 303, "to /indeks?th=2026.\n", "")
		s.check(s.ask("GET", "/masuk?ke=/indeks", nil), 303, "to /indeks.\n", "")
		s.region = "18.02"
		s.check(s.ask("GET", "/masuk", nil), 200, "", "")
	})
}

func TestOnlyOwnPathsAreFollowed(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		for to, want := range map[string]string{
			"": "/", "/indeks": "/indeks", "/a?b=c&d=%2F%2Fe#f": "/a?b=c&d=%2F%2Fe#f",
			"//evil.example": "/", "https://evil.example": "/", "evil": "/", "javascript:alert(1)": "/",
			`/\evil.example`: "/", `\/evil.example`: "/", "/\t/evil.example": "/", "/\n/evil.example": "/", "/ /evil.example": "/", " //evil.example": "/",
		} {
			for _, answer := range []*httptest.ResponseRecorder{
				s.ask("POST", "/masuk", login("rina", phrase, to)),
				s.ask("GET", "/masuk?"+url.Values{"ke": {to}}.Encode(), nil),
			} {
				if got := answer.Header().Get("Location"); answer.Code != 303 || got != want {
					t.Errorf("ke=%q leads to %q (%d), want %q", to, got, answer.Code, want)
				}
			}
		}
	})
}

func TestThrottle(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for range 10 {
			s.check(s.ask("POST", "/masuk", login("rina", "x", "")), 422, "auth.wrong", "")
		}
		answer := s.ask("POST", "/masuk", login("rina", "x", ""))
		if got := answer.Header().Get("Retry-After"); got != "900" {
			t.Errorf("Retry-After %q, want 900", got)
		}
		s.check(answer, 429, "auth.wait", "auth.wrong")
		s.check(s.ask("POST", "/masuk", login("rina", "x", "")), 429, `value="rina"`, "")
	})
}

func TestCookies(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		overTLS := func(r *http.Request) {
			r.RemoteAddr = "10.0.0.1:5000"
			r.Header.Set("X-Forwarded-For", "203.0.113.9")
			r.Header.Set("X-Forwarded-Proto", "https")
		}
		s.check(s.ask("GET", "/masuk", nil, overTLS), 200, "", "") // the cookie of plain HTTP is ignored here
		s.ask("POST", "/masuk", login("rina", phrase, ""), overTLS)
		s.check(s.ask("GET", "/masuk", nil, overTLS), 303, "", "")
		for name, secure := range map[string]bool{"sesi": false, "perangkat": false, "__Host-sesi": true, "__Host-perangkat": true} {
			c := s.browser[name]
			if c == nil || !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) != 43 {
				t.Errorf("cookie %s is %v", name, c)
			}
		}
		if days := s.browser["__Host-perangkat"].MaxAge / 86400; days != 400 {
			t.Errorf("a device cookie lasts %d days, want 400", days)
		}
		s.ask("POST", "/keluar", nil, overTLS)
		if s.browser["__Host-sesi"] != nil || s.browser["sesi"] == nil {
			t.Errorf("after signing out over TLS: %v", s.browser)
		}
	})
}

// Every page has its texts in every language.
func TestPagesAreTranslated(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, s *site) {
		link := s.link()
		for _, lang := range []string{"id", "en"} {
			setLanguage := func(r *http.Request) { *r = *r.WithContext(catalog.With(r.Context(), lang)) }
			for range 10 {
				s.translated(s.ask("POST", "/masuk", login(lang+"rina", "x", ""), setLanguage), 422, "<html")
			}
			s.translated(s.ask("POST", "/masuk", login(lang+"rina", "x", ""), setLanguage), 429, "15")
			s.translated(s.ask("GET", "/masuk", nil, setLanguage), 200, "<html")
			s.translated(s.ask("GET", link, nil, setLanguage), 200, "<html")
			s.translated(s.ask("POST", link, url.Values{"sandi": {"x"}}, setLanguage), 422, "12")
			s.translated(s.ask("POST", link, url.Values{"lengkap": {strings.Repeat("x", 101)}}, setLanguage), 422, "100")
		}
	})
}

// The fields for passwords and codes are all listed, so that no error page repeats
// them.
func TestSecretFields(t *testing.T) {
	files, err := filepath.Glob("*.templ")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	name, secret := regexp.MustCompile(`Name: +"([a-z_]+)"`), regexp.MustCompile(`Type: +"password"|Fill: +"(?:one-time-code|[a-z]+-password)"`)
	var found []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range strings.Split(string(content), "@ui.Field(")[1:] {
			field, _, _ = strings.Cut(field, "\t})")
			if m := name.FindStringSubmatch(field); m != nil && secret.MatchString(field) {
				found = append(found, m[1])
			}
		}
	}
	new(authweb.Web).Routes(func(pattern string, _ httpx.Handler, _ may.Who, _ ...httpx.Option) {
		method, path, _ := strings.Cut(pattern, " ")
		if method == http.MethodPost && path != authweb.SignOutPath && authweb.SecretFields(path) == nil {
			t.Errorf("%s has forms with secrets, and SecretFields knows none of them", path)
		}
	})
	if got := authweb.SecretFields("/laporan/kop"); got != nil {
		t.Errorf("the letterhead's own code is no secret: %v", got)
	}
	slices.Sort(found)
	if found = slices.Compact(found); !slices.Equal(found, slices.Sorted(slices.Values(authweb.SecretFields("/masuk")))) {
		t.Errorf("the pages have %v, SecretFields %v", found, authweb.SecretFields("/masuk"))
	}
}
