package app

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"siida.id/internal/account/accountweb"
	"siida.id/internal/agency/agencyweb"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence/evidenceweb"
	"siida.id/internal/index/indexweb"
	"siida.id/internal/infra/assets"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/innovation/innovationweb"
	"siida.id/internal/instrument"
	"siida.id/internal/notify/notifyweb"
	"siida.id/internal/period/periodweb"
	"siida.id/internal/region"
	"siida.id/internal/regional/regionalweb"
	"siida.id/internal/report/reportweb"
	"siida.id/internal/status/statusweb"
	"siida.id/locales"
	"siida.id/web"
)

// site serves a program's pages.
type site struct {
	*program
	assets  *assets.Assets
	catalog *i18n.Catalog
	gallery bool // shows the components too
}

func newSite(p *program, gallery bool) (*site, error) {
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
	catalog.Explain("en", gloss)
	return &site{p, files, catalog, gallery}, nil
}

// routes registers every page with handle. It is the whole surface of the
// program but for what serves files of the build and the state of the server.
func (s *site) routes(handle httpx.Handle) {
	(&accountweb.Web{Service: s.accounts, Frame: s.frame}).Routes(handle)
	(&agencyweb.Web{Service: s.agencies, Frame: s.frame}).Routes(handle)
	(&periodweb.Web{Service: s.periods, Frame: s.frame}).Routes(handle)
	(&innovationweb.Web{Service: s.innovations, Frame: s.frame}).Routes(handle)
	(&evidenceweb.Web{Service: s.evidence, Frame: s.frame, Most: s.most}).Routes(handle)
	(&regionalweb.Web{Service: s.regional, Frame: s.frame, Most: s.most}).Routes(handle)
	(&indexweb.Web{Service: s.index, Frame: s.frame}).Routes(handle)
	(&reportweb.Web{Service: s.report, Frame: s.frame, Official: s.official}).Routes(handle)
	(&notifyweb.Web{Service: s.notify, Frame: s.frame}).Routes(handle)
	(&statusweb.Web{Service: s.status, Frame: s.frame}).Routes(handle)
	handle("POST /bahasa", s.speak, may.Anyone)
	if s.gallery {
		handle("GET /dev/komponen", s.components, may.Anyone)
	}
}

// handler is the pages with all that stands before them.
func (s *site) handler() http.Handler {
	mux := http.NewServeMux()
	s.routes(func(pattern string, h httpx.Handler, _ may.Who, _ ...httpx.Option) {
		mux.Handle(pattern, httpx.Wrap(s.log, s.errorPage, h))
	})
	mux.Handle("/", httpx.Wrap(s.log, s.errorPage, func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "fault.not_found")
	}))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(httpx.Wrap(s.log, s.errorPage, func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.Forbidden, "fault.other_site")
	}))
	outer := http.NewServeMux()
	outer.Handle("GET /aset/", s.assets)
	outer.HandleFunc("GET /siap", s.ready)
	outer.Handle("/", s.visitor(guard.Handler(mux)))
	return httpx.Identify(httpx.Secure(httpx.Client(s.proxies)(httpx.Patient(silence)(outer))))
}

// silence is how long a visitor may stop in the middle of what he sends.
const silence = 30 * time.Second

type regionKey struct{}

// visitor puts the region, who asks, and in which language, into the context.
func (s *site) visitor(next http.Handler) http.Handler {
	failed := func(w http.ResponseWriter, r *http.Request, err error) {
		httpx.Wrap(s.log, s.errorPage, func(http.ResponseWriter, *http.Request) error { return err }).ServeHTTP(w, r)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := s.catalog.With(r.Context(), spoken(r))
		here, err := s.regions.ByHost(ctx, r.Host)
		if err != nil {
			failed(w, r.WithContext(ctx), err)
			return
		}
		ctx = within(context.WithValue(ctx, regionKey{}, here), here)
		if token := accountweb.Token(r); token != "" {
			stay, err := s.accounts.Current(ctx, token)
			if err != nil && fault.KindOf(err) == fault.Internal {
				failed(w, r.WithContext(ctx), err)
				return
			}
			if err == nil {
				ctx = actor.With(ctx, stay.Actor)
			}
			if stay.Unnoted != nil {
				s.log.WarnContext(ctx, "session in use, not noted", slog.String("request", httpx.RequestID(ctx)), slog.Any("error", stay.Unnoted))
			}
			if stay.Language != "" {
				ctx = s.catalog.With(ctx, stay.Language)
			}
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// regionOf is the region that the visitor's host stands for.
func regionOf(ctx context.Context) region.Region {
	r, _ := ctx.Value(regionKey{}).(region.Region)
	return r
}

const (
	languageCookie = "bahasa"
	year           = 365 * 24 * 60 * 60 // seconds
)

// spoken is the language that the visitor has chosen here, else the one that
// his browser asks for.
func spoken(r *http.Request) string {
	if c, err := r.Cookie(languageCookie); err == nil {
		return c.Value
	}
	return r.Header.Get("Accept-Language")
}

func (s *site) official(ctx context.Context) context.Context { return official(ctx, s.catalog) }

// official is a context in the language of official letters.
func official(ctx context.Context, catalog *i18n.Catalog) context.Context {
	return catalog.With(ctx, "id")
}

// speak remembers a language, here and for whoever has signed in, and leads back.
func (s *site) speak(w http.ResponseWriter, r *http.Request) error {
	lang := r.PostFormValue("bahasa")
	spoken := slices.ContainsFunc(i18n.Languages(r.Context()), func(l i18n.Language) bool { return l.Code == lang })
	if !spoken {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if err := s.accounts.Speak(r.Context(), lang); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the browser would send it back
		Name: languageCookie, Value: lang, Path: "/", MaxAge: year,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: httpx.TLS(r.Context()),
	})
	http.Redirect(w, r, httpx.Local(r.PostFormValue("ke")), http.StatusSeeOther)
	return nil
}

// ready says that the program answers and so does its database.
func (s *site) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if _, err := s.regions.All(r.Context()); err != nil {
		http.Error(w, "database", http.StatusServiceUnavailable)
		return
	}
	_, _ = strings.NewReader("siap\n").WriteTo(w) // the visitor has gone; there is nobody to tell
}
