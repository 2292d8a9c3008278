// Package periodweb serves the pages of periods.
package periodweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/period"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *period.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// inputs maps the fields of a period, its deadlines and its extensions to the inputs of their forms.
var inputs = ui.Inputs{
	"pack":      "paket",
	"opens.day": "buka_tanggal", "opens.hour": "buka_jam",
	"closes.day": "tutup_tanggal", "closes.hour": "tutup_jam",
	"note": "catatan", "year": "tahun",
	"name": "tenggat_nama", "at.day": "tenggat_tanggal", "at.hour": "tenggat_jam",
	"agency": "perangkat", "until.day": "sampai_tanggal", "until.hour": "sampai_jam", "reason": "alasan",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /periode", h.list, may.SignedIn)
	handle("POST /periode", h.open, may.Lead, httpx.Creates("/periode", ui.PeriodOpened))
	handle("GET /periode/{id}", h.calendar, may.SignedIn)
	handle("GET /periode/{id}/ubah", h.edit, may.Lead)
	handle("POST /periode/{id}/ubah", h.save, may.Lead)
	handle("POST /periode/{id}/tenggat", h.addDeadline, may.Lead, httpx.Creates("/periode/{id}", ui.DeadlineAdded))
	handle("POST /periode/{id}/hapus-tenggat", h.dropDeadline, may.Lead)
	handle("POST /periode/{id}/perpanjangan", h.extend, may.Lead, httpx.Creates("/periode/{id}", ui.ExtensionGranted))
	handle("GET /periode/{id}/cabut-perpanjangan/{extension}", h.confirmUnextend, may.Lead)
	handle("POST /periode/{id}/cabut-perpanjangan", h.unextend, may.Lead)
	handle("GET /periode/{id}/inovasi/{innovation}", h.opening, may.Lead)
	handle("POST /periode/{id}/inovasi/{innovation}", h.openOne, may.Lead, httpx.Creates("/inovasi/{innovation}", ui.ExtensionGranted))
	handle("GET /periode/{id}/{move}", h.confirm, may.Lead)
	handle("POST /periode/{id}/{move}", h.move, may.Lead)
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, nil)
}

