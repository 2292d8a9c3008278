// Package accountweb serves the pages of the people and of one's own account.
package accountweb

import (
	"net/http"

	"github.com/a-h/templ"

	"siida.id/internal/account"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/web/ui"
)

// Web holds what the handlers need.
type Web struct {
	Service *account.Service
	// Access is what the page of one's own account says of getting in with a login,
	// with the mistakes in its forms; site fills it from authweb.
	Access func(r *http.Request, login string, mistakes ui.Mistakes) (templ.Component, error)
	Frame  func(r *http.Request, title string) ui.Frame
}

// Routes is the feature's whole surface; site mounts it and a test walks it.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /orang", h.peoplePage, may.Lead)
	handle("GET /orang/baru", h.newPage, may.Admin)
	handle("POST /orang", h.create, may.Admin)
	handle("GET /orang/{id}", h.personPage, may.Lead)
	handle("POST /orang/{id}/tugas", h.assign, may.Admin)
	handle("GET /orang/{id}/tugas/{assignment}/akhiri", h.endPage, may.Admin)
	handle("POST /orang/{id}/tugas/{assignment}/akhiri", h.end, may.Admin)
	handle("GET /orang/{id}/ubah", h.correctPage, may.Admin)
	handle("POST /orang/{id}/ubah", h.correct, may.Admin)
	handle("GET /orang/{id}/kode", h.codePage, may.Lead)
	handle("POST /orang/{id}/kode", h.issue, may.Lead)
	handle("POST /orang/{id}/nonaktif", h.stop, may.Admin)
	handle("POST /orang/{id}/aktif", h.start, may.Admin)
	handle("POST /orang/{id}/dua-langkah/hapus", h.resetFactor, may.Admin)
	handle("POST /orang/dua-langkah", h.demandFactor, may.Admin)
	handle("GET /saya", h.selfPage, may.SignedIn)
	handle("POST /saya", h.saveSelf, may.SignedIn)
}
