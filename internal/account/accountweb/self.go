package accountweb

import (
	"net/http"
	"strconv"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

func (h *Web) selfPage(w http.ResponseWriter, r *http.Request) error {
	return h.showSelf(w, r, http.StatusOK, nil, nil, nil)
}

// showSelf shows a person's own page; typed is what they have changed of themselves
// in a form that was refused, and list and refused say why.
func (h *Web) showSelf(w http.ResponseWriter, r *http.Request, status int, typed *account.PersonForm, list ui.Mistakes, refused error) error {
	ctx := r.Context()
	me, err := h.Service.Self(ctx, Token(r))
	if err != nil {
		return err
	}
	units, err := h.Service.Units(ctx)
	if err != nil {
		return err
	}
	form, sentence := account.PersonForm{Name: me.Name, Phone: me.Phone, Language: me.Language, Version: me.Version}, ""
	if typed != nil {
		form = *typed
		form.Version, sentence = moved(ctx, typed.Version, me.Person, refused)
	}
	page := selfPage{h.Frame(r, i18n.T(ctx, "account.self")), me, units, form, sentence, h.Service.Now(), list}
	page.Frame.Here, page.Failed = "/saya", len(list) > 0
	return render.Page(w, r, status, self(page))
}

func (h *Web) saveSelf(w http.ResponseWriter, r *http.Request) error {
	typed := readPerson(r)
	err := h.Service.SaveSelf(r.Context(), typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		return h.showSelf(w, r, httpx.Status(kind), &typed, ui.MistakesOf(r.Context(), err), err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/saya")
}

func (h *Web) changePassword(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	err := h.Service.ChangePassword(ctx, r.PostFormValue("lama"), r.PostFormValue("sandi"), r.PostFormValue("ulang"), visit(r))
	switch kind := fault.KindOf(err); {
	case kind == fault.Invalid || fault.Temporary(err):
		return h.showSelf(w, r, httpx.Status(kind), nil, ui.MistakesOf(ctx, err), nil)
	case kind == fault.Throttle:
		return h.showSelf(w, r, httpx.Status(kind), nil, waits(w, r, "lama", err), nil)
	case err != nil:
		return err
	}
	return httpx.Saved(w, r, "/saya")
}

// waits says on a field how long to wait, and tells the browser too.
func waits(w http.ResponseWriter, r *http.Request, field string, err error) ui.Mistakes {
	if minutes, ok := fault.ArgsOf(err)["Minutes"].(int); ok {
		w.Header().Set("Retry-After", strconv.Itoa(minutes*60))
	}
	return ui.Mistakes{{Field: field, Text: i18n.T(r.Context(), fault.KeyOf(err), fault.ArgsOf(err))}}
}

func (h *Web) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.EndOwnSession(r.Context(), r.PathValue("session")); err != nil {
		return err
	}
	return httpx.Saved(w, r, "/saya")
}

func (h *Web) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.EndOtherSessions(r.Context(), Token(r)); err != nil {
		return err
	}
	return httpx.Saved(w, r, "/saya")
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
	tokens, err := h.Service.Choose(r.Context(), r.PostFormValue("sandi"), r.PostFormValue("ulang"), visit(r))
	if fault.KindOf(err) == fault.Invalid || fault.Temporary(err) {
		page.mistakes = ui.MistakesOf(r.Context(), err)
		return h.showChoose(w, r, httpx.Status(fault.KindOf(err)), page)
	}
	if err != nil {
		return err
	}
	return goOn(w, r, tokens, page.to)
}

func (h *Web) showChoose(w http.ResponseWriter, r *http.Request, status int, page choosePage) error {
	page.Frame = h.Frame(r, i18n.T(r.Context(), "account.choose"))
	page.Failed = len(page.mistakes) > 0
	return render.Page(w, r, status, choose(page))
}
