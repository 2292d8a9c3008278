// Package innovationweb serves the profile form of an innovation and its files, and the
// page to transfer, withdraw and archive one. The page of one innovation shows its answers
// and belongs to evidenceweb, the list of all belongs to registryweb.
package innovationweb

import (
	"cmp"
	"net/http"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service  *innovation.Service
	Frame    func(r *http.Request, title string) ui.Frame
	MaxBytes int64 // of the largest file, in bytes
}

// inputs maps the fields of a profile, a withdrawal and a transfer to the inputs of their forms.
var inputs = ui.Inputs{
	"agency": "perangkat", "name": "nama", "same_name": "nama-sama", "affair": "urusan",
	"initiator": "inisiator", "initiator_name": "inisiator-nama", "class": "klasifikasi", "kind": "jenis", "shape": "bentuk",
	"other_affairs": "irisan", "themes": "tema",
	"tried_on": "uji", "applied_on": "terap", "developed_on": "kembang", "development": "perubahan", "earlier": "pendahulu", "earlier_id": "pendahulu", "decrees": "sk",
	"latitude": "lintang", "longitude": "bujur",
	"law": "hukum", "problem": "masalah", "global_issue": "isu-global", "national_issue": "isu-nasional", "local_issue": "isu-lokal", "method": "metode", "novelty": "keunggulan", "design": "rancang",
	"aim": "tujuan", "benefit": "manfaat", "result": "hasil",
	"programme": "program", "activity": "kegiatan", "sub_activity": "subkegiatan", "goals": "iku",
	"rights": "haki", "awards": "penghargaan",
	"reason": "alasan", "to": "tujuan-pindah", "note": "catatan",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /inovasi/baru", h.blank, may.RegisterInnovation)
	handle("POST /inovasi", h.register, may.RegisterInnovation, httpx.Creates("/inovasi/"+creating.New, ui.InnovationRegistered))
	handle("GET /inovasi/{id}/ubah", h.edit, may.EditInnovation)
	handle("POST /inovasi/{id}/ubah", h.change, may.EditInnovation)
	handle("POST /inovasi/{id}/tarik", h.changeState(innovation.Withdraw), may.EditInnovation)
	handle("POST /inovasi/{id}/arsipkan", h.changeState(innovation.Archive), may.EditInnovation)
	handle("POST /inovasi/{id}/pulihkan", h.changeState(innovation.Restore), may.EditInnovation)
	handle("GET /inovasi/{id}/pindah", h.handling, may.ReadInnovation)
	handle("POST /inovasi/{id}/pindah", h.ask, may.MoveInnovation, httpx.Creates("/inovasi/{id}/pindah", ui.TransferAsked))
	handle("POST /inovasi/{id}/pindah/{answer}", h.answer, may.MoveInnovation)
	handle("GET /inovasi/{id}/berkas", h.files, may.ReadInnovation)
	handle("POST /inovasi/{id}/berkas/lepas", h.detach, may.EditInnovation)
	handle("POST /inovasi/{id}/berkas/{kind}", h.attach, may.EditInnovation, httpx.Upload, httpx.Creates("/inovasi/{id}/berkas", ui.FileAttached))
	handle("GET /inovasi/{id}/berkas/{file}", h.paper, may.ReadInnovation, httpx.Noted)
}

func (h *Web) blank(w http.ResponseWriter, r *http.Request) error {
	return h.newForm(w, r, http.StatusOK, innovation.Form{}, nil)
}

