// Package innovationweb serves the list of innovations and their profile form.
// The page of one innovation shows its answers and lies in evidenceweb.
package innovationweb

import (
	"net/http"
	"strconv"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/web/ui"
)

// Web holds what the handlers need.
type Web struct {
	Service *innovation.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes is the feature's whole surface; app mounts it and a test walks it.
func (h *Web) Routes(handle func(pattern string, h httpx.Handler)) {
	handle("GET /inovasi", h.list)
	handle("GET /inovasi/baru", h.blank)
	handle("POST /inovasi", h.register)
	handle("GET /inovasi/{id}/ubah", h.edit)
	handle("POST /inovasi/{id}/ubah", h.change)
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Service.List(r.Context())
	if err != nil {
		return err
	}
	p := listPage{Frame: h.Frame(r, i18n.T(r.Context(), "innovation.list_title")), innovations: found}
	p.mayRegister = innovation.MayRegister(actor.From(r.Context()))
	return render.Page(w, r, http.StatusOK, list(p))
}

func (h *Web) blank(w http.ResponseWriter, r *http.Request) error {
	return h.newForm(w, r, http.StatusOK, innovation.Form{}, nil)
}

func (h *Web) register(w http.ResponseWriter, r *http.Request) error {
	typed := typedForm(r)
	made, err := h.Service.Register(r.Context(), typed)
	if fault.KindOf(err) == fault.Invalid {
		return h.newForm(w, r, http.StatusUnprocessableEntity, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/inovasi/"+made.ID)
}

func (h *Web) edit(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Service.Editable(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return h.changeForm(w, r, http.StatusOK, found, innovation.FormOf(found), nil)
}

func (h *Web) change(w http.ResponseWriter, r *http.Request) error {
	id, typed := r.PathValue("id"), typedForm(r)
	_, err := h.Service.Change(r.Context(), id, typed)
	if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Conflict {
		found, again := h.Service.Editable(r.Context(), id)
		if again != nil {
			return again
		}
		return h.changeForm(w, r, httpx.Status(kind), found, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/inovasi/"+id)
}

func (h *Web) newForm(w http.ResponseWriter, r *http.Request, status int, typed innovation.Form, err error) error {
	ctx := r.Context()
	p := formPage{typed: typed, action: "/inovasi", back: ui.Link{Text: i18n.T(ctx, "innovation.list_title"), Href: "/inovasi"}}
	var failed error
	if p.owners, failed = h.Service.Owners(ctx); failed != nil {
		return failed
	}
	if len(p.owners) == 1 {
		p.typed.Agency = p.owners[0].ID
	}
	return h.form(w, r, status, "innovation.new_title", p, err)
}

func (h *Web) changeForm(w http.ResponseWriter, r *http.Request, status int, found innovation.Innovation, typed innovation.Form, err error) error {
	p := formPage{typed: typed, action: "/inovasi/" + found.ID + "/ubah", back: ui.Link{Text: found.Name, Href: "/inovasi/" + found.ID}, changes: true}
	if fault.KindOf(err) == fault.Conflict {
		p.stored, p.typed.Version = innovation.FormOf(found), found.Version
		p.moved = i18n.T(r.Context(), fault.KeyOf(err))
	}
	return h.form(w, r, status, "innovation.change_title", p, err)
}

// form shows p, whose title is that of key, with what err finds wrong.
func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, key string, p formPage, err error) error {
	ctx := r.Context()
	p.Frame, p.mistakes = h.Frame(r, i18n.T(ctx, key)), ui.MistakesOf(ctx, err)
	p.Failed = len(p.mistakes) > 0
	now, failed := h.Service.Periods.Current(ctx)
	switch {
	case fault.KindOf(failed) == fault.NotFound: // the page says who can help
	case failed != nil:
		return failed
	default:
		p.pack = now.Pack
	}
	return render.Page(w, r, status, form(p))
}

func typedForm(r *http.Request) innovation.Form {
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // anything else has moved on
	return innovation.Form{
		Agency: r.PostFormValue("perangkat"), Name: r.PostFormValue("nama"), Affair: r.PostFormValue("urusan"),
		TriedOn: r.PostFormValue("uji"), AppliedOn: r.PostFormValue("terap"), DevelopedOn: r.PostFormValue("kembang"), Design: r.PostFormValue("rancang"), Version: version,
	}
}
