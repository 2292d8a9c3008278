package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"siida.id/internal/account"
	"siida.id/internal/account/accountweb"
	"siida.id/internal/auth/authweb"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/region"
	"siida.id/internal/regional"
	"siida.id/internal/status"
	"siida.id/web/ui"
	"siida.id/web/ui/gallery"
)

// frame returns what surrounds a page: the region, the person, the navigation.
func (s *Site) frame(r *http.Request, title string) ui.Frame {
	ctx := r.Context()
	here, who := regionOf(ctx), actor.From(ctx)
	f := ui.Frame{
		Title: title, Region: here.Name, Site: found(r, here), Sample: here.Sample, Person: who.Name, Asset: s.assets.URL,
		PersonID: who.ID,
		As:       asWhom(ctx, who), Self: "/saya",
		Here: r.URL.Path, Nav: s.nav(r, who),
		LastChange: s.lastChange,
	}
	if r.Method == http.MethodGet {
		f.Here = r.URL.RequestURI()
	}
	if q := r.URL.Query(); q.Has("tersimpan") {
		f.Done = ui.Result(q.Get("tersimpan")).Text(ctx)
	}
	if now, err := s.Periods.Current(ctx); err == nil { // without a current period there is nothing to show
		f.Notice = i18n.T(ctx, "ui.period", i18n.Args{"Year": now.ID})
	}
	return f
}

// lastChange returns whose the newest of these events about a subject of the audit log is;
// zero if that cannot be read, which does not prevent the page.
func (s *Site) lastChange(ctx context.Context, subject string, events ...string) ui.Change {
	e, err := s.Changes.Last(ctx, subject, events...)
	if err != nil {
		return ui.Change{}
	}
	return ui.Change{Name: e.Detail.ActorName, At: e.At, Own: e.Actor == actor.From(ctx).ID}
}

// found returns the program's address without its scheme: the region's public address
// or, if it has none, the host of the request.
func found(r *http.Request, here region.Region) string {
	if _, address, set := strings.Cut(here.URL, "://"); set {
		return address
	}
	return r.Host
}

func (s *Site) nav(r *http.Request, who actor.Actor) (list []ui.Link) {
	ctx := r.Context()
	if !who.SignedIn() {
		return nil
	}
	list = append(list,
		ui.Link{Text: i18n.T(ctx, "notify.title"), Href: "/", Here: r.URL.Path == "/"},
		link(r, i18n.T(ctx, "innovation.list_title"), "/inovasi"),
		link(r, i18n.T(ctx, "ui.index"), "/indeks"))
	list = append(list, link(r, i18n.T(ctx, "report.title"), "/laporan"))
	if regional.MayRead(who) {
		list = append(list, link(r, i18n.T(ctx, "regional.title"), "/daerah"))
	}
	list = append(list,
		link(r, i18n.T(ctx, "ui.decrees"), "/sk"),
		link(r, i18n.T(ctx, "agency.list_title"), "/perangkat-daerah"),
		link(r, i18n.T(ctx, "ui.periods"), "/periode"))
	if account.MayLook(who) {
		list = append(list, link(r, i18n.T(ctx, "account.people"), "/orang"))
	}
	if status.MayLook(who) {
		list = append(list, link(r, i18n.T(ctx, "status.title"), "/keadaan"))
	}
	if s.Gallery {
		list = append(list, link(r, i18n.T(ctx, "ui.gallery"), "/dev/komponen"))
	}
	return list
}

// asWhom returns the names of a person's roles; empty for a visitor.
func asWhom(ctx context.Context, who actor.Actor) string {
	if !who.SignedIn() {
		return ""
	}
	return accountweb.AsWhom(ctx, who)
}

func link(r *http.Request, text, href string) ui.Link {
	return ui.Link{Text: text, Href: href, Here: r.URL.Path == href || strings.HasPrefix(r.URL.Path, href+"/")}
}

// errorPage shows the sentence of a fault; the log has the details. A visitor is
// redirected to the sign-in page, and from there back; one who has sent a form is told
// that it was not saved, because its page is the only place that still has it.
func (s *Site) errorPage(w http.ResponseWriter, r *http.Request, status int, err error) {
	ctx := r.Context()
	unknown := fault.KindOf(err) == fault.Unknown
	if unknown && (r.Method != http.MethodPost || authweb.IsSignIn(r.URL.Path)) {
		http.Redirect(w, r, authweb.SignInAddress(back(r)), http.StatusSeeOther) //nolint:gosec // a path of this server
		return
	}
	if i18n.Lang(ctx) == "" || regionOf(ctx).Code == "" {
		ctx = s.catalog.With(ctx, requestLanguage(r))
		r = r.WithContext(ctx)
	}
	var code string
	if status >= http.StatusInternalServerError {
		code = httpx.RequestID(ctx)
	}
	title, again := i18n.T(ctx, "fault.title"), s.sentForm(w, r, err)
	if again != nil || fault.KeyOf(err) == "fault.uploads" {
		title = i18n.T(ctx, "ui.not_saved")
	}
	page := ui.ErrorPage(s.frame(r, title), i18n.Fault(ctx, err), code, again)
	if unknown {
		frame := s.frame(r, i18n.T(ctx, "ui.not_saved"))
		page = ui.SessionEnded(frame, authweb.SignInAddress(authweb.SignedInPath), authweb.SignInAddress(back(r)))
	}
	if err := render.Page(w, r, status, page); err != nil {
		http.Error(w, http.StatusText(status), status)
	}
}

// sentForm returns the form of r, if it may succeed later unchanged. It is nil for a
// form from another site, which must not be sent from here.
func (s *Site) sentForm(w http.ResponseWriter, r *http.Request, err error) *ui.SentForm {
	if !fault.Temporary(err) || s.guard.Check(r) != nil {
		return nil
	}
	fields, upload := httpx.Sent(w, r)
	if fields == nil {
		return nil
	}
	form := ui.NewSentForm(httpx.Local(r.URL.RequestURI()), fields, authweb.SecretFields(r.URL.Path))
	form.Upload = upload
	return form
}

// back returns the page that a person requested, or on which they sent a form.
func back(r *http.Request) string {
	if r.Method == http.MethodGet {
		return httpx.Local(r.URL.RequestURI())
	}
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return "/"
	}
	return httpx.Local(from.RequestURI())
}

func (s *Site) components(w http.ResponseWriter, r *http.Request) error {
	return render.Page(w, r, http.StatusOK, gallery.Page(s.frame(r, i18n.T(r.Context(), "ui.gallery"))))
}
