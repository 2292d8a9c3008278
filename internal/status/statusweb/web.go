// Package statusweb serves the page on the state of the installation.
package statusweb

import (
	"net/http"
	"strconv"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/status"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *status.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /keadaan", h.look, may.Admin)
	handle("POST /keadaan/pekerjaan/{job}/coba-lagi", h.retryJob, may.Admin)
}

func (h *Web) look(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Service.Look(r.Context())
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, look(lookPage{h.Frame(r, i18n.T(r.Context(), "status.title")), found}))
}

func (h *Web) retryJob(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("job"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "fault.not_found").Because(err)
	}
	if err := h.Service.RetryJob(r.Context(), id); err != nil {
		return err
	}
	http.Redirect(w, r, "/keadaan", http.StatusSeeOther)
	return nil
}
