package evidenceweb

import (
	"net/http"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
)

// weak shows the weak evidence of a period, of one agency or of all.
func (h *Web) weak(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	list, err := h.Service.Weak(r.Context(), query.Get("periode"), query.Get("perangkat"), pageNumber(r))
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, weak(weakPage{h.Frame(r, i18n.T(r.Context(), "evidence.weak")), list}))
}
