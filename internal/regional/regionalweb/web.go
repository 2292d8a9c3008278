// Package regionalweb serves the region's own answers with their proofs, and its data
// requests to agencies.
package regionalweb

import (
	"io"
	"net/http"
	"slices"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/question/questionweb"
	"siida.id/internal/regional"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service  *regional.Service
	Frame    func(r *http.Request, title string) ui.Frame
	MaxBytes int64 // of the largest file, in bytes
}

// inputs maps the fields of an answer, a request and its reply to the inputs of their
// forms.
var inputs = ui.Inputs{
	"choice":          "pilihan",
	"figures.*.value": "angka_#", "figures.*.year": "tahun_#", "figures.*.unit": "satuan_#", "unit": "satuan", "other_unit": "beda", "source": "sumber",
	"subject": "tentang", "address": "alamat", fault.File: "berkas",
	"codes": "baris", "to": "kepada", "due": "tenggat", "note": "catatan",
	"figure.value": "angka", "figure.year": "tahun",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /daerah", h.sheet, may.Appointed)
	handle("GET /daerah/{period}", h.sheet, may.Appointed)
	handle("GET /daerah/{period}/{code}", h.question, may.Appointed)
	handle("POST /daerah/{period}/{code}", h.save, may.Lead, httpx.Upload, httpx.Creates("/daerah/{period}/{code}", ui.Saved))
	handle("POST /daerah/{period}/{code}/lepas", h.detach, may.Lead)
	handle("POST /daerah/{period}/{code}/urungkan", h.reattach, may.Lead)
	handle("GET /daerah/bukti/{id}", h.file, may.Appointed, httpx.Noted)
	h.requestRoutes(handle)
}

func (h *Web) sheet(w http.ResponseWriter, r *http.Request) error {
	frame := h.Frame(r, i18n.T(r.Context(), "regional.title"))
	s, err := h.Service.Sheet(r.Context(), r.PathValue("period"))
	if fault.KeyOf(err) == "period.none_open" && r.PathValue("period") == "" {
		return render.Page(w, r, http.StatusOK, ui.WithoutPeriod(frame))
	}
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, sheet(sheetPage{frame, s}))
}

func (h *Web) question(w http.ResponseWriter, r *http.Request) error {
	q, err := h.found(r)
	if err != nil {
		return err
	}
	return h.show(w, r, http.StatusOK, questionPage{Question: q, typed: regional.EntryOf(q)}, nil)
}

func (h *Web) found(r *http.Request) (regional.Question, error) {
	return h.Service.Question(r.Context(), r.PathValue("period"), r.PathValue("code"))
}

// upload reads a form whose file is stored while it arrives. refused has the mistakes
// of the file, to be returned with those of the form.
func upload(r *http.Request, receive func(name string, bytes io.Reader) (file.Record, error)) (form func(string) string, sent file.Record, refused, err error) {
	values, refused, err := httpx.ReadUpload(r, "berkas", func(name string, bytes io.Reader) (err error) {
		sent, err = receive(name, bytes)
		return err
	})
	if refused != nil { // possibly of a second file
		sent = file.Record{}
	}
	return values.Get, sent, refused, err
}

// save handles an answer, with a proof if any. A refused form is shown again with all
// that was typed and the uploaded file.
func (h *Web) save(w http.ResponseWriter, r *http.Request) error {
	ctx, period, code := r.Context(), r.PathValue("period"), r.PathValue("code")
	form, sent, refused, err := upload(r, func(name string, bytes io.Reader) (file.Record, error) {
		return h.Service.Receive(ctx, period, code, name, bytes)
	})
	if err != nil {
		return err
	}
	e := regional.Entry{
		Choice: form("pilihan"), Source: form("sumber"), Version: version(form("versi")),
		Subject: form("tentang"), Address: form("alamat"), FileID: form("terkirim"),
	}
	for n := range e.Figures {
		row := strconv.Itoa(n + 1)
		e.Figures[n] = regional.TypedFigure{Year: form("tahun_" + row), Value: form("angka_" + row), Unit: form("satuan_" + row)}
	}
	if sent.ID != "" {
		e.FileID, e.Received = sent.ID, sent
	}
	err = h.Service.Save(ctx, period, code, e, refused)
	switch {
	case err == nil:
		return httpx.Saved(w, r, r.URL.Path)
	case !fault.KeepsForm(err):
		return err
	}
	return h.again(w, r, e, err)
}

