// Package reportweb serves reports: the list, the files, the letterhead, and the
// register of issued ones.
package reportweb

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/report"
	"siida.id/web/ui"
)

const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Web has the handlers and what they need.
type Web struct {
	Service *report.Service
	Frame   func(r *http.Request, title string) ui.Frame
	// Official returns a context in the language of official letters, whoever reads
	// them.
	Official func(ctx context.Context) context.Context
}

// inputs maps the fields of a letterhead and a revocation to the inputs of their
// forms.
var inputs = ui.Inputs{
	"government": "pemerintah", "agency": "perangkat", "address": "alamat", "contact": "kontak", fault.File: "berkas", "logo_id": "berkas",
	"pattern": "pola", "code": "kode", "place": "tempat",
	"signer.office": "kedudukan", "signer.position": "jabatan", "signer.before": "gelar_depan", "signer.name": "nama",
	"signer.after": "gelar_belakang", "signer.rank": "pangkat", "signer.nip": "nip",
	"why": "alasan",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /laporan", h.list, may.SignedIn)
	handle("GET /laporan/kop", h.letterhead, may.Lead)
	handle("POST /laporan/kop", h.save, may.Lead, httpx.Upload)
	handle("POST /laporan/kop/contoh", h.example, may.Lead, httpx.Upload)
	handle("GET /laporan/kop/lambang", h.logo, may.Lead)
	handle("GET /laporan/indeks/{period}/pdf", h.draft(letter, ".pdf", "application/pdf"), may.Appointed, httpx.Noted)
	handle("GET /laporan/indeks/{period}/xlsx", h.draft(workbook, ".xlsx", excel), may.Appointed, httpx.Noted)
	handle("GET /laporan/indeks/{period}/terbitkan", h.offer, may.Lead)
	handle("POST /laporan/indeks/{period}/terbitkan", h.issue, may.Lead, httpx.Creates("/laporan/terbit/"+creating.New, ui.ReportIssued))
	handle("GET /laporan/terbit/{id}", h.issued, may.Oversee)
	handle("GET /laporan/terbit/{id}/pdf", h.file(report.PDF), may.Oversee, httpx.Noted)
	handle("GET /laporan/terbit/{id}/xlsx", h.file(report.Workbook), may.Oversee, httpx.Noted)
	handle("GET /laporan/terbit/{id}/cabut", h.askRevoke, may.Lead)
	handle("POST /laporan/terbit/{id}/cabut", h.revoke, may.Lead)
	handle("GET /v/{code}", h.check, may.Anyone)
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	ctx, who := r.Context(), actor.From(r.Context())
	p := listPage{reads: report.MayReadIssued(who), sets: report.MaySet(who)}
	var err error
	if p.periods, err = h.Service.Choices(ctx); err != nil {
		return err
	}
	if p.register, err = h.Service.Register(ctx); err != nil {
		return err
	}
	if p.sets {
		l, err := h.Service.Letterhead(ctx)
		if err != nil {
			return err
		}
		p.ready = l.Ready()
	}
	p.Frame = h.Frame(r, i18n.T(ctx, "report.title"))
	return render.Page(w, r, http.StatusOK, list(p))
}

func (h *Web) draft(lay func(p printContext) ([]byte, error), ending, media string) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		made, err := h.Service.Of(r.Context(), r.PathValue("period"))
		if err != nil {
			return err
		}
		content, err := lay(printContext{r.Context(), h.place(r), made})
		if err != nil {
			return err
		}
		name := i18n.T(r.Context(), "report.file", i18n.Args{"Year": made.Period.ID, "Day": string(made.Today)}) + ending
		httpx.SendMade(w, r, name, media, content)
		return nil
	}
}

func (h *Web) place(r *http.Request) Place {
	frame := h.Frame(r, "")
	return Place{frame.Region, frame.Sample}
}

// Print returns a function that generates reports in the language of ctx.
func Print(ctx context.Context, at Place) report.Print {
	return func(made report.Report) (onPaper, book []byte, err error) {
		p := printContext{ctx, at, made}
		if onPaper, err = letter(p); err != nil {
			return nil, nil, err
		}
		book, err = workbook(p)
		return onPaper, book, err
	}
}

