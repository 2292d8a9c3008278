package regionalweb

import (
	"io"
	"net/http"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/question/questionweb"
	"siida.id/internal/regional"
	"siida.id/web/ui"
)

// requestRoutes registers the routes of data requests.
func (h *Web) requestRoutes(handle httpx.Handle) {
	handle("GET /permintaan-data", h.requests, may.Appointed)
	handle("GET /permintaan-data/baru", h.newRequest, may.Lead)
	handle("POST /permintaan-data", h.ask, may.Lead, httpx.Creates("/permintaan-data", ui.DataAsked))
	handle("GET /permintaan-data/{id}", h.request, may.ReadRequest)
	handle("GET /permintaan-data/{id}/berkas", h.requestFile, may.ReadRequest, httpx.Noted)
	handle("POST /permintaan-data/{id}/jawab", h.reply, may.ReplyRequest, httpx.Upload)
	handle("POST /permintaan-data/{id}/ambil", h.take, may.Lead)
	handle("POST /permintaan-data/{id}/{move}", h.judge, may.Lead)
}

func (h *Web) requests(w http.ResponseWriter, r *http.Request) error {
	frame := h.Frame(r, i18n.T(r.Context(), "regional.requests"))
	l, err := h.Service.Listing(r.Context(), r.URL.Query().Get("periode"))
	if fault.KeyOf(err) == "period.none_open" && r.URL.Query().Get("periode") == "" {
		return render.Page(w, r, http.StatusOK, ui.WithoutPeriod(frame))
	}
	if err != nil {
		return err
	}
	p := requestsPage{Frame: frame, Listing: l, waiting: r.URL.Query().Get("keadaan") == "menunggu"}
	p.choose(r.URL.Query().Get("perangkat"))
	return render.Page(w, r, http.StatusOK, requests(p))
}

func (h *Web) newRequest(w http.ResponseWriter, r *http.Request) error {
	return h.showAsk(w, r, http.StatusOK, regional.AskEntry{Codes: r.URL.Query()["baris"]}, nil)
}

func (h *Web) showAsk(w http.ResponseWriter, r *http.Request, status int, typed regional.AskEntry, mistake error) error {
	c, err := h.Service.Choices(r.Context())
	if err != nil {
		return err
	}
	p := askPage{Frame: h.Frame(r, i18n.T(r.Context(), "regional.ask")), Choices: c, typed: typed, refused: mistake != nil, mistakes: ui.MistakesOf(r.Context(), mistake, inputs)}
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, ask(p))
}

func (h *Web) ask(w http.ResponseWriter, r *http.Request) error {
	e := regional.AskEntry{
		Period: r.PostFormValue("periode"), Due: r.PostFormValue("tenggat"), To: r.PostFormValue("kepada"), Note: r.PostFormValue("catatan"), Codes: r.PostForm["baris"],
	}
	_, err := h.Service.Ask(r.Context(), e)
	if kind := fault.KindOf(err); fault.KeepsForm(err) {
		return h.showAsk(w, r, httpx.Status(kind), e, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/permintaan-data", ui.DataAsked)
}

func (h *Web) request(w http.ResponseWriter, r *http.Request) error {
	o, err := h.Service.Opened(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return h.showRequest(w, r, http.StatusOK, requestPage{Opened: o, typed: regional.ReplyOf(o)}, nil)
}

func (h *Web) showRequest(w http.ResponseWriter, r *http.Request, status int, p requestPage, err error) error {
	p.Frame = h.Frame(r, questionweb.Title(p.Indicator))
	p.mistakes = ui.MistakesOf(r.Context(), err, inputs, ui.Inputs{"reason": "alasan_" + string(p.judged)}) // each move has a reason field of its own
	p.Failed, p.maxBytes = len(p.mistakes) > 0, h.MaxBytes
	return render.Page(w, r, status, oneRequest(p))
}

// reply handles the data of an agency. A refused form is shown again with all that
// was typed and the uploaded file.
func (h *Web) reply(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	form, sent, refused, err := upload(r, func(name string, bytes io.Reader) (file.Record, error) {
		return h.Service.ReceiveReply(ctx, id, name, bytes)
	})
	if err != nil {
		return err
	}
	e := regional.ReplyEntry{
		Figure: regional.TypedFigure{Year: form("tahun"), Value: form("angka")}, Unit: form("satuan"), Source: form("sumber"),
		Note: form("catatan"), FileID: form("terkirim"), Version: version(form("versi")),
	}
	if sent.ID != "" {
		e.FileID, e.Received = sent.ID, sent
	}
	err = h.Service.Reply(ctx, id, e, refused)
	return h.answered(w, r, regional.Reply, err, func(p *requestPage) error {
		p.typed, p.refused = e, true
		if e.FileID == "" {
			return nil
		}
		pending, failed := h.Service.PendingReply(ctx, id, e.FileID)
		if fault.KindOf(failed) != fault.NotFound {
			p.pendingFile = pending
			return failed
		}
		return nil
	})
}

// replied has the results of the moves of a request.
var replied = map[regional.Move]ui.Result{
	regional.Reply: ui.DataReplied, regional.Accept: ui.DataAccepted, regional.Return: ui.DataReturned, regional.Withdraw: ui.DataWithdrawn,
}

// answered answers a form of a request, after the move m: with its page, or with the form again, in
// which fill sets what was typed. After a conflict it has the stored version.
func (h *Web) answered(w http.ResponseWriter, r *http.Request, m regional.Move, err error, fill func(*requestPage) error) error {
	id, kind := r.PathValue("id"), fault.KindOf(err)
	if err == nil {
		return httpx.Done(w, r, "/permintaan-data/"+id, replied[m])
	}
	if !fault.KeepsForm(err) {
		return err
	}
	o, failed := h.Service.Opened(r.Context(), id)
	if failed != nil {
		return failed
	}
	p := requestPage{Opened: o, typed: regional.ReplyOf(o)}
	if failed := fill(&p); failed != nil {
		return failed
	}
	ctx := r.Context()
	p.typed, p.moved, ctx = ui.Resolve(ctx, h.Frame(r, ""), err, ui.Conflict[audit.Event]{
		Subject: audit.Request.Of(id), Events: regional.RequestEvents(), What: o.Indicator.Name, Inputs: inputs,
	}, p.typed, regional.ReplyOf(o))
	if o.Closed != nil { // which the page shows anyway
		p.moved = ""
	}
	r = r.WithContext(ctx)
	return h.showRequest(w, r, httpx.Status(kind), p, err)
}

func (h *Web) judge(w http.ResponseWriter, r *http.Request) error {
	move := r.PathValue("move")
	reason := r.PostFormValue("alasan_" + move)
	err := h.Service.Judge(r.Context(), r.PathValue("id"), regional.Move(move), reason, version(r.PostFormValue("versi")))
	return h.answered(w, r, regional.Move(move), err, func(p *requestPage) error {
		p.reason, p.judged = reason, regional.Move(move)
		return nil
	})
}

func (h *Web) take(w http.ResponseWriter, r *http.Request) error {
	o, err := h.Service.Opened(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err = h.Service.ApplyToAnswer(r.Context(), o.ID, r.PostFormValue("beda") == "ya"); err == nil {
		return httpx.Done(w, r, "/daerah/"+o.PeriodID+"/"+o.Code, ui.DataApplied)
	}
	return h.answered(w, r, "", err, func(*requestPage) error { return nil })
}

func (h *Web) requestFile(w http.ResponseWriter, r *http.Request) error {
	f, bytes, err := h.Service.OpenReply(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }()
	return httpx.Send(w, r, sent(f), bytes)
}
