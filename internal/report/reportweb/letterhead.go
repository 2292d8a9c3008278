package reportweb

import (
	"context"
	"io"
	"net/http"
	"strings"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/report"
	"siida.id/web/ui"
)

const home = "/laporan/kop"

func (h *Web) letterhead(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	now, err := h.Service.Letterhead(ctx)
	if err != nil {
		return err
	}
	typed := report.EntryOf(now)
	if !now.Ready() { // default values
		typed.Government = strings.ToUpper(i18n.T(ctx, "report.government_of", i18n.Args{"Region": h.Frame(r, "").Region}))
		typed.Signer.Office = report.Offices()[0]
	}
	return h.show(w, r, http.StatusOK, letterheadPage{now: now, typed: typed}, nil)
}

// entry reads the form, whose crest is stored while it arrives. refused has the
// mistakes of the crest, to be returned with those of the form.
func (h *Web) entry(r *http.Request) (e report.Entry, refused, err error) {
	var sent file.Record
	values, refused, err := httpx.ReadUpload(r, "berkas", func(_ string, bytes io.Reader) (err error) {
		sent, err = h.Service.ReceiveLogo(r.Context(), bytes)
		return err
	})
	if err != nil {
		return report.Entry{}, nil, err
	}
	e = report.Entry{
		Government: values.Get("pemerintah"), Agency: values.Get("perangkat"), Address: values.Get("alamat"), Contact: values.Get("kontak"),
		Pattern: values.Get("pola"), Code: values.Get("kode"), Place: values.Get("tempat"),
		Signer: report.Signer{
			Office: report.Office(values.Get("kedudukan")), Position: values.Get("jabatan"), Before: values.Get("gelar_depan"),
			Name: values.Get("nama"), After: values.Get("gelar_belakang"), Rank: values.Get("pangkat"), NIP: values.Get("nip"),
		},
		LogoID: values.Get("lambang"), Version: whole(values.Get("versi")),
	}
	if earlier := values.Get("terkirim"); earlier != "" {
		e.LogoID = earlier
	}
	if values.Get("pakai") == without {
		e.LogoID = ""
	}
	if sent.ID != "" && refused == nil {
		e.LogoID = sent.ID
	}
	return e, refused, nil
}

// without is the answer that removes the crest.
const without = "tidak"

// save handles the letterhead. A refused form is shown again with all that was typed
// and the uploaded crest.
func (h *Web) save(w http.ResponseWriter, r *http.Request) error {
	e, refused, err := h.entry(r)
	if err != nil {
		return err
	}
	err = h.Service.SaveLetterhead(r.Context(), e, refused)
	switch {
	case err == nil:
		return httpx.Saved(w, r, home)
	case !fault.KeepsForm(err):
		return err
	}
	return h.again(w, r, httpx.Status(fault.KindOf(err)), e, err)
}

// example shows an example number of the typed pattern, and saves nothing.
func (h *Web) example(w http.ResponseWriter, r *http.Request) error {
	e, refused, err := h.entry(r)
	if err != nil {
		return err
	}
	return h.again(w, r, http.StatusOK, e, refused)
}

// again shows the form with what was typed. After a conflict it has the stored
// version, so that it can be saved again.
func (h *Web) again(w http.ResponseWriter, r *http.Request, status int, e report.Entry, err error) error {
	ctx := r.Context()
	now, failed := h.Service.Letterhead(ctx)
	if failed != nil {
		return failed
	}
	p := letterheadPage{now: now}
	if e.LogoID != now.Logo.ID {
		pending, failed := h.Service.PendingLogo(ctx, e.LogoID)
		if failed != nil && fault.KindOf(failed) != fault.NotFound {
			return failed
		}
		p.sent = pending
	}
	p.typed, p.moved, ctx = ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.Letterhead.Of(), Events: []audit.Event{report.EventLetterheadChanged}, What: i18n.T(ctx, "report.letterhead"), Inputs: inputs,
		Format: func(field fault.FieldName, value string) string {
			if field == "signer.office" {
				return officeName(ctx, report.Office(value))
			}
			if field == "signer.nip" {
				return report.GroupedNIP(value)
			}
			if field == "logo_id" {
				return i18n.T(ctx, "report.logo")
			}
			return value
		},
	}, e, report.EntryOf(now))
	r = r.WithContext(ctx)
	return h.show(w, r, status, p, err)
}

func (h *Web) show(w http.ResponseWriter, r *http.Request, status int, p letterheadPage, err error) error {
	p.Frame = h.Frame(r, i18n.T(r.Context(), "report.letterhead"))
	p.mistakes = ui.MistakesOf(r.Context(), err, inputs)
	p.Failed = len(p.mistakes) > 0
	p.example = h.Service.Example(r.Context(), p.typed)
	return render.Page(w, r, status, letterhead(p))
}

func (h *Web) logo(w http.ResponseWriter, r *http.Request) error {
	f, content, err := h.Service.OpenLogo(r.Context())
	if err != nil {
		return err
	}
	return send(w, r, f, content)
}

// officeName returns the label of an office.
func officeName(ctx context.Context, o report.Office) string {
	return map[report.Office]string{
		report.OtherOffice:     i18n.T(ctx, "report.office_other"),
		report.HeadOfRegion:    i18n.T(ctx, "report.office_head"),
		report.Deputy:          i18n.T(ctx, "report.office_deputy"),
		report.Secretary:       i18n.T(ctx, "report.office_secretary"),
		report.ActingHead:      i18n.T(ctx, "report.office_acting_head"),
		report.ActingSecretary: i18n.T(ctx, "report.office_acting_secretary"),
	}[o]
}

// offices returns the offices with rules of their own for names.
func offices(ctx context.Context) (list []ui.Option) {
	for _, o := range report.Offices() {
		list = append(list, ui.Option{Value: string(o), Label: officeName(ctx, o)})
	}
	return list
}
