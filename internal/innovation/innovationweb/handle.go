package innovationweb

import (
	"net/http"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/web/ui"
)

func (h *Web) handling(w http.ResponseWriter, r *http.Request) error {
	return h.handle(w, r, http.StatusOK, handlePage{}, nil)
}

func (h *Web) handle(w http.ResponseWriter, r *http.Request, status int, p handlePage, err error) (failed error) {
	ctx := r.Context()
	if p.Handling, failed = h.Service.Handling(ctx, r.PathValue("id")); failed != nil {
		return failed
	}
	p.Frame, p.mistakes = h.Frame(r, i18n.T(ctx, "innovation.handle_title")), ui.MistakesOf(ctx, err, inputs)
	p.Failed = len(p.mistakes) > 0
	p.same = innovation.SameNameOf(err)
	if fault.KindOf(err) == fault.Conflict {
		p.refused = i18n.Fault(ctx, err)
	}
	who := actor.From(ctx)
	p.mayEdit, p.mayAsk = innovation.MayEdit(who, p.AgencyID), innovation.MayAsk(who, p.AgencyID)
	p.mayAnswer = p.Transfer != nil && innovation.MayEdit(who, p.Transfer.To)
	p.back = ui.Link{Text: i18n.T(ctx, "innovation.list_title"), Href: "/inovasi"}
	if innovation.MayRead(who, p.AgencyID) {
		p.back = ui.Link{Text: p.Name, Href: "/inovasi/" + p.ID}
	}
	return render.Page(w, r, status, handle(p))
}

// changeState withdraws, archives or restores.
func (h *Web) changeState(m innovation.Move) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		reason, detail := r.PostFormValue("alasan"), r.PostFormValue("alasan")
		if m == innovation.Restore {
			detail = r.PostFormValue("nama-sama")
		}
		err := h.Service.Do(r.Context(), r.PathValue("id"), m, detail)
		if fault.KeepsForm(err) {
			return h.handle(w, r, httpx.Status(fault.KindOf(err)), handlePage{reason: reason}, err)
		}
		if err != nil {
			return err
		}
		return httpx.Done(w, r, "/inovasi/"+r.PathValue("id")+"/pindah", moved[m])
	}
}

// moved has the results of the moves, answered those of the answers to a transfer.
var (
	moved = map[innovation.Move]ui.Result{
		innovation.Withdraw: ui.InnovationWithdrawn, innovation.Archive: ui.InnovationArchived, innovation.Restore: ui.InnovationRestored,
	}
	answered = map[innovation.Answer]ui.Result{
		innovation.Accept: ui.TransferAccepted, innovation.Refuse: ui.TransferRefused, innovation.Cancel: ui.TransferCancelled,
	}
)

func (h *Web) ask(w http.ResponseWriter, r *http.Request) error {
	to, note := r.PostFormValue("tujuan-pindah"), r.PostFormValue("catatan")
	err := h.Service.AskTransfer(r.Context(), r.PathValue("id"), to, note)
	if fault.Mistakes(err) || fault.Temporary(err) || innovation.IsOver(err) {
		return h.handle(w, r, httpx.Status(fault.KindOf(err)), handlePage{to: to, note: note}, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi/"+r.PathValue("id")+"/pindah", ui.TransferAsked)
}

// answer redirects to the list: a person who has refused an innovation, or
// transferred one, may no longer read it.
func (h *Web) answer(w http.ResponseWriter, r *http.Request) error {
	err := h.Service.AnswerTransfer(r.Context(), r.PathValue("id"), innovation.Answer(r.PathValue("answer")), r.PostFormValue("nama-sama"))
	if fault.Mistakes(err) || fault.Temporary(err) || innovation.IsOver(err) {
		return h.handle(w, r, httpx.Status(fault.KindOf(err)), handlePage{}, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi", answered[innovation.Answer(r.PathValue("answer"))])
}
