package evidenceweb

import (
	"context"
	"net/http"
	"net/url"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/web/ui"
)

// endorse handles the form with which a head endorses.
func (h *Web) endorse(w http.ResponseWriter, r *http.Request) error {
	return h.do(w, r, evidence.Endorse)
}

// revoke handles the form with which they revoke.
func (h *Web) revoke(w http.ResponseWriter, r *http.Request) error {
	return h.do(w, r, evidence.Revoke)
}

// confirmRevoke shows what revoking an endorsement will do, with the form that does it.
func (h *Web) confirmRevoke(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	s, head, err := h.Service.Revocable(r.Context(), r.PathValue("id"), query.Get("periode"), query.Get("perangkat"))
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(r.Context(), "evidence.revoke"))
	return render.Page(w, r, http.StatusOK, revoke(revokePage{sheetPage{Frame: frame, Sheet: s}, head}))
}

// do makes a move. If the content has changed meanwhile, the current page is shown
// with the fault.
func (h *Web) do(w http.ResponseWriter, r *http.Request, m evidence.Move) error {
	ctx, id, period := r.Context(), r.PathValue("id"), r.PostFormValue("periode")
	err := h.Service.Do(ctx, m, id, period, r.PostFormValue("perangkat"), r.PostFormValue("isi"))
	if kind := fault.KindOf(err); kind == fault.Conflict || fault.Temporary(err) {
		return h.showSheet(w, r, httpx.Status(kind), period, i18n.Fault(ctx, err))
	}
	if err != nil {
		return err
	}
	result := ui.Endorsed
	if m == evidence.Revoke {
		result = ui.EndorsementRevoked
	}
	after := url.Values{"periode": {period}, "tersimpan": {string(result)}}
	http.Redirect(w, r, httpx.Local("/inovasi/"+id)+"?"+after.Encode(), http.StatusSeeOther) //nolint:gosec // a path of this server
	return nil
}

func (h *Web) showSheet(w http.ResponseWriter, r *http.Request, status int, period, moved string) error {
	s, err := h.Service.Sheet(r.Context(), r.PathValue("id"), period)
	if err != nil {
		return err
	}
	mayEdit := s.Source == evidence.Now && innovation.MayEdit(actor.From(r.Context()), s.Today.AgencyID)
	return render.Page(w, r, status, sheet(sheetPage{Frame: h.Frame(r, s.Innovation.Name), Sheet: s, mayEdit: mayEdit, moved: moved}))
}

// office returns the name of a head's office: the agency, and how they hold it.
func office(ctx context.Context, acting account.Acting, agency string) string {
	args := i18n.Args{"Agency": agency}
	switch acting {
	case account.Plt:
		return i18n.T(ctx, "evidence.head_plt", args)
	case account.Plh:
		return i18n.T(ctx, "evidence.head_plh", args)
	case account.Definitif:
	}
	return i18n.T(ctx, "evidence.head", args)
}

// given returns a text with who endorsed, in which office, and when.
func given(ctx context.Context, p evidence.Sheet, e evidence.Endorsement) string {
	return i18n.T(ctx, "evidence.endorsed_by", i18n.Args{
		"Name": e.Name, "Office": office(ctx, e.Acting, e.AgencyName), "Moment": i18n.Moment(ctx, e.At),
	})
}