// version parses the version in a form; 0 for an invalid one is a conflict.
func version(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// again shows the form with what was typed. After a conflict it has the stored
// version, so that it can be saved again.
func (h *Web) again(w http.ResponseWriter, r *http.Request, e regional.Entry, err error) error {
	ctx := r.Context()
	q, failed := h.found(r)
	if failed != nil {
		return failed
	}
	p := questionPage{Question: q, refused: true}
	if e.FileID != "" {
		pending, failed := h.Service.PendingFile(r.Context(), q.Period.ID, q.Indicator.Code, e.FileID)
		if failed != nil && fault.KindOf(failed) != fault.NotFound {
			return failed
		}
		p.pendingFile = pending
	}
	p.typed, p.moved, ctx = ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.RegionalAnswer.Of(q.Period.ID, q.Indicator.Code), Events: regional.AnswerEvents(), What: q.Indicator.Name, Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "choice" {
				return questionweb.Chosen(ctx, q.Indicator, value)
			}
			return value
		},
	}, e, regional.EntryOf(q))
	if c := creating.From(ctx); c != nil {
		for _, proof := range q.Proofs {
			if proof.ID == c.Before {
				sent := p.typed
				if p.typed = sent.Again(proof, p.pendingFile); p.typed == sent {
					continue
				}
				p.moved += " " + i18n.T(ctx, "regional.stored_before", i18n.Args{"Name": proof.Subject})
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
	p.Frame = h.Frame(r, questionweb.Title(p.Indicator))
	if proof := r.URL.Query().Get("urungkan"); proof != "" && p.MayEdit {
		w.Header().Set("Cache-Control", "private, no-store") // Back asks whether it is undone
		if slices.ContainsFunc(p.Proofs, func(one regional.Proof) bool { return one.ID == proof }) {
			p.Done = ""
		} else {
			p.Undo = &ui.Undo{Action: p.self() + "/urungkan", Name: "bukti", Value: proof}
		}
	}
	p.mistakes = ui.MistakesOf(r.Context(), err, inputs)
	p.Failed = len(p.mistakes) > 0
	p.maxBytes, p.who = h.MaxBytes, actor.From(r.Context())
	return render.Page(w, r, status, question(p))
}

func (h *Web) detach(w http.ResponseWriter, r *http.Request) error {
	period, code, proof := r.PathValue("period"), r.PathValue("code"), r.PostFormValue("bukti")
	if err := h.Service.Detach(r.Context(), period, code, proof); err != nil {
		return err
	}
	return httpx.Undoable(w, r, "/daerah/"+period+"/"+code, ui.ProofDetached, proof)
}

// reattach undoes detach. Sent twice, it leads to the first; too late, it shows the
// indicator with the fault.
func (h *Web) reattach(w http.ResponseWriter, r *http.Request) error {
	period, code := r.PathValue("period"), r.PathValue("code")
	err := h.Service.Reattach(r.Context(), period, code, r.PostFormValue("bukti"))
	if fault.KeyOf(err) == "regional.undo_late" {
		q, failed := h.found(r)
		if failed != nil {
			return failed
		}
		if slices.ContainsFunc(q.Proofs, func(p regional.Proof) bool { return p.ID == r.PostFormValue("bukti") }) {
			return httpx.Done(w, r, "/daerah/"+period+"/"+code, ui.ProofReattached)
		}
		return h.show(w, r, http.StatusConflict, questionPage{Question: q, typed: regional.EntryOf(q), moved: i18n.Fault(r.Context(), err)}, nil)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/daerah/"+period+"/"+code, ui.ProofReattached)
}

// file sends the file of a proof, or redirects to the page of an address.
func (h *Web) file(w http.ResponseWriter, r *http.Request) error {
	p, bytes, err := h.Service.Open(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }()
	if p.File.ID == "" {
		return render.Page(w, r, http.StatusOK, link(linkPage{h.Frame(r, p.Subject), p}))
	}
	return httpx.Send(w, r, sent(p.File), bytes)
}

func sent(f file.Record) httpx.File {
	return httpx.File{Name: f.Name, Media: f.Media, SHA256: f.SHA256, At: f.ReceivedAt}
}
