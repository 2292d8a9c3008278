package evidenceweb

import (
	"errors"
	"net/http"
	"strconv"

	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/instrument"
	"siida.id/web/ui"
)

// file sends the file of a document, or redirects to the page of a link.
func (h *Web) file(w http.ResponseWriter, r *http.Request) error {
	d, bytes, err := h.Service.Open(r.Context(), r.PathValue("id"))
	if errors.Is(err, evidence.ErrReason) {
		http.Redirect(w, r, httpx.Local("/bukti/"+r.PathValue("id")+"/alasan"), http.StatusSeeOther) //nolint:gosec // a path of this server
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }()
	if d.Kind == instrument.Link {
		return render.Page(w, r, http.StatusOK, link(linkPage{h.Frame(r, d.Subject), d}))
	}
	f := d.File
	return httpx.Send(w, r, httpx.File{Name: f.Name, Media: f.Media, SHA256: f.SHA256, At: f.ReceivedAt}, bytes)
}

func (h *Web) reason(w http.ResponseWriter, r *http.Request) error {
	return h.ask(w, r, http.StatusOK, "", nil)
}

func (h *Web) ask(w http.ResponseWriter, r *http.Request, status int, typed string, mistake error) error {
	d, err := h.Service.Document(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := reasonPage{h.Frame(r, i18n.T(r.Context(), "evidence.reason_title")), d, typed, ui.MistakesOf(r.Context(), mistake, inputs)}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, reason(p))
}

func (h *Web) giveReason(w http.ResponseWriter, r *http.Request) error {
	typed := r.PostFormValue("alasan")
	err := h.Service.GiveReason(r.Context(), r.PathValue("id"), typed)
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.ask(w, r, httpx.Status(fault.KindOf(err)), typed, err)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, httpx.Local("/bukti/"+r.PathValue("id")), http.StatusSeeOther) //nolint:gosec // a path of this server
	return nil
}

func (h *Web) openings(w http.ResponseWriter, r *http.Request) error {
	o, err := h.Service.AccessLog(r.Context(), r.PathValue("id"), pageNumber(r))
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, openings(openingsPage{h.Frame(r, i18n.T(r.Context(), "evidence.openings")), o}))
}

// pageNumber returns the number of the page of a list that r asks for; zero, which no
// list has, if it is not a number.
func pageNumber(r *http.Request) int {
	text := r.URL.Query().Get("halaman")
	if text == "" {
		return 1
	}
	number, _ := strconv.Atoi(text)
	return number
}
