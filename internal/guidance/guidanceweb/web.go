// Package guidanceweb serves the form of guidance and samples, and the part of an
// indicator's page that shows them.
package guidanceweb

import (
	"net/http"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service  *guidance.Service
	Frame    func(r *http.Request, title string) ui.Frame
	MaxBytes int64 // of the largest file, in bytes
}

// inputs maps the fields of guidance and a sample to the inputs of their forms.
var inputs = ui.Inputs{
	"words":   "panduan",
	"verdict": "contoh", "caption": "keterangan", fault.File: "berkas",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /panduan/{period}/{code}", h.editPage, may.Lead)
	handle("POST /panduan/{period}/{code}", h.set, may.Lead)
	handle("POST /panduan/{period}/{code}/contoh", h.showSample, may.Lead, httpx.Upload, httpx.Creates("/panduan/{period}/{code}", ui.Saved))
	handle("POST /panduan/{period}/{code}/hapus-contoh", h.dropSample, may.Lead)
	handle("GET /contoh/{id}", h.sample, may.Appointed, httpx.Noted)
}

func (h *Web) editPage(w http.ResponseWriter, r *http.Request) error {
	g, err := h.Service.ByCode(r.Context(), r.PathValue("period"), r.PathValue("code"))
	if err != nil {
		return err
	}
	return h.showEdit(w, r, http.StatusOK, editPage{Details: g, typed: g.Guidance.Words, version: g.Guidance.Version}, nil)
}

func (h *Web) showEdit(w http.ResponseWriter, r *http.Request, status int, p editPage, err error) error {
	p.Frame = h.Frame(r, i18n.T(r.Context(), "guidance.title", i18n.Args{"Name": p.Indicator.Name}))
	p.mistakes = ui.MistakesOf(r.Context(), err, inputs)
	p.Failed, p.maxBytes = len(p.mistakes) > 0, h.MaxBytes
	return render.Page(w, r, status, edit(p))
}

// wordsForm is the form of the words, for ui.Resolve.
type wordsForm struct {
	Words   string
	Version int64
}

func formOf(g guidance.Guidance) wordsForm { return wordsForm{g.Words, g.Version} }

func (h *Web) set(w http.ResponseWriter, r *http.Request) error {
	ctx, period, code, words := r.Context(), r.PathValue("period"), r.PathValue("code"), r.PostFormValue("panduan")
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // not a number: a conflict
	err := h.Service.Set(ctx, period, code, words, version)
	if err == nil {
		return httpx.Saved(w, r, r.URL.Path)
	}
	if !fault.KeepsForm(err) {
		return err
	}
	g, failed := h.Service.ByCode(ctx, period, code)
	if failed != nil {
		return failed
	}
	form, moved, ctx := ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.Guidance.Of(period, code), Events: []audit.Event{guidance.EventWritten}, What: g.Indicator.Name, Inputs: inputs,
	}, wordsForm{words, version}, formOf(g.Guidance))
	return h.showEdit(w, r.WithContext(ctx), httpx.Status(fault.KindOf(err)), editPage{Details: g, typed: form.Words, version: form.Version, moved: moved}, err)
}
