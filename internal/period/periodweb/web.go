// Package periodweb serves the page of periods.
package periodweb

import (
	"net/http"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/period"
	"siida.id/web/ui"
)

// Web holds what the handlers need.
type Web struct {
	Service *period.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes is the feature's whole surface; app mounts it and a test walks it.
func (h *Web) Routes(handle func(pattern string, h httpx.Handler)) {
	handle("GET /periode", h.list)
	handle("POST /periode", h.open)
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, nil)
}

func (h *Web) open(w http.ResponseWriter, r *http.Request) error {
	_, err := h.Service.Open(r.Context(), r.PostFormValue("paket"))
	if fault.KindOf(err) == fault.Invalid {
		return h.show(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/periode")
}

func (h *Web) show(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	p := listPage{Frame: h.Frame(r, i18n.T(ctx, "period.list_title")), mistakes: ui.MistakesOf(ctx, err)}
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