// offer shows the report that would be issued.
func (h *Web) offer(w http.ResponseWriter, r *http.Request) error {
	return h.offered(w, r, http.StatusOK, nil)
}

func (h *Web) offered(w http.ResponseWriter, r *http.Request, status int, err error) error {
	made, failed := h.Service.Offer(r.Context(), r.PathValue("period"))
	if failed != nil {
		return failed
	}
	p := offerPage{Frame: h.Frame(r, i18n.T(r.Context(), "report.issue_title")), Offer: made}
	if err != nil {
		p.moved = i18n.T(r.Context(), fault.KeyOf(err), fault.ArgsOf(err))
	}
	for _, m := range ui.MistakesOf(r.Context(), err, inputs) { // of its only field, the hidden id
		p.moved = m.Text
	}
	return render.Page(w, r, status, offer(p))
}

// issue issues the report that the person agreed to. If number, letterhead or figures
// have changed meanwhile, the page shows what would be issued now.
func (h *Web) issue(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	agreed := report.Agreed{N: int(whole(r.PostFormValue("nomor"))), Letterhead: whole(r.PostFormValue("versi"))}
	made, err := h.Service.Issue(ctx, r.PathValue("period"), agreed, Print(h.Official(ctx), h.place(r)))
	switch fault.KeyOf(err) {
	case "report.number_taken", "report.letterhead_changed", "report.figures_changed":
		return h.offered(w, r, http.StatusConflict, err)
	}
	if fault.Mistakes(err) {
		return h.offered(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/laporan/terbit/"+made.ID, ui.ReportIssued)
}

// whole parses a number in a form; 0 for an invalid one is a conflict.
func whole(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

func (h *Web) issued(w http.ResponseWriter, r *http.Request) error {
	return h.one(w, r, http.StatusOK, "", nil)
}

// askRevoke says what a revocation does, before it is done.
func (h *Web) askRevoke(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.CheckRevoke(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return h.one(w, r, http.StatusOK, "", nil)
}

// one shows an issued report; after a refused form with what was typed.
func (h *Web) one(w http.ResponseWriter, r *http.Request, status int, why string, refused error) error {
	ctx := r.Context()
	found, err := h.Service.Issued(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	p := issuedPage{
		Frame: h.Frame(r, i18n.T(ctx, "report.issued_title")), Issued: found, sets: report.MaySet(actor.From(ctx)),
		why: why, mistakes: ui.MistakesOf(ctx, refused, inputs), asks: strings.HasSuffix(r.URL.Path, "/cabut"),
	}
	p.Failed = len(p.mistakes) > 0
	if fault.KindOf(refused) == fault.Conflict {
		p.moved = i18n.T(ctx, fault.KeyOf(refused))
	}
	return render.Page(w, r, status, issued(p))
}

// revoke handles the form that revokes a report.
func (h *Web) revoke(w http.ResponseWriter, r *http.Request) error {
	id, why := r.PathValue("id"), r.PostFormValue("alasan")
	err := h.Service.Revoke(r.Context(), id, why)
	switch {
	case err == nil:
		return httpx.Done(w, r, "/laporan/terbit/"+id, ui.ReportRevoked)
	case !fault.KeepsForm(err):
		return err
	}
	return h.one(w, r, httpx.Status(fault.KindOf(err)), why, err)
}

// checkPath returns the path at which anybody can check a report.
func checkPath(code string) string { return "/v/" + report.GroupedCode(code) }

// check shows anybody whether a report is genuine.
func (h *Web) check(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Service.Check(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, checkResult(checkPage{h.Frame(r, i18n.T(r.Context(), "report.check_title")), found}))
}

// file sends a file of an issued report.
func (h *Web) file(form report.Form) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, content, err := h.Service.Open(r.Context(), r.PathValue("id"), form)
		if err != nil {
			return err
		}
		return send(w, r, f, content)
	}
}

func send(w http.ResponseWriter, r *http.Request, f file.Record, content io.ReadSeekCloser) error {
	defer func() { _ = content.Close() }()
	return httpx.Send(w, r, httpx.File{Name: f.Name, Media: f.Media, SHA256: f.SHA256, At: f.ReceivedAt.Truncate(time.Second), Download: true}, content)
}
