// Package agencyweb serves the pages of agencies.
package agencyweb

import (
	"net/http"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web holds what the handlers need.
type Web struct {
	Service *agency.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes is the feature's whole surface; app mounts it and a test walks it.
func (h *Web) Routes(handle func(pattern string, h httpx.Handler)) {
	handle("GET /perangkat-daerah", h.list)
	handle("GET /perangkat-daerah/baru", h.blank)
	handle("POST /perangkat-daerah", h.add)
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	all, err := h.Service.All(r.Context())
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(r.Context(), "agency.list_title"))
	return render.Page(w, r, http.StatusOK, list(listPage{frame, all, agency.MayAdd(actor.From(r.Context()))}))
}

func (h *Web) blank(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.CheckAdd(r.Context()); err != nil {
		return err
	}
	return h.form(w, r, http.StatusOK, agency.Agency{}, nil)
}

func (h *Web) add(w http.ResponseWriter, r *http.Request) error {
	typed := agency.Agency{Name: r.PostFormValue("nama"), Kind: agency.Kind(r.PostFormValue("jenis"))}
	_, err := h.Service.Add(r.Context(), typed.Name, typed.Kind)
	if fault.KindOf(err) == fault.Invalid {
		return h.form(w, r, http.StatusUnprocessableEntity, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/perangkat-daerah")
}

func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, typed agency.Agency, err error) error {
	frame := h.Frame(r, i18n.T(r.Context(), "agency.new_title"))
	mistakes := ui.MistakesOf(r.Context(), err)
	frame.Failed = len(mistakes) > 0
	return render.Page(w, r, status, form(formPage{frame, typed, mistakes}))
}
