// Package accesslogweb serves the pages of the audit log and of the access log.
package accesslogweb

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"siida.id/internal/accesslog"
	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/infra/sheet"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *accesslog.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

const (
	auditPath  = "/catatan"
	accessPath = "/catatan/akses"
	excel      = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET "+auditPath, h.auditPage, may.Admin)
	handle("GET "+auditPath+"/unduh", h.exportAudit, may.Admin, httpx.Noted)
	handle("GET "+accessPath, h.accessPage, may.Admin)
	handle("GET "+accessPath+"/unduh", h.exportAccess, may.Admin, httpx.Noted)
}

// filterOf reads the filter of a page. What cannot be read selects nothing less, and the
// page shows the filter that is in force; whole is false then.
func filterOf(r *http.Request) (f accesslog.Filter, whole bool) {
	f = accesslog.Filter{Person: r.FormValue("orang"), Before: r.FormValue("sebelum")}
	whole = true
	days := func(name string) day.Day {
		d, known := day.Parse(r.FormValue(name))
		whole = whole && (known || r.FormValue(name) == "")
		return d
	}
	f.From, f.To = days("dari"), days("sampai")
	f.Kind = kindOf(r.FormValue("tentang"))
	whole = whole && string(f.Kind) == r.FormValue("tentang")
	switch what := accesslog.What(r.FormValue("apa")); what {
	case accesslog.Both, accesslog.Opened, accesslog.Refused:
		f.What = what
	default:
		whole = false
	}
	return f, whole
}

// exported reads the filter of a workbook: one that cannot be read whole would select
// more than was asked for, and is NotFound.
func exported(r *http.Request) (accesslog.Filter, error) {
	f, whole := filterOf(r)
	if !whole {
		return f, fault.New(fault.NotFound, "fault.not_found")
	}
	return f, nil
}

// query returns the address of path with the filter f.
func query(path string, f accesslog.Filter) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"orang": f.Person, "dari": string(f.From), "sampai": string(f.To), "tentang": string(f.Kind), "apa": string(f.What), "sebelum": f.Before,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (h *Web) auditPage(w http.ResponseWriter, r *http.Request) error {
	f, _ := filterOf(r)
	found, err := h.Service.Audit(r.Context(), f)
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(r.Context(), "accesslog.audit"))
	frame.Here = auditPath
	return render.Page(w, r, http.StatusOK, auditLog(auditLogPage{frame, f, found}))
}

func (h *Web) accessPage(w http.ResponseWriter, r *http.Request) error {
	f, _ := filterOf(r)
	found, err := h.Service.Entries(r.Context(), f)
	if err != nil {
		return err
	}
	counts, err := h.Service.Counts(r.Context())
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(r.Context(), "accesslog.access"))
	frame.Here = accessPath
	return render.Page(w, r, http.StatusOK, accessLog(accessLogPage{frame, f, found, counts}))
}

func (h *Web) exportAudit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := exported(r)
	if err != nil {
		return err
	}
	list, more, err := h.Service.ExportAudit(ctx, f)
	if err != nil {
		return err
	}
	s := sheet.Sheet{Name: i18n.T(ctx, "accesslog.audit"), Top: h.top(r, i18n.T(ctx, "accesslog.audit"), more), Head: []sheet.Column{
		{Name: i18n.T(ctx, "accesslog.number"), Width: 10},
		{Name: i18n.T(ctx, "accesslog.at"), Width: 24},
		{Name: i18n.T(ctx, "accesslog.who"), Width: 28},
		{Name: i18n.T(ctx, "accesslog.what"), Width: 40},
		{Name: i18n.T(ctx, "accesslog.about"), Width: 44},
		{Name: i18n.T(ctx, "accesslog.details"), Width: 60},
	}}
	for _, e := range list {
		what, id, _ := subject(ctx, e)
		s.Rows = append(s.Rows, []any{int(e.Seq), i18n.Moment(ctx, e.At), actorOf(ctx, e), event(ctx, e), what + " " + id, strings.Join(details(ctx, e), "; ")})
	}
	return h.send(w, r, s)
}

func (h *Web) exportAccess(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := exported(r)
	if err != nil {
		return err
	}
	list, more, err := h.Service.ExportEntries(ctx, f)
	if err != nil {
		return err
	}
	s := sheet.Sheet{Name: i18n.T(ctx, "accesslog.access"), Top: h.top(r, i18n.T(ctx, "accesslog.access"), more), Head: []sheet.Column{
		{Name: i18n.T(ctx, "accesslog.at"), Width: 24},
		{Name: i18n.T(ctx, "accesslog.who"), Width: 28},
		{Name: i18n.T(ctx, "accesslog.from_address"), Width: 18},
		{Name: i18n.T(ctx, "accesslog.outcome"), Width: 28},
		{Name: i18n.T(ctx, "accesslog.path"), Width: 50},
		{Name: i18n.T(ctx, "accesslog.route"), Width: 40},
	}}
	for _, e := range list {
		s.Rows = append(s.Rows, []any{i18n.Moment(ctx, e.At), e.Name, e.Address, outcome(ctx, e.Outcome), e.Path, e.Route})
	}
	return h.send(w, r, s)
}

