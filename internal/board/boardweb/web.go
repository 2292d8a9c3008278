// Package boardweb serves the progress board and its settings.
package boardweb

import (
	"net/http"
	"strconv"

	"siida.id/internal/base/fault"
	"siida.id/internal/board"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *board.Service
	Frame   func(r *http.Request, title string) ui.Frame
	Address func(r *http.Request) string // the program's public address, with its scheme
}

// inputs maps the fields of the thresholds to the inputs of their form.
var inputs = ui.Inputs{"quiet_days": "diam", "pace_days": "laju"}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /kemajuan", h.board, may.ReadBoard)
	handle("GET /kemajuan/pengaturan", h.settings, may.Lead)
	handle("POST /kemajuan/pengaturan", h.save, may.Lead)
}

// board shows the board: all groups, or the one that is chosen; what is no group is all.
func (h *Web) board(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p := boardPage{Frame: h.Frame(r, i18n.T(ctx, "board.title"))}
	var err error
	p.Board, err = h.Service.Board(ctx)
	if fault.KeyOf(err) == "period.none_open" {
		return render.Page(w, r, http.StatusOK, without(p.Frame))
	}
	if err != nil {
		return err
	}
	query := r.URL.Query()
	for _, g := range board.Groups() {
		if query.Get("kelompok") == string(g) {
			p.group = g
		}
	}
	p.remind(ctx, query.Get("pengingat"), h.Address(r))
	return render.Page(w, r, http.StatusOK, page(p))
}

func (h *Web) settings(w http.ResponseWriter, r *http.Request) error {
	t, err := h.Service.Thresholds(r.Context())
	if err != nil {
		return err
	}
	return h.form(w, r, http.StatusOK, board.Entry{QuietDays: strconv.Itoa(t.QuietDays), PaceDays: strconv.Itoa(t.PaceDays)}, nil)
}

func (h *Web) save(w http.ResponseWriter, r *http.Request) error {
	typed := board.Entry{QuietDays: r.PostFormValue("diam"), PaceDays: r.PostFormValue("laju")}
	err := h.Service.SetThresholds(r.Context(), typed)
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.form(w, r, httpx.Status(fault.KindOf(err)), typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/kemajuan")
}

func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, typed board.Entry, err error) error {
	ctx := r.Context()
	p := settingsPage{Frame: h.Frame(r, i18n.T(ctx, "board.settings")), typed: typed, mistakes: ui.MistakesOf(ctx, err, inputs)}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, settings(p))
}
