package authweb

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Access returns the part of the page of one's own account for password, second
// factor and sessions.
func (h *Web) Access(r *http.Request, login string, mistakes ui.Mistakes) (templ.Component, error) {
	sessions, here, err := h.Service.Sessions(r.Context(), Token(r))
	if err != nil {
		return nil, err
	}
	return access(accessPart{login, sessions, here, mistakes}), nil
}

func (h *Web) changePassword(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	tokens, err := h.Service.ChangePassword(ctx, r.PostFormValue("lama"), r.PostFormValue("sandi"), r.PostFormValue("ulang"), clientInfo(r))
	switch kind := fault.KindOf(err); {
	case fault.Mistakes(err) || fault.Temporary(err):
		return h.ShowSelf(w, r, httpx.Status(kind), ui.MistakesOf(ctx, err, inputs))
	case kind == fault.Throttle:
		return h.ShowSelf(w, r, httpx.Status(kind), throttled(w, r, "lama", err))
	case err != nil:
		return err
	}
	setCookies(w, r, tokens)
	return httpx.Done(w, r, "/saya", ui.PasswordChanged)
}

// throttled returns a mistake of the field with the minutes to wait, and sets
// Retry-After.
func throttled(w http.ResponseWriter, r *http.Request, field string, err error) ui.Mistakes {
	if minutes, ok := fault.ArgsOf(err)["Minutes"].(int); ok {
		w.Header().Set("Retry-After", strconv.Itoa(minutes*60))
	}
	return ui.Mistakes{{Field: field, Text: i18n.T(r.Context(), fault.KeyOf(err), fault.ArgsOf(err))}}
}

func (h *Web) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.EndOwnSession(r.Context(), r.PathValue("session")); err != nil {
		return err
	}
	return httpx.Done(w, r, "/saya", ui.SessionsEnded)
}

func (h *Web) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.EndOtherSessions(r.Context(), Token(r)); err != nil {
		return err
	}
	return httpx.Done(w, r, "/saya", ui.SessionsEnded)
}

func (h *Web) choosePage(w http.ResponseWriter, r *http.Request) error {
	if actor.From(r.Context()).SignedIn() { // the password has been chosen
		http.Redirect(w, r, "/saya", http.StatusSeeOther)
		return nil
	}
	p, err := h.Service.Choosing(r.Context(), Token(r))
	if err != nil {
		return err
	}
	return h.showChoose(w, r, http.StatusOK, choosePage{to: httpx.Local(r.FormValue("ke")), login: p.Login})
}

func (h *Web) choose(w http.ResponseWriter, r *http.Request) error {
	page := choosePage{to: httpx.Local(r.PostFormValue("ke"))}
	tokens, err := h.Service.Choose(r.Context(), r.PostFormValue("sandi"), r.PostFormValue("ulang"), clientInfo(r))
	if fault.Mistakes(err) || fault.Temporary(err) {
		page.mistakes = ui.MistakesOf(r.Context(), err, inputs)
		return h.showChoose(w, r, httpx.Status(fault.KindOf(err)), page)
	}
	if err != nil {
		return err
	}
	return continueSignIn(w, r, tokens, page.to)
}

func (h *Web) showChoose(w http.ResponseWriter, r *http.Request, status int, page choosePage) error {
	page.Frame = h.Frame(r, i18n.T(r.Context(), "auth.choose"))
	page.Failed = len(page.mistakes) > 0
	return render.Page(w, r, status, choose(page))
}
