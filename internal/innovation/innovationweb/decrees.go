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

func (h *Web) decrees(w http.ResponseWriter, r *http.Request) (err error) {
	ctx := r.Context()
	p := decreesPage{Frame: h.Frame(r, i18n.T(ctx, "innovation.decrees_title")), mayEnter: innovation.MayDecree(actor.From(ctx))}
	if p.decrees, err = h.Service.Decrees(ctx); err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, decrees(p))
}

func (h *Web) decree(w http.ResponseWriter, r *http.Request) error {
	return h.showDecree(w, r, http.StatusOK, nil)
}

func (h *Web) blankDecree(w http.ResponseWriter, r *http.Request) error {
	return h.newDecree(w, r, http.StatusOK, innovation.DecreeForm{}, nil)
}

func (h *Web) enterDecree(w http.ResponseWriter, r *http.Request) error {
	typed := typedDecree(r)
	made, err := h.Service.EnterDecree(r.Context(), typed)
	if fault.KindOf(err) == fault.Invalid || fault.Temporary(err) {
		return h.newDecree(w, r, httpx.Status(fault.KindOf(err)), typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/sk/"+made.ID)
}

func (h *Web) editDecree(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := innovation.CheckDecree(ctx); err != nil {
		return err
	}
	found, err := h.Service.Decree(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	return h.oldDecree(w, r, http.StatusOK, found, innovation.DecreeFormOf(found), nil)
}

func (h *Web) changeDecree(w http.ResponseWriter, r *http.Request) error {
	ctx, id, typed := r.Context(), r.PathValue("id"), typedDecree(r)
	_, err := h.Service.ChangeDecree(ctx, id, typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		found, again := h.Service.Decree(ctx, id)
		if again != nil {
			return again
		}
		return h.oldDecree(w, r, httpx.Status(kind), found, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/sk/"+id)
}

func (h *Web) newDecree(w http.ResponseWriter, r *http.Request, status int, typed innovation.DecreeForm, err error) error {
	ctx := r.Context()
	if refused := innovation.CheckDecree(ctx); refused != nil {
		return refused
	}
	p := decreeFormPage{typed: typed, action: "/sk", back: ui.Link{Text: i18n.T(ctx, "innovation.decrees_title"), Href: "/sk"}}
	return h.decreeForm(w, r, status, "innovation.decree_new", p, err)
}

func (h *Web) oldDecree(w http.ResponseWriter, r *http.Request, status int, found innovation.DecreeSheet, typed innovation.DecreeForm, err error) error {
	p := decreeFormPage{typed: typed, action: "/sk/" + found.ID + "/ubah", back: ui.Link{Text: found.Number, Href: "/sk/" + found.ID}}
	if fault.KindOf(err) == fault.Conflict {
		p.stored = innovation.DecreeFormOf(found)
		p.typed.Version = found.Version
		p.moved = i18n.T(r.Context(), fault.KeyOf(err))
	}
	return h.decreeForm(w, r, status, "innovation.decree_change", p, err)
}

func (h *Web) decreeForm(w http.ResponseWriter, r *http.Request, status int, key string, p decreeFormPage, err error) (failed error) {
	ctx := r.Context()
	p.Frame, p.mistakes = h.Frame(r, i18n.T(ctx, key)), ui.MistakesOf(ctx, err)
	p.Failed = len(p.mistakes) > 0
	if p.innovations, failed = h.Service.List(ctx); failed != nil {
		return failed
	}
	return render.Page(w, r, status, decreeForm(p))
}

func typedDecree(r *http.Request) innovation.DecreeForm {
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // anything else has moved on
	return innovation.DecreeForm{
		Number: r.PostFormValue("nomor"), Day: r.PostFormValue("tanggal"), Subject: r.PostFormValue("tentang"), Implementers: r.PostFormValue("pelaksana"),
		Innovations: r.PostForm["inovasi"], Version: version,
	}
}
