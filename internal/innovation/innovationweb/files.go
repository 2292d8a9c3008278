package innovationweb

import (
	"io"
	"net/http"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/web/ui"
)

func (h *Web) papers(w http.ResponseWriter, r *http.Request) error {
	return h.showPapers(w, r, http.StatusOK, nil)
}

func (h *Web) showPapers(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	found, failed := h.Service.Papers(ctx, r.PathValue("id"))
	if failed != nil {
		return failed
	}
	p := papersPage{Frame: h.Frame(r, i18n.T(ctx, "innovation.files_title")), Papers: found, mistakes: ui.MistakesOf(ctx, err)}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, papers(p))
}

// arriving hands the file in the field of that kind to keep while it arrives; a
// form without one is told so by keep itself. What keep has stored stays stored
// where a second file comes after it.
func arriving(r *http.Request, kind innovation.FileKind, keep func(name string, bytes io.Reader) error) error {
	sent, stored := false, ""
	_, refused, err := httpx.ReadUpload(r, string(kind), func(name string, bytes io.Reader) error {
		sent = true
		err := keep(name, bytes)
		if err == nil {
			stored = name
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case !sent:
		return keep("", nil)
	case refused != nil && stored != "":
		var check fault.Check
		check.That(false, string(kind), "innovation.file_one", fault.Args{"Name": stored})
		return check.Err()
	}
	return refused
}

func (h *Web) attach(w http.ResponseWriter, r *http.Request) error {
	id, kind := r.PathValue("id"), innovation.FileKind(r.PathValue("kind"))
	err := arriving(r, kind, func(name string, bytes io.Reader) error {
		return h.Service.Attach(r.Context(), id, kind, name, bytes)
	})
	if fault.KindOf(err) == fault.Invalid || fault.Temporary(err) {
		return h.showPapers(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/inovasi/"+id+"/berkas")
}

func (h *Web) detach(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := h.Service.Detach(r.Context(), id, r.PostFormValue("berkas")); err != nil {
		return err
	}
	return httpx.Saved(w, r, "/inovasi/"+id+"/berkas")
}

func (h *Web) paper(w http.ResponseWriter, r *http.Request) error {
	return send(w, r)(h.Service.OpenFile(r.Context(), r.PathValue("id"), r.PathValue("file")))
}

func (h *Web) scan(w http.ResponseWriter, r *http.Request) error {
	return send(w, r)(h.Service.OpenScan(r.Context(), r.PathValue("id")))
}

// send sends the bytes as they came.
func send(w http.ResponseWriter, r *http.Request) func(innovation.File, io.ReadSeekCloser, error) error {
	return func(f innovation.File, bytes io.ReadSeekCloser, err error) error {
		if err != nil {
			return err
		}
		defer func() { _ = bytes.Close() }()
		return httpx.Send(w, r, httpx.File{Name: f.Name, Media: f.Media, SHA256: f.Sum, At: f.At}, bytes)
	}
}

func (h *Web) attachScan(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	err := arriving(r, innovation.Scan, func(name string, bytes io.Reader) error { return h.Service.AttachScan(ctx, id, name, bytes) })
	if fault.KindOf(err) == fault.Invalid || fault.Temporary(err) {
		return h.showDecree(w, r, httpx.Status(fault.KindOf(err)), err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/sk/"+id)
}

func (h *Web) showDecree(w http.ResponseWriter, r *http.Request, status int, err error) error {
	ctx := r.Context()
	found, failed := h.Service.Decree(ctx, r.PathValue("id"))
	if failed != nil {
		return failed
	}
	title := i18n.T(ctx, "innovation.decree_title", i18n.Args{"Number": found.Number})
	p := decreePage{
		Frame: h.Frame(r, title), DecreeSheet: found, mayEnter: innovation.MayDecree(actor.From(ctx)), mistakes: ui.MistakesOf(ctx, err),
	}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, decree(p))
}
