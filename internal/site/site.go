// Package site is the HTTP handler: the routes of every room, with the frame of pages
// and the region, person and language of a request.
package site

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"siida.id/internal/accesslog"
	"siida.id/internal/accesslog/accesslogweb"
	"siida.id/internal/account"
	"siida.id/internal/account/accountweb"
	"siida.id/internal/agency"
	"siida.id/internal/agency/agencyweb"
	"siida.id/internal/audit"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authweb"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/board"
	"siida.id/internal/board/boardweb"
	"siida.id/internal/creation"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreeweb"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidenceweb"
	"siida.id/internal/guidance"
	"siida.id/internal/guidance/guidanceweb"
	"siida.id/internal/index"
	"siida.id/internal/index/indexweb"
	"siida.id/internal/infra/assets"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationweb"
	"siida.id/internal/instrument"
	"siida.id/internal/notify"
	"siida.id/internal/notify/notifyweb"
	"siida.id/internal/period"
	"siida.id/internal/period/periodweb"
	"siida.id/internal/region"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalweb"
	"siida.id/internal/registry"
	"siida.id/internal/registry/registryweb"
	"siida.id/internal/report"
	"siida.id/internal/report/reportweb"
	"siida.id/internal/status"
	"siida.id/internal/status/statusweb"
	"siida.id/locales"
	"siida.id/web"
	"siida.id/web/ui"
)

// Services are the services that the pages use.
type Services struct {
	Regions     *region.Service
	Accounts    *account.Service
	Auth        *auth.Service
	Agencies    *agency.Service
	Periods     *period.Service
	Decrees     *decree.Service
	Innovations *innovation.Service
	Guidance    *guidance.Service
	Evidence    *evidence.Service
	Regional    *regional.Service
	Registry    *registry.Service
	Index       *index.Service
	Board       *board.Service
	Report      *report.Service
	Notify      *notify.Service
	Status      *status.Service
	Creations   *creation.Service
	Changes     *audit.Log
	AccessLog   *accesslog.Service
}

// Options are the settings of a Site.
type Options struct {
	Log      *slog.Logger
	Proxies  []netip.Prefix        // whose X-Forwarded headers are trusted
	Unnamed  *httpx.UnnamedProxies // records other proxies that send them; nil for none
	MaxFile  int64                 // of the largest file, in bytes
	Observer httpx.Observer        // is called for every request; nil for none
	Gallery  bool                  // serve the component gallery too

	SecurityContact string           // where flaws are reported, a mailto: or https: address; empty for nowhere
	Now             func() time.Time // of the days until a window ends
}

// Site serves the pages.
type Site struct {
	Services
	Options
	assets  *assets.Assets
	catalog *i18n.Catalog
	guard   *http.CrossOriginProtection // refuses forms from other sites
	uploads httpx.Uploads               // counts those of all routes
	noted   map[string]bool             // routes with httpx.Noted, by pattern
}

// New returns the site of services.
func New(services Services, options Options) (*Site, error) {
	files, err := assets.Load(web.Dist, "dist/app.css", "dist/app.js")
	if err != nil {
		return nil, err
	}
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, err
	}
	packs, err := instrument.Embedded()
	if err != nil {
		return nil, err
	}
	gloss, err := packs.Gloss("en")
	if err != nil {
		return nil, err
	}
	catalog.SetGlosses("en", gloss)
	s := &Site{Services: services, Options: options, assets: files, catalog: catalog, guard: http.NewCrossOriginProtection()}
	s.guard.SetDenyHandler(s.refusal(fault.New(fault.Forbidden, "fault.other_site")))
	return s, nil
}

// Routes registers every page with handle: all routes of the program except the files
// of the build and the health check.
func (s *Site) Routes(handle httpx.Handle) {
	accounts := &accountweb.Web{Service: s.Accounts, Frame: s.frame}
	access := &authweb.Web{Service: s.Auth, Frame: s.frame, ShowSelf: accounts.ShowSelf}
	accounts.Access = access.Access
	accounts.Routes(handle.With(httpx.NoStore))
	access.Routes(handle.With(httpx.NoStore))
	for _, feature := range []interface{ Routes(handle httpx.Handle) }{
		&agencyweb.Web{Service: s.Agencies, Frame: s.frame},
		&periodweb.Web{Service: s.Periods, Frame: s.frame},
		&decreeweb.Web{Service: s.Decrees, Frame: s.frame, MaxBytes: s.MaxFile},
		&innovationweb.Web{Service: s.Innovations, Frame: s.frame, MaxBytes: s.MaxFile},
		&registryweb.Web{Service: s.Registry, Innovations: s.Innovations, Frame: s.frame},
		&guidanceweb.Web{Service: s.Guidance, Frame: s.frame, MaxBytes: s.MaxFile},
		&evidenceweb.Web{Service: s.Evidence, Frame: s.frame, MaxBytes: s.MaxFile, Guidance: guidanceweb.Shown},
		&regionalweb.Web{Service: s.Regional, Frame: s.frame, MaxBytes: s.MaxFile},
		&indexweb.Web{Service: s.Index, Frame: s.frame},
		&boardweb.Web{Service: s.Board, Frame: s.frame, Address: address},
		&reportweb.Web{Service: s.Report, Frame: s.frame, Official: s.official},
		&notifyweb.Web{Service: s.Notify, Frame: s.frame},
		&accesslogweb.Web{Service: s.AccessLog, Frame: s.frame},
		&statusweb.Web{Service: s.Status, Frame: s.frame},
	} {
		feature.Routes(handle)
	}
	handle("POST /bahasa", s.setLanguage, may.Anyone)
	if s.Gallery {
		handle("GET /dev/komponen", s.components, may.Anyone)
	}
}

