// Package accountweb serves the pages of people and of one's own account.
package accountweb

import (
	"net/http"

	"github.com/a-h/templ"

	"siida.id/internal/account"
	"siida.id/internal/base/creating"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *account.Service
	// Access returns the part of one's own page about signing in, with the mistakes
	// in its forms; site sets it from authweb.
	Access func(r *http.Request, login string, mistakes ui.Mistakes) (templ.Component, error)
	Frame  func(r *http.Request, title string) ui.Frame
}

// inputs maps the fields of a person and an assignment to the inputs of their forms.
var inputs = ui.Inputs{
	"name": "lengkap", "login": "nama", "phone": "telepon", "language": "bahasa",
	"role": "peran", "agency": "perangkat", "acting": "sebagai", "from": "mulai", "until": "sampai", "last": "akhir",
	"decree.number": "nomor", "decree.day": "tanggal", "decree.subject": "tentang",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /orang", h.peoplePage, may.Lead)
	handle("GET /orang/baru", h.newPage, may.Admin)
	handle("POST /orang", h.create, may.Admin, httpx.Creates("/orang/"+creating.New, ui.PersonAdded))
	handle("GET /orang/{id}", h.personPage, may.Lead)
	handle("POST /orang/{id}/tugas", h.assign, may.Admin, httpx.Creates("/orang/{id}", ui.Assigned))
	handle("GET /orang/{id}/tugas/{assignment}/akhiri", h.endPage, may.Admin)
	handle("POST /orang/{id}/tugas/{assignment}/akhiri", h.end, may.Admin)
	handle("GET /orang/{id}/ubah", h.correctPage, may.Admin)
	handle("POST /orang/{id}/ubah", h.correct, may.Admin)
	handle("GET /orang/{id}/kode", h.codePage, may.Lead)
	handle("POST /orang/{id}/kode", h.issue, may.Lead)
	handle("GET /orang/{id}/nonaktif", h.stopPage, may.Admin)
	handle("POST /orang/{id}/nonaktif", h.stop, may.Admin)
	handle("POST /orang/{id}/aktif", h.start, may.Admin)
	handle("POST /orang/{id}/dua-langkah/hapus", h.resetFactor, may.Admin)
	handle("POST /orang/dua-langkah", h.demandFactor, may.Admin)
	handle("GET /saya", h.selfPage, may.SignedIn)
	handle("POST /saya", h.saveSelf, may.SignedIn)
}