func (h *Web) register(w http.ResponseWriter, r *http.Request) error {
	typed := typedForm(r)
	made, err := h.Service.Register(r.Context(), typed)
	if fault.Mistakes(err) || fault.Temporary(err) || innovation.IsOver(err) {
		return h.newForm(w, r, httpx.Status(fault.KindOf(err)), typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/inovasi/"+made.ID, ui.InnovationRegistered)
}

func (h *Web) edit(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Service.Editable(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return h.changeForm(w, r, http.StatusOK, found, innovation.FormOf(found), nil)
}

func (h *Web) change(w http.ResponseWriter, r *http.Request) error {
	id, typed := r.PathValue("id"), typedForm(r)
	_, err := h.Service.Change(r.Context(), id, typed)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		found, again := h.Service.Editable(r.Context(), id)
		if again != nil && fault.KindOf(again) != fault.Conflict {
			return again
		}
		return h.changeForm(w, r, httpx.Status(kind), found, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, "/inovasi/"+id)
}

func (h *Web) newForm(w http.ResponseWriter, r *http.Request, status int, typed innovation.Form, err error) error {
	ctx := r.Context()
	p := formPage{typed: typed, action: "/inovasi", back: ui.Link{Text: i18n.T(ctx, "innovation.list_title"), Href: "/inovasi"}}
	var failed error
	if p.owners, failed = h.Service.Owners(ctx); failed != nil {
		return failed
	}
	if p.ended, failed = h.Service.EndedWindows(ctx, p.owners); failed != nil {
		return failed
	}
	if len(p.owners) == 1 {
		p.typed.Agency = p.owners[0].ID
	}
	return h.form(w, r, status, "innovation.new_title", p, "", err)
}

func (h *Web) changeForm(w http.ResponseWriter, r *http.Request, status int, found innovation.Innovation, typed innovation.Form, err error) error {
	p := formPage{typed: typed, action: "/inovasi/" + found.ID + "/ubah", back: ui.Link{Text: found.Name, Href: "/inovasi/" + found.ID}, changes: true}
	p.base = innovation.FormOf(found)
	p.thirdReport = found.ThirdReport
	typed.Agency = found.AgencyID // not a field of this form
	ctx := r.Context()
	var failed error
	if err != nil {
		if p.decrees, failed = h.Service.Decrees.List(ctx); failed != nil {
			return failed
		}
	}
	p.typed, p.moved, ctx = ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.Innovation.Of(found.ID), Events: innovation.ProfileEvents(), What: found.Name, Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "decrees" {
				return p.decreeNumbers([]string{value})
			}
			if field == "earlier_id" {
				return found.EarlierName
			}
			return value
		},
	}, typed, innovation.FormOf(found))
	r = r.WithContext(ctx)
	if p.typed.EarlierID == found.EarlierID {
		p.chosenEarlier = found.EarlierName
	}
	return h.form(w, r, status, "innovation.change_title", p, found.ID, err)
}

// form shows p with the title of message key and the mistakes of err; id is that of
// the innovation, empty for a new one.
func (h *Web) form(w http.ResponseWriter, r *http.Request, status int, key string, p formPage, id string, err error) error {
	ctx := r.Context()
	p.Frame, p.mistakes = h.Frame(r, i18n.T(ctx, key)), ui.MistakesOf(ctx, err, inputs)
	p.Failed = len(p.mistakes) > 0
	if fault.KindOf(err) == fault.Conflict && p.moved == "" {
		p.moved = i18n.Fault(ctx, err)
	}
	p.same = cmp.Or(innovation.SameNameOf(err), p.typed.SameName)
	var failed error
	if p.pack, failed = h.Service.Periods.Pack(ctx); failed != nil {
		return failed
	}
	if p.earlier, failed = h.Service.Earlier(ctx, id); failed != nil {
		return failed
	}
	if p.decrees == nil {
		if p.decrees, failed = h.Service.Decrees.List(ctx); failed != nil {
			return failed
		}
	}
	return render.Page(w, r, status, form(p))
}

func typedForm(r *http.Request) innovation.Form {
	value := r.PostFormValue                               // parses the form
	version, _ := strconv.ParseInt(value("versi"), 10, 64) // not a number: a conflict
	f := innovation.Form{
		Agency: value("perangkat"), Name: value("nama"), Affair: value("urusan"), TriedOn: value("uji"), AppliedOn: value("terap"), DevelopedOn: value("kembang"),
		Design: value("rancang"), Decrees: r.PostForm["sk"], SameName: value("nama-sama"), Version: version,
		Profile: innovation.Profile{
			Initiator: value("inisiator"), InitiatorName: value("inisiator-nama"), Class: value("klasifikasi"), Kind: value("jenis"), Shape: value("bentuk"),
			OtherAffairs: r.PostForm["irisan"], Latitude: value("lintang"), Longitude: value("bujur"),
			Law: value("hukum"), Problem: value("masalah"), GlobalIssue: value("isu-global"), NationalIssue: value("isu-nasional"), LocalIssue: value("isu-lokal"),
			Method: value("metode"), Novelty: value("keunggulan"), Aim: value("tujuan"), Benefit: value("manfaat"), Result: value("hasil"),
			Rights: value("haki"), Awards: value("penghargaan"), Programme: value("program"), Activity: value("kegiatan"), SubActivity: value("subkegiatan"),
			Goals: value("iku"), Development: value("perubahan"), EarlierID: value("pendahulu"),
		},
	}
	for n := range maxThemes {
		if one := value(themeField(n)); one != "" {
			f.Themes = append(f.Themes, one)
		}
	}
	return f
}

// maxThemes is more than the groups of themes in any pack.
const maxThemes = 10
