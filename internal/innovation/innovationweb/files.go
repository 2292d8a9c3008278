package innovationweb

import (
	"io"
	"net/http"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/web/ui"
)

func (h *Web) files(w http.ResponseWriter, r *http.Request) error {
	return h.showFiles(w, r, http.StatusOK, "", nil)
}

// showFiles shows the files of a profile, and what is wrong with the one that was sent.
func (h *Web) showFiles(w http.ResponseWriter, r *http.Request, status int, sent innovation.FileKind, err error) error {
	ctx := r.Context()
	found, failed := h.Service.ProfileFiles(ctx, r.PathValue("id"))
	if failed != nil {
		return failed
	}
	p := filesPage{Frame: h.Frame(r, i18n.T(ctx, "innovation.files_title")), ProfileFiles: found, maxBytes: h.MaxBytes}
	p.mistakes = ui.MistakesOf(ctx, err, ui.Inputs{fault.File: string(sent)}) // each kind has a form of its own
	p.Failed = len(p.mistakes) > 0
	if innovation.IsOver(err) {
		p.refused = i18n.Fault(ctx, err)
	}
	return render.Page(w, r, status, files(p))
}

func (h *Web) attach(w http.ResponseWriter, r *http.Request) error {
	id, kind := r.PathValue("id"), innovation.FileKind(r.PathValue("kind"))
	err := httpx.ReadFile(r, string(kind), func(name string, bytes io.Reader) error {
		return h.Service.Attach(r.Context(), id, kind, name, bytes)
	})
	if fault.Mistakes(err) || fault.Temporary(err) || innovation.IsOver(err) {
		return h.showFiles(w, r, httpx.Status(fault.KindOf(err)), kind, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi/"+id+"/berkas", ui.FileAttached)
}

func (h *Web) detach(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := h.Service.Detach(r.Context(), id, r.PostFormValue("berkas"))
	if innovation.IsOver(err) {
		return h.showFiles(w, r, httpx.Status(fault.KindOf(err)), "", err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi/"+id+"/berkas", ui.FileDetached)
}

func (h *Web) paper(w http.ResponseWriter, r *http.Request) error {
	f, bytes, err := h.Service.OpenFile(r.Context(), r.PathValue("id"), r.PathValue("file"))
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }()
	return httpx.Send(w, r, httpx.File{Name: f.Name, Media: f.Media, SHA256: f.SHA256, At: f.ReceivedAt}, bytes)
}
