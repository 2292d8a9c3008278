package accountweb

import (
	"net/http"

	"siida.id/internal/account"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

func (h *Web) selfPage(w http.ResponseWriter, r *http.Request) error {
	return h.showSelf(w, r, http.StatusOK, nil, nil, nil)
}

// ShowSelf answers with the page of one's own account and the mistakes in its forms.
func (h *Web) ShowSelf(w http.ResponseWriter, r *http.Request, status int, mistakes ui.Mistakes) error {
	return h.showSelf(w, r, status, nil, mistakes, nil)
}

// showSelf shows a person's own page. If the form of their profile was refused, typed
// is its content, list its mistakes and refused the fault.
func (h *Web) showSelf(w http.ResponseWriter, r *http.Request, status int, typed *account.PersonForm, list ui.Mistakes, refused error) error {
	ctx := r.Context()
	me, err := h.Service.Self(ctx)
	if err != nil {
		return err
	}
	access, err := h.Access(r, me.Login, list)
	if err != nil {
		return err
	}
	units, err := h.Service.Units(ctx)
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(ctx, "account.self"))
	form, sentence := account.PersonForm{Name: me.Name, Phone: me.Phone, Language: me.Language, Version: me.Version}, ""
	if typed != nil {
		form, sentence, ctx = resolve(ctx, frame, *typed, form, me.Person, refused)
	}
	page := selfPage{frame, me, units, form, sentence, h.Service.Now(), list, access}
	page.Here, page.Failed = "/saya", len(list) > 0
	return render.Page(w, r.WithContext(ctx), status, self(page))
}

func (h *Web) saveSelf(w http.ResponseWriter, r *http.Request) error {
	typed := readPerson(r)
	err := h.Service.SaveSelf(r.Context(), typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		return h.showSelf(w, r, httpx.Status(kind), &typed, ui.MistakesOf(r.Context(), err, inputs), err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/saya")
}
