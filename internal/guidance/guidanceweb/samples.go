package guidanceweb

import (
	"context"
	"io"
	"net/http"

	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/web/ui"
)

// showSample reads a form whose file is stored while it arrives; if the form is
// refused, the file need not be sent again.
func (h *Web) showSample(w http.ResponseWriter, r *http.Request) error {
	ctx, period, code := r.Context(), r.PathValue("period"), r.PathValue("code")
	var sent file.Record
	form, refused, err := httpx.ReadUpload(r, "berkas", func(name string, bytes io.Reader) (err error) {
		sent, err = h.Service.ReceiveSample(ctx, period, code, name, bytes)
		return err
	})
	if err != nil {
		return err
	}
	e := guidance.SampleEntry{FileID: form.Get("terkirim"), Verdict: form.Get("contoh"), Caption: form.Get("keterangan")}
	if sent.ID != "" && refused == nil {
		e.FileID = sent.ID
	}
	err = h.Service.ShowSample(ctx, period, code, e, refused)
	if err == nil {
		return httpx.Saved(w, r, "/panduan/"+period+"/"+code)
	}
	if !fault.Mistakes(err) && !fault.Temporary(err) {
		return err
	}
	g, failed := h.Service.ByCode(ctx, period, code)
	if failed != nil {
		return failed
	}
	p := editPage{Details: g, typed: g.Guidance.Words, version: g.Guidance.Version, sample: e}
	if e.FileID != "" {
		p.pendingFile, failed = h.Service.PendingSample(ctx, period, code, e.FileID)
		if failed != nil && fault.KindOf(failed) != fault.NotFound {
			return failed
		}
	}
	return h.showEdit(w, r, httpx.Status(fault.KindOf(err)), p, err)
}

func (h *Web) dropSample(w http.ResponseWriter, r *http.Request) error {
	period, code := r.PathValue("period"), r.PathValue("code")
	if err := h.Service.DropSample(r.Context(), period, code, r.PostFormValue("contoh")); err != nil {
		return err
	}
	return httpx.Done(w, r, "/panduan/"+period+"/"+code, ui.SampleDropped)
}

func (h *Web) sample(w http.ResponseWriter, r *http.Request) error {
	s, bytes, err := h.Service.OpenSample(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }()
	return httpx.Send(w, r, httpx.File{Name: s.Name, Media: s.Media, SHA256: s.SHA256, At: s.ReceivedAt}, bytes)
}

func verdictName(ctx context.Context, v guidance.Verdict) string {
	if v == guidance.Right {
		return i18n.T(ctx, "guidance.sample_right")
	}
	return i18n.T(ctx, "guidance.sample_wrong")
}

func verdictRole(v guidance.Verdict) ui.Role {
	if v == guidance.Right {
		return ui.Positive
	}
	return ui.Negative
}

func verdictOptions(ctx context.Context) []ui.Group {
	var g ui.Group
	for _, v := range guidance.Verdicts() {
		g.Options = append(g.Options, ui.Option{Value: string(v), Label: verdictName(ctx, v)})
	}
	return []ui.Group{g}
}
