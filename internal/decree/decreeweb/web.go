// Package decreeweb serves the list of decrees, the page of a decree with its scan,
// and their form.
package decreeweb

import (
	"io"
	"net/http"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/decree"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service  *decree.Service
	Frame    func(r *http.Request, title string) ui.Frame
	MaxBytes int64 // of the largest file, in bytes
}

// scanInput is where a scan is chosen.
const scanInput = "sk"

// inputs maps the fields of a decree to the inputs of their forms.
var inputs = ui.Inputs{
	"number": "nomor", "day": "tanggal", "subject": "tentang", "implementers": "pelaksana", "innovations": "inovasi",
	fault.File: scanInput,
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /sk", h.list, may.SignedIn)
	handle("GET /sk/baru", h.blank, may.Lead)
	handle("POST /sk", h.enter, may.Lead, httpx.Creates("/sk/"+creating.New, ui.Saved))
	handle("GET /sk/{id}", h.sheet, may.SignedIn)
	handle("GET /sk/{id}/ubah", h.edit, may.Lead)
	handle("POST /sk/{id}/ubah", h.change, may.Lead)
	handle("GET /sk/{id}/pindaian", h.scan, may.SignedIn, httpx.Noted)
	handle("POST /sk/{id}/pindaian", h.attachScan, may.Lead, httpx.Upload)
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) (err error) {
	ctx := r.Context()
	p := listPage{Frame: h.Frame(r, i18n.T(ctx, "decree.list_title")), mayEnter: decree.MayEnter(actor.From(ctx))}
	if p.decrees, err = h.Service.List(ctx); err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, list(p))
}

func (h *Web) sheet(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, nil)
}

func (h *Web) blank(w http.ResponseWriter, r *http.Request) error {
	return h.newForm(w, r, http.StatusOK, decree.Form{}, nil)
}

func (h *Web) enter(w http.ResponseWriter, r *http.Request) error {
	typed := typedForm(r)
	made, err := h.Service.Enter(r.Context(), typed)
	if fault.KeepsForm(err) {
		return h.newForm(w, r, httpx.Status(fault.KindOf(err)), typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/sk/"+made.ID)
}

func (h *Web) edit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := decree.CheckEnter(ctx); err != nil {
		return err
	}
	found, err := h.Service.ByID(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	return h.changeForm(w, r, http.StatusOK, found.Decree, decree.FormOf(found.Decree), nil)
}

func (h *Web) change(w http.ResponseWriter, r *http.Request) error {
	ctx, id, typed := r.Context(), r.PathValue("id"), typedForm(r)
	_, err := h.Service.Change(ctx, id, typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		found, again := h.Service.ByID(ctx, id)
		if again != nil {
			return again
		}
		return h.changeForm(w, r, httpx.Status(kind), found.Decree, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/sk/"+id)
}

func (h *Web) newForm(w http.ResponseWriter, r *http.Request, status int, typed decree.Form, err error) error {
	ctx := r.Context()
	if refused := decree.CheckEnter(ctx); refused != nil {
		return refused
	}
	p := formPage{typed: typed, action: "/sk", back: ui.Link{Text: i18n.T(ctx, "decree.list_title"), Href: "/sk"}}
	return h.form(w, r, status, "decree.new", p, err)
}

func (h *Web) changeForm(w http.ResponseWriter, r *http.Request, status int, found decree.Decree, typed decree.Form, err error) error {
	p := formPage{typed: typed, action: "/sk/" + found.ID + "/ubah", back: ui.Link{Text: found.Number, Href: "/sk/" + found.ID}, changes: true, base: decree.FormOf(found)}
	ctx := r.Context()
	var failed error
	if p.innovations, failed = h.Service.Choices(ctx); failed != nil {
		return failed
	}
	p.typed, p.moved, ctx = ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.Decree.Of(found.ID), Events: decree.Events(), What: found.Number, Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "innovations" {
				return p.names([]string{value})
			}
			return value
		},
	}, typed, decree.FormOf(found))
	r = r.WithContext(ctx)
	return h.form(w, r, status, "decree.change", p, err)
}

func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, key string, p formPage, err error) (failed error) {
	ctx := r.Context()
	p.Frame, p.mistakes = h.Frame(r, i18n.T(ctx, key)), ui.MistakesOf(ctx, err, inputs)
	p.Failed = len(p.mistakes) > 0
	if fault.KindOf(err) == fault.Conflict && p.moved == "" {
		p.moved = i18n.Fault(ctx, err)
	}
	if p.innovations == nil {
		if p.innovations, failed = h.Service.Choices(ctx); failed != nil {
			return failed
		}
	}
	return render.Page(w, r, status, form(p))
}

func typedForm(r *http.Request) decree.Form {
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // not a number: a conflict
	return decree.Form{
		Number: r.PostFormValue("nomor"), Day: r.PostFormValue("tanggal"), Subject: r.PostFormValue("tentang"), Implementers: r.PostFormValue("pelaksana"),
		Innovations: r.PostForm["inovasi"], Version: version,
	}
}

func (h *Web) show(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	found, failed := h.Service.ByID(ctx, r.PathValue("id"))
	if failed != nil {
		return failed
	}
	title := i18n.T(ctx, "decree.title", i18n.Args{"Number": found.Number})
	p := sheetPage{Frame: h.Frame(r, title), Sheet: found, mayEnter: decree.MayEnter(actor.From(ctx)), maxBytes: h.MaxBytes, mistakes: ui.MistakesOf(ctx, err, inputs)}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, sheet(p))
}

func (h *Web) scan(w http.ResponseWriter, r *http.Request) error {
	f, bytes, err := h.Service.OpenScan(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }()
	return httpx.Send(w, r, httpx.File{Name: f.Name, Media: f.Media, SHA256: f.SHA256, At: f.ReceivedAt}, bytes)
}

func (h *Web) attachScan(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	err := httpx.ReadFile(r, scanInput, func(name string, bytes io.Reader) error { return h.Service.AttachScan(ctx, id, name, bytes) })
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.show(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/sk/"+id)
}