func (h *Web) open(w http.ResponseWriter, r *http.Request) error {
	_, err := h.Service.Open(r.Context(), r.PostFormValue("paket"))
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.show(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/periode", ui.PeriodOpened)
}

func (h *Web) show(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	p := listPage{Frame: h.Frame(r, i18n.T(ctx, "period.list_title")), mistakes: ui.MistakesOf(ctx, err, inputs)}
	p.Failed = len(p.mistakes) > 0
	var failed error
	if p.periods, failed = h.Service.All(ctx); failed != nil {
		return failed
	}
	if p.mayOpen = period.MayOpen(actor.From(ctx)); p.mayOpen {
		if p.choices, failed = h.Service.Choices(ctx); failed != nil {
			return failed
		}
	}
	return render.Page(w, r, status, list(p))
}

func (h *Web) calendar(w http.ResponseWriter, r *http.Request) error {
	return h.showCalendar(w, r, http.StatusOK, nil)
}

func (h *Web) showCalendar(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	c, failed := h.Service.Calendar(ctx, r.PathValue("id"))
	if failed != nil {
		return failed
	}
	p := calendarPage{
		Frame: h.Frame(r, i18n.T(ctx, "period.title", i18n.Args{"Year": c.ID})), Calendar: c, typed: r.PostForm,
		mistakes: ui.MistakesOf(ctx, err, inputs), mayChange: period.MayOpen(actor.From(ctx)),
		over: period.IsOver(c.Accepts(nil, period.Data{}, h.Service.Now())),
	}
	p.Failed = len(p.mistakes) > 0
	if fault.KindOf(err) == fault.Conflict {
		p.refused = i18n.Fault(ctx, err)
	}
	if p.mayChange && p.State == period.Open {
		if p.agencies, failed = h.Service.Agencies.All(ctx); failed != nil {
			return failed
		}
	}
	return render.Page(w, r, status, calendar(p))
}

func (h *Web) edit(w http.ResponseWriter, r *http.Request) error {
	c, err := h.changeable(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return h.form(w, r, http.StatusOK, editPage{Calendar: c, typed: windowOf(ctx, c)}, nil)
}

// windowOf returns the form of what is stored.
func windowOf(ctx context.Context, c period.Calendar) period.WindowEntry {
	return period.WindowEntry{Opens: period.FormatMoment(ctx, c.Opens), Closes: period.FormatMoment(ctx, c.Closes), Note: c.Note, Version: c.Version}
}

// opening shows the extensions of one innovation, and the form of another one.
func (h *Web) opening(w http.ResponseWriter, r *http.Request) error {
	return h.showOpening(w, r, http.StatusOK, nil)
}

func (h *Web) showOpening(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	o, failed := h.Service.Opening(ctx, r.PathValue("id"), r.PathValue("innovation"))
	if failed != nil {
		return failed
	}
	p := openingPage{
		calendarPage: calendarPage{
			Frame: h.Frame(r, i18n.T(ctx, "period.opening_title", i18n.Args{"Year": o.ID})), Calendar: o.Calendar, typed: r.PostForm,
			mistakes: ui.MistakesOf(ctx, err, inputs), mayChange: true,
		},
		id: o.Innovation.ID, name: o.Innovation.Name,
	}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, opening(p))
}

func (h *Web) openOne(w http.ResponseWriter, r *http.Request) error {
	err := h.Service.Extend(r.Context(), r.PathValue("id"), period.ExtensionEntry{
		Innovation: r.PathValue("innovation"), Until: when(r, "sampai"), Reason: r.PostFormValue("alasan"),
	})
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.showOpening(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi/"+r.PathValue("innovation"), ui.ExtensionGranted)
}

// changeable returns the open period of the address to a person who may change it.
func (h *Web) changeable(r *http.Request) (period.Calendar, error) {
	return h.Service.Editable(r.Context(), r.PathValue("id"))
}

func when(r *http.Request, field string) period.When {
	return period.When{Day: r.PostFormValue(field + "_tanggal"), Hour: r.PostFormValue(field + "_jam")}
}

func (h *Web) save(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // not a number: a conflict
	e := period.WindowEntry{
		Opens: when(r, "buka"), Closes: when(r, "tutup"), Note: r.PostFormValue("catatan"), Version: version,
	}
	err := h.Service.SetWindow(r.Context(), id, e)
	if fault.KeepsForm(err) {
		c, failed := h.changeable(r)
		if failed != nil {
			return failed
		}
		return h.form(w, r, httpx.Status(fault.KindOf(err)), editPage{Calendar: c, typed: e}, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/periode/"+id)
}

func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, p editPage, err error) error {
	ctx := r.Context()
	p.Frame = h.Frame(r, i18n.T(ctx, "period.edit_title"))
	p.mistakes = ui.MistakesOf(ctx, err, inputs)
	p.Failed = len(p.mistakes) > 0
	p.typed, p.moved, ctx = ui.Resolve(ctx, p.Frame, err, ui.Conflict[audit.Event]{
		Subject: audit.Period.Of(p.ID), Events: []audit.Event{period.EventChanged}, What: i18n.T(ctx, "period.title", i18n.Args{"Year": p.ID}), Inputs: inputs,
	}, p.typed, windowOf(ctx, p.Calendar))
	return render.Page(w, r.WithContext(ctx), status, edit(p))
}

func (h *Web) addDeadline(w http.ResponseWriter, r *http.Request) error {
	return h.back(w, r, ui.DeadlineAdded, h.Service.AddDeadline(r.Context(), r.PathValue("id"), r.PostFormValue("tenggat_nama"), when(r, "tenggat")))
}

func (h *Web) dropDeadline(w http.ResponseWriter, r *http.Request) error {
	return h.back(w, r, ui.DeadlineDeleted, h.Service.DropDeadline(r.Context(), r.PathValue("id"), r.PostFormValue("tenggat")))
}

func (h *Web) extend(w http.ResponseWriter, r *http.Request) error {
	return h.back(w, r, ui.ExtensionGranted, h.Service.Extend(r.Context(), r.PathValue("id"), period.ExtensionEntry{
		Agency: r.PostFormValue("perangkat"), Until: when(r, "sampai"), Reason: r.PostFormValue("alasan"),
	}))
}

func (h *Web) unextend(w http.ResponseWriter, r *http.Request) error {
	err := h.Service.Unextend(r.Context(), r.PathValue("id"), r.PostFormValue("perpanjangan"))
	if innovation := r.PostFormValue("inovasi"); err == nil && innovation != "" {
		return httpx.Done(w, r, "/inovasi/"+url.PathEscape(innovation), ui.ExtensionRevoked)
	}
	return h.back(w, r, ui.ExtensionRevoked, err)
}

// confirmUnextend shows what revoking an extension will do, with the form that does it.
func (h *Web) confirmUnextend(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Service.Revocation(r.Context(), r.PathValue("id"), r.PathValue("extension"))
	if period.IsRevoked(err) {
		return h.showCalendar(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, revocation(revocationPage{h.Frame(r, i18n.T(r.Context(), "period.extension_end_title")), found}))
}

func (h *Web) move(w http.ResponseWriter, r *http.Request) error {
	ctx, id, m := r.Context(), r.PathValue("id"), period.Move(r.PathValue("move"))
	var err error
	if m == period.Archive {
		err = h.Service.Archive(ctx, id, r.PostFormValue("tahun"))
	} else {
		err = h.Service.Do(ctx, id, m)
	}
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.showConfirm(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if fault.KindOf(err) == fault.Conflict { // another state by now
		return h.showCalendar(w, r, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/periode/"+id, moved[m])
}

// moved has the results of the moves.
var moved = map[period.Move]ui.Result{period.Close: ui.PeriodClosed, period.Reopen: ui.PeriodReopened, period.Archive: ui.PeriodArchived}

// confirm shows what a move of a period will do, with the form that makes it.
func (h *Web) confirm(w http.ResponseWriter, r *http.Request) error {
	return h.showConfirm(w, r, http.StatusOK, nil)
}

func (h *Web) showConfirm(w http.ResponseWriter, r *http.Request, status int, refused error) error {
	ctx, m := r.Context(), period.Move(r.PathValue("move"))
	found, err := h.Service.Confirmation(ctx, r.PathValue("id"), m)
	if err != nil {
		return err
	}
	p := confirmPage{Frame: h.Frame(r, moveTitle(ctx, m, found.ID)), Confirmation: found, move: m, typed: r.PostFormValue("tahun"), mistakes: ui.MistakesOf(ctx, refused, inputs)}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, confirm(p))
}

// back answers a form of the period's page: with that page and the fault if it was
// refused.
func (h *Web) back(w http.ResponseWriter, r *http.Request, result ui.Result, err error) error {
	if fault.Mistakes(err) || fault.Temporary(err) || period.IsRevoked(err) {
		return h.showCalendar(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/periode/"+r.PathValue("id"), result)
}
