// Package evidenceweb serves the page of an innovation with its answers, the page of
// each indicator, and the files of documents.
package evidenceweb

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/file"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/period"
	"siida.id/internal/question"
	"siida.id/internal/question/questionweb"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service  *evidence.Service
	Frame    func(r *http.Request, title string) ui.Frame
	MaxBytes int64 // of the largest file, in bytes
	// Guidance is the part of an indicator's page with its guidance.
	Guidance func(p period.Period, code string, s guidance.Shown) templ.Component
}

// inputs maps the fields of an answer, its evidence and a reason to the inputs of
// their forms.
var inputs = ui.Inputs{
	"choice": "pilihan", "reuse": "pakai", "kind": "jenis",
	"number": "nomor", "day": "tanggal", "subject": "tentang", "issuer": "penerbit",
	"address": "alamat", fault.File: "berkas",
	"reason": "alasan",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /inovasi/{id}", h.sheet, may.ReadInnovation)
	handle("GET /inovasi/{id}/cetak", h.showPrint, may.ReadInnovation)
	handle("POST /inovasi/{id}/sahkan", h.endorse, may.EndorseInnovation)
	handle("GET /inovasi/{id}/cabut", h.confirmRevoke, may.EndorseInnovation)
	handle("POST /inovasi/{id}/cabut", h.revoke, may.EndorseInnovation)
	handle("GET /inovasi/{id}/{period}/{code}", h.question, may.ReadInnovation)
	handle("POST /inovasi/{id}/{period}/{code}", h.save, may.EditInnovation, httpx.Upload, httpx.Creates("/inovasi/{id}/{period}/{code}", ui.Saved))
	handle("POST /inovasi/{id}/{period}/{code}/lepas", h.detach, may.EditInnovation)
	handle("POST /inovasi/{id}/{period}/{code}/urungkan", h.reattach, may.EditInnovation)
	handle("GET /bukti-lemah", h.weak, may.SignedIn)
	handle("GET /bukti/{id}", h.file, may.ReadInnovation, httpx.Noted)
	handle("GET /bukti/{id}/alasan", h.reason, may.ReadInnovation)
	handle("POST /bukti/{id}/alasan", h.giveReason, may.ReadInnovation)
	handle("GET /bukti/{id}/dibuka", h.openings, may.Lead)
}

func (h *Web) sheet(w http.ResponseWriter, r *http.Request) error {
	return h.showSheet(w, r, http.StatusOK, r.URL.Query().Get("periode"), "")
}

func (h *Web) showPrint(w http.ResponseWriter, r *http.Request) error {
	p, err := h.Service.Printed(r.Context(), r.PathValue("id"), r.URL.Query().Get("periode"))
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, printPage(printedPage{h.Frame(r, p.Innovation.Name), p}))
}

func (h *Web) question(w http.ResponseWriter, r *http.Request) error {
	q, err := h.found(r)
	if err != nil {
		return err
	}
	return h.show(w, r, http.StatusOK, questionPage{
		Question: q, version: q.Answer.Version, typed: evidence.Entry{Choice: question.Choice(q.Answer.Basis, q.Answer.Level), Marked: q.Answer.Marked},
	}, nil)
}

// stored returns the form of the stored answer.
func stored(q evidence.Question) evidence.Entry {
	return evidence.Entry{Choice: question.Choice(q.Answer.Basis, q.Answer.Level), Marked: q.Answer.Marked, Version: q.Answer.Version}
}

func (h *Web) found(r *http.Request) (evidence.Question, error) {
	return h.Service.Question(r.Context(), r.PathValue("id"), r.PathValue("period"), r.PathValue("code"))
}

// save reads a form whose file is stored while it arrives. A refused form is shown
// again with all that was typed and the uploaded file.
func (h *Web) save(w http.ResponseWriter, r *http.Request) error {
	ctx, id, period, code := r.Context(), r.PathValue("id"), r.PathValue("period"), r.PathValue("code")
	var sent file.Record
	form, refused, err := httpx.ReadUpload(r, "berkas", func(name string, bytes io.Reader) (err error) {
		sent, err = h.Service.Receive(ctx, id, period, code, name, bytes)
		return err
	})
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(form.Get("versi"), 10, 64) // not a number: a conflict
	e := evidence.Entry{
		Choice: form.Get("pilihan"), Marked: form.Get("selesai") == "ya", Version: version, Kind: form.Get("jenis"),
		Number: form.Get("nomor"), Day: form.Get("tanggal"), Subject: form.Get("tentang"), Issuer: form.Get("penerbit"),
		Address: form.Get("alamat"), FileID: form.Get("terkirim"), Reuse: form.Get("pakai"),
	}
	if sent.ID != "" && refused == nil {
		e.FileID, e.Received = sent.ID, sent
	}
	err = h.Service.Save(ctx, id, period, code, e, refused)
	switch {
	case err == nil:
		return httpx.Saved(w, r, r.URL.Path)
	case !fault.KeepsForm(err):
		return err
	}
	return h.again(w, r, e, err)
}

