package evidenceweb

import (
	"net/http"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// weak shows the weak evidence of a period, of one agency or of all.
func (h *Web) weak(w http.ResponseWriter, r *http.Request) error {
	frame, query := h.Frame(r, i18n.T(r.Context(), "evidence.weak")), r.URL.Query()
	list, err := h.Service.Weak(r.Context(), query.Get("periode"), query.Get("perangkat"), pageNumber(r))
	if fault.KeyOf(err) == "period.none_open" && query.Get("periode") == "" {
		return render.Page(w, r, http.StatusOK, ui.WithoutPeriod(frame))
	}
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, weak(weakPage{frame, list, len(actor.From(r.Context()).Assignments) > 0}))
}