// Handler returns the pages with all middleware.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	s.noted = map[string]bool{}
	s.Routes(func(pattern string, h httpx.Handler, who may.Who, options ...httpx.Option) {
		takes := s.bodyOf(who, options)
		h = httpx.Creating(h, options, s.Creations.Find)
		if who != may.Anyone {
			h = samePerson(h)
		}
		if takes.MaxFile > 0 {
			h = withUpload(h)
		}
		h = withSent(h)
		s.noted[pattern] = slices.Contains(options, httpx.Noted)
		wrapped := httpx.Wrap(s.errorPage, h, takes)
		if slices.Contains(options, httpx.NoStore) {
			wrapped = httpx.WithoutStore(wrapped)
		}
		mux.Handle(pattern, wrapped)
	})
	outer := http.NewServeMux()
	mux.Handle("/", s.unrouted(outer, mux))
	outer.Handle("GET /aset/", httpx.Routed(s.assets))
	outer.Handle("GET /siap", httpx.Routed(http.HandlerFunc(s.ready)))
	outer.Handle("GET /robots.txt", httpx.Routed(http.HandlerFunc(robots)))
	if s.SecurityContact != "" {
		outer.Handle("GET /.well-known/security.txt", httpx.Routed(http.HandlerFunc(s.security)))
	}
	outer.Handle("/", s.visitor(s.guard.Handler(mux)))
	logged := httpx.Log(s.Log, httpx.Slow, s.Observer)(httpx.Secure(httpx.Navigation(httpx.LimitBodyTime(outer))))
	return httpx.Identify(httpx.DefaultTimeouts().LimitTime(httpx.Client(s.Proxies, s.Unnamed)(logged)))
}

// samePerson refuses a form from the page of a person who is no longer signed in in that
// browser, or instead of whom somebody else is.
func samePerson(h httpx.Handler) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if of := r.Header.Get(httpx.PersonHeader); of != "" && of != actor.From(r.Context()).ID {
			return fault.New(fault.Unknown, "fault.sign_in")
		}
		return h(w, r)
	}
}

// withUpload marks the context of pages whose form can have a file.
func withUpload(h httpx.Handler) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return h(w, r.WithContext(ui.WithUpload(r.Context())))
	}
}

// withSent gives the pages of h the form that they answer.
func withSent(h httpx.Handler) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return h(w, r.WithContext(ui.WithSent(r.Context(), r.PostForm)))
	}
}

// bodyOf returns the limits of a route's request body.
func (s *Site) bodyOf(who may.Who, options []httpx.Option) (b httpx.Body) {
	if slices.Contains(options, httpx.Upload) {
		b.MaxFile, b.Visitors, b.Uploads = s.MaxFile, who == may.Anyone, &s.uploads
	}
	return b
}

// refusal answers every request with err, without reading its body.
func (s *Site) refusal(err error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { httpx.Refuse(s.errorPage, w, r, err) })
}

// unrouted answers requests without a route in muxes except "/": 405 with Allow if
// the address has another method, else 404.
func (s *Site) unrouted(muxes ...*http.ServeMux) http.Handler {
	unknown, other := s.refusal(fault.New(fault.NotFound, "fault.not_found")), s.refusal(fault.New(fault.Method, "fault.method"))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
			asked := *r
			asked.Method = method
			if slices.ContainsFunc(muxes, func(m *http.ServeMux) bool { _, pattern := m.Handler(&asked); return pattern != "/" }) {
				allowed = append(allowed, method)
			}
		}
		if len(allowed) == 0 {
			unknown.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		other.ServeHTTP(w, r)
	})
}

type regionKey struct{}

