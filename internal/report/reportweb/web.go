// Package reportweb serves reports: what can be had, and the files.
package reportweb

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/report"
	"siida.id/web/ui"
)

const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Web holds what the handlers need.
type Web struct {
	Service *report.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// Routes is the feature's whole surface; app mounts it and a test walks it.
func (h *Web) Routes(handle func(pattern string, h httpx.Handler)) {
	handle("GET /laporan", h.list)
	handle("GET /laporan/indeks/{period}/pdf", h.file(letter, ".pdf", "application/pdf"))
	handle("GET /laporan/indeks/{period}/xlsx", h.file(workbook, ".xlsx", excel))
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	periods, err := h.Service.Choices(r.Context())
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, list(listPage{h.Frame(r, i18n.T(r.Context(), "report.title")), periods}))
}

func (h *Web) file(lay func(p paper) ([]byte, error), ending, media string) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		made, err := h.Service.Of(r.Context(), r.PathValue("period"))
		if err != nil {
			return err
		}
		frame := h.Frame(r, "")
		content, err := lay(paper{ctx: r.Context(), region: frame.Region, sample: frame.Sample, Report: made})
		if err != nil {
			return err
		}
		name := i18n.T(r.Context(), "report.file", i18n.Args{"Year": made.Period.ID, "Day": made.At.Format(time.DateOnly)}) + ending
		sum := sha256.Sum256(content)
		httpx.Send(w, r, httpx.Kept{Name: name, Media: media, Sum: hex.EncodeToString(sum[:]), At: made.At}, bytes.NewReader(content))
		return nil
	}
}
