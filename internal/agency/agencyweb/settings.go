package agencyweb

import (
	"net/http"

	"siida.id/internal/agency"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

func (h *Web) settings(w http.ResponseWriter, r *http.Request) error {
	return h.settingsForm(w, r, http.StatusOK, nil)
}

func (h *Web) settingsForm(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	if err := h.Service.CheckAdd(ctx); err != nil {
		return err
	}
	p := settingsPage{
		Frame: h.Frame(r, i18n.T(ctx, "agency.settings_title")), typed: r.PostFormValue("nama"), mistakes: ui.MistakesOf(ctx, err, inputs),
	}
	p.Failed = len(p.mistakes) > 0
	var failed error
	if p.Settings, failed = h.Service.Settings(ctx); failed != nil {
		return failed
	}
	if p.kinds, failed = h.Service.Kinds(ctx); failed != nil {
		return failed
	}
	return render.Page(w, r, status, settings(p))
}

func (h *Web) decide(w http.ResponseWriter, r *http.Request) error {
	chosen := r.PostFormValue("induk_menyetujui")
	var check fault.Check
	check.That(chosen == "ya" || chosen == "tidak", "parent_endorses", "agency.endorse_choose")
	if err := check.Err(); err != nil {
		return h.settingsForm(w, r, http.StatusUnprocessableEntity, err)
	}
	to := agency.Settings{ParentEndorses: chosen == "ya"}
	if err := h.Service.SaveSettings(r.Context(), to); err != nil {
		return err
	}
	return httpx.Saved(w, r, "/perangkat-daerah/pengaturan")
}

func (h *Web) addKind(w http.ResponseWriter, r *http.Request) error {
	err := h.Service.AddKind(r.Context(), r.PostFormValue("nama"))
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.settingsForm(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/perangkat-daerah/pengaturan")
}