// visitor puts region, actor and language of the request into the context.
func (s *Site) visitor(next http.Handler) http.Handler {
	failed := func(w http.ResponseWriter, r *http.Request, err error) {
		if r.Method == http.MethodPost && r.URL.Path == authweb.SignOutPath && s.guard.Check(r) == nil {
			authweb.Forget(w, r) // the cookie can be deleted although the database cannot be read
		}
		s.refusal(err).ServeHTTP(w, r)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := s.catalog.With(r.Context(), requestLanguage(r))
		here, err := s.Regions.ByHost(ctx, r.Host)
		if err != nil {
			failed(w, r.WithContext(ctx), err)
			return
		}
		ctx = region.Within(context.WithValue(ctx, regionKey{}, here), here)
		if token := authweb.Token(r); token != "" {
			session, err := s.Auth.Current(ctx, token)
			if err != nil && fault.KindOf(err) != fault.Unknown {
				failed(w, r.WithContext(ctx), err)
				return
			}
			if err == nil {
				ctx = actor.With(ctx, session.Actor)
			}
			if session.Language != "" {
				ctx = s.catalog.With(ctx, session.Language)
			}
		}
		httpx.NoteActor(ctx, here.Code, actor.From(ctx).ID)
		httpx.AtEnd(ctx, func(route string, status int) { s.noteAccess(r.WithContext(ctx), route, status) })
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// noteAccess notes in the access log that the request was refused, or that it opened
// something that is not public.
func (s *Site) noteAccess(r *http.Request, route string, status int) {
	outcome, known := outcomes[status]
	mistyped := route == "" && status == http.StatusNotFound && actor.From(r.Context()).SignedIn() // an address that the program does not have
	if !known || mistyped || outcome == accesslog.OutcomeOpened && !s.noted[route] {
		return
	}
	path := r.URL.Path
	if strings.Contains(route, "{token}") {
		path = ""
	}
	s.AccessLog.Note(r.Context(), accesslog.Entry{Address: httpx.Address(r.Context()), Route: route, Path: path, Outcome: outcome})
}

// outcomes are those of the access log by status. Others are about mistakes in what was
// sent, and faults of the program.
var outcomes = map[int]accesslog.Outcome{
	http.StatusOK:                    accesslog.OutcomeOpened,
	http.StatusPartialContent:        accesslog.OutcomeOpened,
	http.StatusNotModified:           accesslog.OutcomeOpened,
	http.StatusUnauthorized:          accesslog.OutcomeUnknown,
	http.StatusForbidden:             accesslog.OutcomeForbidden,
	http.StatusNotFound:              accesslog.OutcomeNotFound,
	http.StatusMethodNotAllowed:      accesslog.OutcomeMethod,
	http.StatusRequestEntityTooLarge: accesslog.OutcomeTooLarge,
	http.StatusUnsupportedMediaType:  accesslog.OutcomeMedia,
	http.StatusTooManyRequests:       accesslog.OutcomeThrottled,
}

// regionOf returns the region of the request.
func regionOf(ctx context.Context) region.Region {
	r, _ := ctx.Value(regionKey{}).(region.Region)
	return r
}

const (
	languageCookie = "bahasa"
	languageLasts  = 365 * 24 * time.Hour
)

// requestLanguage returns the language that the visitor has chosen, or that of their
// browser.
func requestLanguage(r *http.Request) string {
	if lang := httpx.Cookie(r, languageCookie); lang != "" {
		return lang
	}
	return r.Header.Get("Accept-Language")
}

func (s *Site) official(ctx context.Context) context.Context { return Official(ctx, s.catalog) }

// Official returns a context in the language of official letters.
func Official(ctx context.Context, catalog *i18n.Catalog) context.Context {
	return catalog.With(ctx, "id")
}

// setLanguage stores the chosen language in a cookie and in the person's account, and
// redirects back.
func (s *Site) setLanguage(w http.ResponseWriter, r *http.Request) error {
	lang := r.PostFormValue("bahasa")
	known := slices.ContainsFunc(i18n.Languages(r.Context()), func(l i18n.Language) bool { return l.Code == lang })
	if !known {
		return fault.New(fault.Invalid, "fault.language")
	}
	if err := s.Accounts.SetLanguage(r.Context(), lang); err != nil {
		return err
	}
	httpx.SetCookie(w, r, languageCookie, lang, languageLasts)
	http.Redirect(w, r, httpx.Local(r.PostFormValue("ke")), http.StatusSeeOther)
	return nil
}

// ready reports that the program and its database respond.
func (s *Site) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if _, err := s.Regions.All(r.Context()); err != nil {
		http.Error(w, "database", http.StatusServiceUnavailable)
		return
	}
	_, _ = strings.NewReader("siap\n").WriteTo(w) // an error means that the client has gone
}

// robots asks crawlers to stay away. What they open all the same is marked by httpx.Secure.
func robots(w http.ResponseWriter, _ *http.Request) {
	_, _ = strings.NewReader("User-agent: *\nDisallow: /\n").WriteTo(w)
}

// securityLasts is how long readers may rely on security.txt. RFC 9116 recommends less
// than a year.
const securityLasts = 180 * 24 * time.Hour

// security says where flaws of the program are reported (RFC 9116).
func (s *Site) security(w http.ResponseWriter, _ *http.Request) {
	expires := s.Now().Add(securityLasts).UTC().Format(time.RFC3339)
	_, _ = strings.NewReader("Contact: " + s.SecurityContact + "\nExpires: " + expires + "\nPreferred-Languages: id, en\n").WriteTo(w)
}
