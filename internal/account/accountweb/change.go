package accountweb

import (
	"context"
	"net/http"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// endPage shows the form for the last day of an assignment.
func (h *Web) endPage(w http.ResponseWriter, r *http.Request) error {
	return h.showEnd(w, r, http.StatusOK, nil)
}

func (h *Web) showEnd(w http.ResponseWriter, r *http.Request, status int, refused error) error {
	ctx := r.Context()
	e, a, err := h.Service.Assignment(ctx, r.PathValue("id"), r.PathValue("assignment"))
	if err != nil {
		return err
	}
	now := h.Service.Now()
	if a.State(now) == account.Ended { // it can no longer be changed
		http.Redirect(w, r, "/orang/"+e.ID, http.StatusSeeOther)
		return nil
	}
	units, err := h.Service.Units(ctx)
	if err != nil {
		return err
	}
	page := endPage{
		Frame: h.Frame(r, i18n.T(ctx, "account.take_title")), Person: e.Person, task: a, units: units, now: now,
		last: r.PostFormValue("akhir"), mistakes: ui.MistakesOf(ctx, refused, inputs),
	}
	if page.waiting, err = h.Service.ReferencesTo(ctx, e.ID, a.Agency); err != nil {
		return err
	}
	page.Failed = len(page.mistakes) > 0
	return render.Page(w, r, status, askEnd(page))
}

// stopPage says what happens when a person is deactivated, before it is done.
func (h *Web) stopPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := h.Service.CheckCreate(ctx); err != nil {
		return err
	}
	e, err := h.Service.ByID(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	page := stopPage{Frame: h.Frame(r, i18n.T(ctx, "account.stop")), Entry: e, now: h.Service.Now()}
	if page.units, err = h.Service.Units(ctx); err != nil {
		return err
	}
	if page.waiting, err = h.Service.ReferencesTo(ctx, e.ID, ""); err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, askStop(page))
}

func (h *Web) end(w http.ResponseWriter, r *http.Request) error {
	err := h.Service.EndAssignment(r.Context(), r.PathValue("id"), r.PathValue("assignment"), r.PostFormValue("akhir"))
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.showEnd(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	return h.step(w, r, account.TaskForm{}, ui.AssignmentEnded, err)
}

// correctPage shows the form for the name and phone of another person.
func (h *Web) correctPage(w http.ResponseWriter, r *http.Request) error {
	e, err := h.Service.CheckCorrect(r.Context(), r.PathValue("id"))
	if err != nil {
		return h.step(w, r, account.TaskForm{}, "", err)
	}
	return h.showCorrect(w, r, http.StatusOK, e, account.PersonForm{Name: e.Name, Phone: e.Phone, Version: e.Version}, nil)
}

func (h *Web) showCorrect(w http.ResponseWriter, r *http.Request, status int, e account.Entry, typed account.PersonForm, refused error) error {
	ctx := r.Context()
	page := correctPage{Frame: h.Frame(r, i18n.T(ctx, "account.correct")), Person: e.Person, typed: typed, mistakes: ui.MistakesOf(ctx, refused, inputs)}
	page.Failed = len(page.mistakes) > 0
	page.typed, page.moved, ctx = resolve(ctx, page.Frame, typed, account.PersonForm{Name: e.Name, Phone: e.Phone, Version: e.Version}, e.Person, refused)
	return render.Page(w, r.WithContext(ctx), status, correct(page))
}

// resolve is ui.Resolve for the profile of a person.
func resolve(ctx context.Context, f ui.Frame, typed, stored account.PersonForm, now account.Person, refused error) (form account.PersonForm, above string, page context.Context) {
	return ui.Resolve(ctx, f, refused, ui.Conflict[audit.Event]{
		Subject: audit.Person.Of(now.ID), Events: account.ProfileEvents(), What: now.Name, Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "language" {
				return languageName(ctx, value)
			}
			return value
		},
	}, typed, stored)
}

func (h *Web) correct(w http.ResponseWriter, r *http.Request) error {
	ctx, id, typed := r.Context(), r.PathValue("id"), readPerson(r)
	err := h.Service.Correct(ctx, id, typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		e, again := h.Service.CheckCorrect(ctx, id)
		if again != nil {
			return h.step(w, r, account.TaskForm{}, "", again)
		}
		return h.showCorrect(w, r, httpx.Status(kind), e, typed, err)
	}
	if err != nil {
		return h.step(w, r, account.TaskForm{}, "", err)
	}
	return httpx.Saved(w, r, "/orang/"+id)
}
