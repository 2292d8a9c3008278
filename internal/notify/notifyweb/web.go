// Package notifyweb serves the home page.
package notifyweb

import (
	"net/http"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/notify"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *notify.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /{$}", h.home, may.Anyone)
}

// home redirects a visitor to the sign-in page.
func (h *Web) home(w http.ResponseWriter, r *http.Request) error {
	if !actor.From(r.Context()).SignedIn() {
		http.Redirect(w, r, "/masuk", http.StatusSeeOther)
		return nil
	}
	found, err := h.Service.Home(r.Context())
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, home(homePage{h.Frame(r, i18n.T(r.Context(), "notify.title")), found}))
}