// again shows the form with what was typed. After a conflict it has the stored
// version, so that it can be saved again.
func (h *Web) again(w http.ResponseWriter, r *http.Request, e evidence.Entry, err error) error {
	ctx := r.Context()
	q, failed := h.found(r)
	if failed != nil {
		return failed
	}
	p := questionPage{Question: q, refused: true}
	if e.FileID != "" {
		pending, failed := h.Service.PendingFile(r.Context(), q.Innovation.ID, e.FileID)
		if failed != nil && fault.KindOf(failed) != fault.NotFound {
			return failed
		}
		p.pendingFile = pending
	}
	p.typed, p.moved, ctx = ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.Answer.Of(q.Innovation.ID, q.Period.ID, q.Indicator.Code), Events: evidence.AnswerEvents(), What: q.Indicator.Name, Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "choice" {
				return questionweb.Chosen(ctx, q.Indicator, value)
			}
			return value
		},
	}, e, stored(q))
	p.version = p.typed.Version
	if c := creating.From(ctx); c != nil {
		for _, d := range q.Proofs {
			if d.ID == c.Before {
				sent := p.typed
				if p.typed = sent.Again(d, p.pendingFile); p.typed == sent {
					continue
				}
				p.moved += " " + i18n.T(ctx, "evidence.stored_before", i18n.Args{"Name": d.Subject})
			}
		}
		if p.typed.FileID == "" {
			p.pendingFile = file.Record{}
		}
	}
	if q.Closed != nil { // which the page shows anyway
		p.moved = ""
	}
	r = r.WithContext(ctx)
	return h.show(w, r, httpx.Status(fault.KindOf(err)), p, err)
}

func (h *Web) show(w http.ResponseWriter, r *http.Request, status int, p questionPage, err error) error {
	ctx := r.Context()
	p.Frame = h.Frame(r, strconv.Itoa(p.Indicator.Number)+" "+p.Indicator.Name)
	if document := r.URL.Query().Get("urungkan"); document != "" && p.MayEdit {
		w.Header().Set("Cache-Control", "private, no-store") // Back asks whether it is undone
		if slices.ContainsFunc(p.Proofs, func(d evidence.Document) bool { return d.ID == document }) {
			p.Done = ""
		} else {
			p.Undo = &ui.Undo{Action: p.self() + "/urungkan", Name: "bukti", Value: document}
		}
	}
	saved := r.URL.Query().Get("tersimpan") == string(ui.Saved)
	if saved && p.Answer.State() == question.Marked {
		p.Done = i18n.T(ctx, "evidence.saved_marked")
	}
	if saved && p.Done != "" && err == nil && p.moved == "" && p.Answer.State() != question.Marked {
		gain, err := h.Service.LastGain(ctx, p.Question)
		if err != nil {
			return err
		}
		if gain.Known {
			p.Done, p.told = "", p.outcome(ctx, gain)
		}
	}
	p.mistakes = ui.MistakesOf(ctx, err, inputs)
	p.Failed = len(p.mistakes) > 0
	p.mayReadLog = evidence.MayReadAccessLog(actor.From(ctx))
	p.maxBytes, p.basis = h.MaxBytes, basisOf(r, p)
	p.guidance = h.Guidance(p.Period.Period, p.Indicator.Code, p.Guidance)
	return render.Page(w, r, status, indicator(p))
}

// basisOf returns the alternative that a person has asked for, or that of what they
// have typed or answered; empty for none.
func basisOf(r *http.Request, p questionPage) string {
	asked := r.URL.Query()
	code, _, chosen := strings.Cut(p.typed.Choice, ":")
	if asked.Has("dasar") && !p.refused {
		code, chosen = asked.Get("dasar"), true
	}
	for _, a := range p.Indicator.Alternatives {
		if chosen && a.Code == code {
			return code
		}
	}
	return ""
}

func (h *Web) detach(w http.ResponseWriter, r *http.Request) error {
	id, period, code, document := r.PathValue("id"), r.PathValue("period"), r.PathValue("code"), r.PostFormValue("bukti")
	if err := h.Service.Detach(r.Context(), id, period, code, document); err != nil {
		return err
	}
	return httpx.Undoable(w, r, "/inovasi/"+id+"/"+period+"/"+code, ui.ProofDetached, document)
}

// reattach undoes detach. Sent twice, it leads to the first; too late, it shows the
// indicator with the fault.
func (h *Web) reattach(w http.ResponseWriter, r *http.Request) error {
	id, period, code := r.PathValue("id"), r.PathValue("period"), r.PathValue("code")
	err := h.Service.Reattach(r.Context(), id, period, code, r.PostFormValue("bukti"))
	if fault.KeyOf(err) == "evidence.undo_late" {
		q, failed := h.found(r)
		if failed != nil {
			return failed
		}
		if slices.ContainsFunc(q.Proofs, func(d evidence.Document) bool { return d.ID == r.PostFormValue("bukti") }) {
			return httpx.Done(w, r, "/inovasi/"+id+"/"+period+"/"+code, ui.ProofReattached)
		}
		return h.show(w, r, http.StatusConflict, questionPage{
			Question: q, version: q.Answer.Version, moved: i18n.Fault(r.Context(), err),
			typed: evidence.Entry{Choice: question.Choice(q.Answer.Basis, q.Answer.Level), Marked: q.Answer.Marked},
		}, nil)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi/"+id+"/"+period+"/"+code, ui.ProofReattached)
}
