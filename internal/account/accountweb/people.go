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

func (h *Web) peoplePage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	number, _ := strconv.Atoi(r.FormValue("hal")) // not a number: the first page
	f := account.Filter{Agency: r.FormValue("perangkat"), Role: actor.Role(r.FormValue("peran")), Number: number}
	list, err := h.Service.List(ctx, f)
	if err != nil {
		return err
	}
	units, err := h.Service.Units(ctx)
	if err != nil {
		return err
	}
	demands, err := h.Service.DemandsFactor(ctx)
	if err != nil {
		return err
	}
	logins, err := h.Service.LoginStatuses(ctx, list.People...)
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(ctx, "account.people"))
	page := peoplePage{frame, list, f, units, account.MayMake(actor.From(ctx)), demands, logins, h.Service.Now()}
	return render.Page(w, r, http.StatusOK, people(page))
}

func (h *Web) newPage(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.CheckCreate(r.Context()); err != nil {
		return err
	}
	return h.showNew(w, r, http.StatusOK, newPage{})
}

func (h *Web) showNew(w http.ResponseWriter, r *http.Request, status int, page newPage) (err error) {
	if page.units, err = h.Service.Units(r.Context()); err != nil {
		return err
	}
	page.Frame = h.Frame(r, i18n.T(r.Context(), "account.make"))
	page.Here = "/orang/baru"
	page.Failed = len(page.mistakes) > 0
	return render.Page(w, r, status, newPerson(page))
}

// create answers with the page of the invite code itself: there is no address at
// which the code could be shown again.
func (h *Web) create(w http.ResponseWriter, r *http.Request) error {
	page := newPage{form: readPerson(r), task: readTask(r)}
	made, err := h.Service.Create(r.Context(), page.form, page.task)
	if fault.Mistakes(err) || fault.Temporary(err) {
		page.mistakes = ui.MistakesOf(r.Context(), err, inputs)
		return h.showNew(w, r, httpx.Status(fault.KindOf(err)), page)
	}
	if err != nil {
		return err
	}
	return h.showInvite(w, r, made)
}

func (h *Web) showInvite(w http.ResponseWriter, r *http.Request, made account.InviteCode) error {
	page := invitePage{h.Frame(r, i18n.T(r.Context(), "account.slip")), made}
	page.Here = "/orang/" + made.Person.ID
	return render.Page(w, r, http.StatusOK, invite(page))
}

func (h *Web) personPage(w http.ResponseWriter, r *http.Request) error {
	return h.showPerson(w, r, http.StatusOK, personPage{})
}

func (h *Web) showPerson(w http.ResponseWriter, r *http.Request, status int, page personPage) (err error) {
	ctx, who := r.Context(), actor.From(r.Context())
	if page.Entry, err = h.Service.ByID(ctx, r.PathValue("id")); err != nil {
		return err
	}
	if page.units, err = h.Service.Units(ctx); err != nil {
		return err
	}
	logins, err := h.Service.LoginStatuses(ctx, page.Entry)
	if err != nil {
		return err
	}
	page.login = logins[page.ID]
	page.mayMake, page.mayIssue, page.own = account.MayMake(who), h.Service.MayIssue(who, page.Entry), who.ID == page.ID
	page.mayCorrect = h.Service.MayCorrect(who, page.Entry)
	page.now, page.Frame = h.Service.Now(), h.Frame(r, page.Name)
	page.Here, page.Failed = "/orang/"+page.ID, len(page.mistakes) > 0
	return render.Page(w, r, status, person(page))
}

// step answers a form of a person's page: with that page, the fault and what was
// typed if it was refused.
func (h *Web) step(w http.ResponseWriter, r *http.Request, typed account.TaskForm, result ui.Result, err error) error {
	switch kind := fault.KindOf(err); {
	case fault.Mistakes(err) || fault.Temporary(err):
		page := personPage{typed: typed, mistakes: ui.MistakesOf(r.Context(), err, inputs)}
		return h.showPerson(w, r, httpx.Status(kind), page)
	case kind == fault.Conflict:
		return h.showPerson(w, r, http.StatusConflict, personPage{refused: i18n.T(r.Context(), fault.KeyOf(err), fault.ArgsOf(err))})
	case err != nil:
		return err
	}
	return httpx.Done(w, r, "/orang/"+r.PathValue("id"), result)
}

func (h *Web) assign(w http.ResponseWriter, r *http.Request) error {
	typed := readTask(r)
	return h.step(w, r, typed, ui.Assigned, h.Service.Assign(r.Context(), r.PathValue("id"), typed))
}

func (h *Web) stop(w http.ResponseWriter, r *http.Request) error {
	return h.step(w, r, account.TaskForm{}, ui.Deactivated, h.Service.SetActive(r.Context(), r.PathValue("id"), false))
}

func (h *Web) start(w http.ResponseWriter, r *http.Request) error {
	return h.step(w, r, account.TaskForm{}, ui.Activated, h.Service.SetActive(r.Context(), r.PathValue("id"), true))
}

func (h *Web) codePage(w http.ResponseWriter, r *http.Request) error {
	e, err := h.Service.CheckCode(r.Context(), r.PathValue("id"))
	if err != nil {
		return h.step(w, r, account.TaskForm{}, "", err)
	}
	return render.Page(w, r, http.StatusOK, askCode(codePage{h.Frame(r, i18n.T(r.Context(), "account.code_make")), e.Person}))
}

func (h *Web) issue(w http.ResponseWriter, r *http.Request) error {
	made, err := h.Service.IssueCode(r.Context(), r.PathValue("id"))
	if err != nil {
		return h.step(w, r, account.TaskForm{}, "", err)
	}
	return h.showInvite(w, r, made)
}

func (h *Web) resetFactor(w http.ResponseWriter, r *http.Request) error {
	return h.step(w, r, account.TaskForm{}, ui.FactorReset, h.Service.ResetFactor(r.Context(), r.PathValue("id")))
}

func (h *Web) demandFactor(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.SetDemand(r.Context(), r.PostFormValue("wajib") != ""); err != nil {
		return err
	}
	return httpx.Saved(w, r, "/orang")
}

func readPerson(r *http.Request) account.PersonForm {
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // not a number: a conflict
	return account.PersonForm{
		Name: r.PostFormValue("lengkap"), Login: r.PostFormValue("nama"),
		Phone: r.PostFormValue("telepon"), Language: r.PostFormValue("bahasa"), Version: version,
	}
}

func readTask(r *http.Request) account.TaskForm {
	return account.TaskForm{
		Role: r.PostFormValue("peran"), Agency: r.PostFormValue("perangkat"), Acting: r.PostFormValue("sebagai"),
		From: r.PostFormValue("mulai"), Until: r.PostFormValue("sampai"),
		Number: r.PostFormValue("nomor"), Day: r.PostFormValue("tanggal"), Subject: r.PostFormValue("tentang"),
	}
}