// top returns the lines above the rows of a workbook.
func (h *Web) top(r *http.Request, title string, more bool) []string {
	lines := []string{title + " · " + h.Frame(r, "").Region}
	if more {
		lines = append(lines, i18n.T(r.Context(), "accesslog.export_more"))
	}
	return lines
}

func (h *Web) send(w http.ResponseWriter, r *http.Request, s sheet.Sheet) error {
	ctx := r.Context()
	now := h.Service.Now()
	content, err := sheet.Book([]sheet.Sheet{s}, sheet.Options{
		Day: zone.Start(ctx, zone.Day(ctx, now)), Foot: s.Top[0], Page: i18n.T(ctx, "accesslog.page", i18n.Args{"Page": "{page}", "Pages": "{pages}"}),
	})
	if err != nil {
		return err
	}
	httpx.SendMade(w, r, s.Name+" "+string(zone.Day(ctx, now))+".xlsx", excel, content)
	return nil
}

// actorOf returns the name of who did e.
func actorOf(ctx context.Context, e audit.Entry) string {
	switch {
	case e.Detail.Salt == "":
		return i18n.T(ctx, "accesslog.deleted")
	case e.Detail.ActorName == "":
		return i18n.T(ctx, "accesslog.nobody")
	}
	return e.Detail.ActorName
}

// event returns what e did, in words; archtest compares them with what is logged.
func event(ctx context.Context, e audit.Entry) string {
	return i18n.T(ctx, "audit.event."+string(e.Event))
}

// kind returns a kind of subjects in words.
func kind(ctx context.Context, k string) string { return i18n.T(ctx, "audit.kind."+k) }

// subject returns what e was about: its kind in words, its id, and the address of its
// page, empty for what has none.
func subject(ctx context.Context, e audit.Entry) (what, id, address string) {
	k, id, _ := strings.Cut(e.Subject, "/")
	return kind(ctx, k), id, addressOf(kindOf(k), id)
}

// kindOf returns the kind of that name; empty for none.
func kindOf(name string) (found audit.Kind) {
	for _, k := range audit.Kinds() {
		if string(k) == name {
			found = k
		}
	}
	return found
}

// addressOf returns the address of a subject's page; empty for what has none.
func addressOf(k audit.Kind, id string) string {
	first, _, _ := strings.Cut(id, "/")
	switch k {
	case audit.Agency:
		return "/perangkat-daerah/" + id
	case audit.AgencyKind, audit.AgencySettings:
		return "/perangkat-daerah/pengaturan"
	case audit.Answer, audit.Innovation:
		return "/inovasi/" + id
	case audit.BoardSettings:
		return "/kemajuan/pengaturan"
	case audit.Decree:
		return "/sk/" + id
	case audit.Endorsement:
		return "/inovasi/" + first
	case audit.Guidance:
		return "/panduan/" + id
	case audit.Index:
		return "/indeks/" + first
	case audit.Letterhead:
		return "/laporan/kop"
	case audit.Period:
		return "/periode/" + first
	case audit.Person:
		return "/orang/" + id
	case audit.RegionalAnswer:
		return "/daerah/" + id
	case audit.Report:
		return "/laporan/terbit/" + id
	case audit.Request:
		return "/permintaan-data/" + id
	case audit.Document, audit.File, audit.Job, audit.Region:
	}
	return ""
}

// details returns the values of e, each with its name in words.
func details(ctx context.Context, e audit.Entry) (list []string) {
	values := audit.Details{}
	if json.Unmarshal([]byte(e.Detail.Values), &values) != nil { // deleted
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if value := values[key]; value != "" {
			list = append(list, i18n.T(ctx, "audit.key."+string(key))+": "+shownValue(ctx, value))
		}
	}
	return list
}

// shownValue returns a logged value in words.
func shownValue(ctx context.Context, value string) string {
	switch value {
	case "true":
		return i18n.T(ctx, "accesslog.yes")
	case "false":
		return i18n.T(ctx, "accesslog.no")
	}
	return value
}

// outcome returns what became of a request, in words.
func outcome(ctx context.Context, o accesslog.Outcome) string {
	switch o {
	case accesslog.OutcomeOpened:
	case accesslog.OutcomeUnknown:
		return i18n.T(ctx, "accesslog.unknown")
	case accesslog.OutcomeForbidden:
		return i18n.T(ctx, "accesslog.forbidden")
	case accesslog.OutcomeNotFound:
		return i18n.T(ctx, "accesslog.not_found")
	case accesslog.OutcomeMethod:
		return i18n.T(ctx, "accesslog.method")
	case accesslog.OutcomeTooLarge:
		return i18n.T(ctx, "accesslog.large")
	case accesslog.OutcomeMedia:
		return i18n.T(ctx, "accesslog.media")
	case accesslog.OutcomeThrottled:
		return i18n.T(ctx, "accesslog.throttled")
	}
	return i18n.T(ctx, "accesslog.opened")
}
