// Package notifyweb serves the home page and the list of everything to do.
package notifyweb

import (
	"context"
	"net/http"
	"strconv"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/page"
	"siida.id/internal/base/zone"
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
	handle("GET /tugas", h.tasks, may.SignedIn)
}

// found returns the home of the reader.
func (h *Web) found(r *http.Request, title string) (homePage, error) {
	ctx := r.Context()
	found, err := h.Service.Home(ctx)
	if err != nil {
		return homePage{}, err
	}
	return homePage{h.Frame(r, i18n.T(ctx, title)), found, today(ctx, found)}, nil
}

func today(ctx context.Context, h notify.Home) day.Day { return zone.Today(ctx, h.Now) }

// home redirects a visitor to the sign-in page.
func (h *Web) home(w http.ResponseWriter, r *http.Request) error {
	if !actor.From(r.Context()).SignedIn() {
		http.Redirect(w, r, "/masuk", http.StatusSeeOther)
		return nil
	}
	p, err := h.found(r, "notify.title")
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, home(p))
}

// stepsOnPage is the number of steps on a page of the list.
const stepsOnPage = 50

func (h *Web) tasks(w http.ResponseWriter, r *http.Request) error {
	p, err := h.found(r, "notify.tasks")
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(r.URL.Query().Get("halaman"))
	return render.Page(w, r, http.StatusOK, tasks(p, page.Cut(p.Steps, number, stepsOnPage)))
}
