package site

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountweb"
	"siida.id/internal/auth/authweb"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/board"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/period"
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
		Title: title, Region: here.Name, Short: here.Short(), Site: found(r, here), Sample: here.Sample, Motif: string(here.Motif), Person: who.Name, Asset: s.assets.URL,
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
		f.Window = shown(ctx, now.Period, s.Now())
	}
	return f
}

// shown returns a period as the masthead has it.
func shown(ctx context.Context, p period.Period, now time.Time) *ui.Window {
	of := &ui.Window{Year: p.ID, Switch: "/periode"}
	if p.Closes.IsZero() {
		return of
	}
	of.Day = i18n.T(ctx, "ui.closes", i18n.Args{"Day": i18n.Date(ctx, p.Closes)})
	of.At = i18n.T(ctx, "ui.closes_at", i18n.Args{"At": i18n.Moment(ctx, p.Closes)})
	switch days := zone.Today(ctx, now).DaysUntil(zone.Day(ctx, p.Closes)); {
	case !now.Before(p.Closes):
		of.Left = i18n.T(ctx, "ui.closed")
	case days == 0:
		of.Left = i18n.T(ctx, "ui.closes_today")
	default:
		of.Left = i18n.T(ctx, "ui.days_left", i18n.Args{"Count": days})
	}
	return of
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

// address returns the program's address: the region's public one or, if it has none,
// that of the request.
func address(r *http.Request) string {
	ctx := r.Context()
	scheme := "http://"
	if httpx.TLS(ctx) {
		scheme = "https://"
	}
	return cmp.Or(regionOf(ctx).URL, scheme+r.Host)
}

// nav returns the pages that a person may open, in groups by use: what they work with,
// what they read, what they administer.
func (s *Site) nav(r *http.Request, who actor.Actor) [][]ui.Link {
	if !who.SignedIn() {
		return nil
	}
	ctx := r.Context()
	work := []ui.Link{
		{Text: i18n.T(ctx, "notify.title"), Href: "/", Here: r.URL.Path == "/"},
	}
	if board.MayRead(who) {
		work = append(work, link(r, i18n.T(ctx, "board.title"), "/kemajuan"))
	}
	work = append(work, link(r, i18n.T(ctx, "innovation.list_title"), "/inovasi"))
	if regional.MayRead(who) {
		work = append(work, link(r, i18n.T(ctx, "regional.requests"), "/permintaan-data"), link(r, i18n.T(ctx, "regional.title"), "/daerah"))
	}
	work = append(work, link(r, i18n.T(ctx, "ui.index"), "/indeks"))
	read := []ui.Link{
		link(r, i18n.T(ctx, "report.title"), "/laporan"),
		link(r, i18n.T(ctx, "ui.decrees"), "/sk"),
		link(r, i18n.T(ctx, "agency.list_title"), "/perangkat-daerah"),
		link(r, i18n.T(ctx, "ui.periods"), "/periode"),
	}
	var rest []ui.Link
	if account.MayLook(who) {
		rest = append(rest, link(r, i18n.T(ctx, "account.people"), "/orang"))
	}
	if status.MayLook(who) {
		rest = append(rest, link(r, i18n.T(ctx, "status.title"), "/keadaan"))
	}
	if s.Gallery {
		rest = append(rest, link(r, i18n.T(ctx, "ui.gallery"), "/dev/komponen"))
	}
	groups := [][]ui.Link{work, read}
	if len(rest) > 0 {
		groups = append(groups, rest)
	}
	return groups
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
