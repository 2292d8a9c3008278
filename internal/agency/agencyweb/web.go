// Package agencyweb serves the pages of agencies.
package agencyweb

import (
	"net/http"
	"strconv"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *agency.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// inputs maps the fields of agencies and acts to the inputs of their forms.
var inputs = ui.Inputs{
	"name": "nama", "kind": "jenis", "parent": "induk", "from": "mulai",
	"decree.number": "nomor", "decree.signed": "tanggal", "on": "berlaku",
	"with":            "bersama",
	"parent_endorses": "induk_menyetujui",
	"into.id":         "ke", "into.name": "nama", "into.kind": "jenis",
	"into.*.id": "tujuan#-ke", "into.*.name": "tujuan#-nama", "into.*.kind": "tujuan#-jenis",
	"innovations.*": "inovasi-*", "units.*": "unit-*", "others.*": "lain-*", "people": "orang",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /perangkat-daerah", h.list, may.SignedIn)
	handle("GET /perangkat-daerah/baru", h.blank, may.Admin)
	handle("POST /perangkat-daerah", h.add, may.Admin, httpx.Creates("/perangkat-daerah", ui.Saved))
	handle("GET /perangkat-daerah/pengaturan", h.settings, may.Admin)
	handle("POST /perangkat-daerah/pengaturan", h.decide, may.Admin)
	handle("POST /perangkat-daerah/jenis", h.addKind, may.Admin, httpx.Creates("/perangkat-daerah/pengaturan", ui.Saved))
	handle("GET /perangkat-daerah/{id}", h.show, may.SignedIn)
	handle("GET /perangkat-daerah/{id}/ubah", h.edit, may.Admin)
	handle("POST /perangkat-daerah/{id}/ubah", h.save, may.Admin)
	handle("GET /perangkat-daerah/{id}/ganti-nama", h.rename, may.Admin)
	handle("POST /perangkat-daerah/{id}/ganti-nama", h.doRename, may.Admin, httpx.Creates("/perangkat-daerah/{id}", ui.AgencyRenamed))
	handle("GET /perangkat-daerah/{id}/gabung", h.merge, may.Admin)
	handle("POST /perangkat-daerah/{id}/gabung", h.doMerge, may.Admin, httpx.Creates("/perangkat-daerah/{id}", ui.AgencyMerged))
	handle("GET /perangkat-daerah/{id}/pecah", h.split, may.Admin)
	handle("POST /perangkat-daerah/{id}/pecah", h.doSplit, may.Admin, httpx.Creates("/perangkat-daerah/{id}", ui.AgencySplit))
	handle("GET /perangkat-daerah/{id}/tutup", h.close, may.Admin)
	handle("POST /perangkat-daerah/{id}/tutup", h.doClose, may.Admin, httpx.Creates("/perangkat-daerah/{id}", ui.AgencyClosed))
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	all, err := h.Service.AllIncludingEnded(ctx)
	if err != nil {
		return err
	}
	p := listPage{Frame: h.Frame(r, i18n.T(ctx, "agency.list_title")), mayAdd: agency.MayAdd(actor.From(ctx))}
	if p.kinds, err = h.Service.Kinds(ctx); err != nil {
		return err
	}
	var living []agency.Agency
	for _, a := range all {
		if a.Lives() {
			living = append(living, a)
		} else {
			p.ended = append(p.ended, a)
		}
	}
	p.tree = agency.Tree(living)
	return render.Page(w, r, http.StatusOK, list(p))
}

func (h *Web) blank(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.CheckAdd(r.Context()); err != nil {
		return err
	}
	return h.form(w, r, http.StatusOK, agency.Entry{}, nil)
}

func entry(r *http.Request) agency.Entry {
	version, _ := strconv.ParseInt(r.PostFormValue("versi"), 10, 64) // not a number: a conflict
	return agency.Entry{
		Name: r.PostFormValue("nama"), Kind: agency.Kind(r.PostFormValue("jenis")),
		Parent: r.PostFormValue("induk"), From: r.PostFormValue("mulai"), Version: version,
	}
}

func (h *Web) add(w http.ResponseWriter, r *http.Request) error {
	typed := entry(r)
	_, err := h.Service.Create(r.Context(), typed)
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.form(w, r, httpx.Status(fault.KindOf(err)), typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/perangkat-daerah")
}

func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, typed agency.Entry, err error) error {
	ctx := r.Context()
	p := formPage{Frame: h.Frame(r, i18n.T(ctx, "agency.new_title")), typed: typed, mistakes: ui.MistakesOf(ctx, err, inputs)}
	p.Failed = len(p.mistakes) > 0
	if err := h.choices(r, &p.choices); err != nil {
		return err
	}
	return render.Page(w, r, status, form(p))
}

// choices sets the lists of a form.
func (h *Web) choices(r *http.Request, c *choices) error {
	living, err := h.Service.All(r.Context())
	if err != nil {
		return err
	}
	c.tree = agency.Tree(living)
	c.kinds, err = h.Service.Kinds(r.Context())
	return err
}

func (h *Web) show(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	found, err := h.Service.Profile(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	p := showPage{Frame: h.Frame(r, found.Name), Profile: found, mayChange: agency.MayAdd(actor.From(ctx))}
	if p.kinds, err = h.Service.Kinds(ctx); err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, show(p))
}

func (h *Web) edit(w http.ResponseWriter, r *http.Request) error {
	a, err := h.changeable(r)
	if err != nil {
		return err
	}
	return h.editForm(w, r, http.StatusOK, a, entryOf(a), nil)
}

// entryOf returns the form of what is stored.
func entryOf(a agency.Agency) agency.Entry {
	return agency.Entry{Kind: a.Kind, Parent: a.Parent, From: string(a.From), Version: a.Version}
}

// changeable returns the existing agency of the address to a person who may change
// it.
func (h *Web) changeable(r *http.Request) (agency.Agency, error) {
	if _, err := h.Service.ByID(r.Context(), r.PathValue("id")); err != nil {
		return agency.Agency{}, err
	}
	if err := h.Service.CheckAdd(r.Context()); err != nil {
		return agency.Agency{}, err
	}
	return h.Service.Living(r.Context(), r.PathValue("id"))
}

func (h *Web) save(w http.ResponseWriter, r *http.Request) error {
	id, typed := r.PathValue("id"), entry(r)
	err := h.Service.Edit(r.Context(), id, typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		a, failed := h.changeable(r)
		if failed != nil {
			return failed
		}
		return h.editForm(w, r, httpx.Status(kind), a, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/perangkat-daerah/"+id)
}

func (h *Web) editForm(w http.ResponseWriter, r *http.Request, status int, a agency.Agency, typed agency.Entry, err error) error {
	ctx := r.Context()
	p := editPage{Frame: h.Frame(r, i18n.T(ctx, "agency.edit_title")), Agency: a, mistakes: ui.MistakesOf(ctx, err, inputs)}
	p.Failed = len(p.mistakes) > 0
	if err := h.choices(r, &p.choices); err != nil {
		return err
	}
	p.typed, p.moved, ctx = ui.Resolve(ctx, p.Frame, err, ui.Conflict[audit.Event]{
		Subject: audit.Agency.Of(a.ID), Events: agency.PlaceEvents(), What: a.Name, Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "kind" {
				return kindName(ctx, p.kinds, agency.Kind(value))
			}
			if field == "parent" {
				return p.name(value)
			}
			return value
		},
	}, typed, entryOf(a))
	return render.Page(w, r.WithContext(ctx), status, edit(p))
}
