// Package indexweb serves the page of the index.
package indexweb

import (
	"net/http"

	"siida.id/internal/base/fault"
	"siida.id/internal/index"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web holds what the handlers need.
type Web struct {
	Service *index.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes is the feature's whole surface; app mounts it and a test walks it.
func (h *Web) Routes(handle func(pattern string, h httpx.Handler)) {
	handle("GET /indeks", h.index)
	handle("GET /indeks/{period}", h.index)
}

func (h *Web) index(w http.ResponseWriter, r *http.Request) error {
	frame := h.Frame(r, i18n.T(r.Context(), "index.title"))
	report, err := h.Service.Of(r.Context(), r.PathValue("period"))
	if fault.KindOf(err) == fault.NotFound && r.PathValue("period") == "" {
		return render.Page(w, r, http.StatusOK, none(frame))
	}
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, overview(reportPage{frame, report}))
}
