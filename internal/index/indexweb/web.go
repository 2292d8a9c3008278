// Package indexweb serves the pages of the index.
package indexweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/page"
	"siida.id/internal/index"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *index.Service
	Frame   func(r *http.Request, title string) ui.Frame
}

// inputs maps the days to compare, and the fields of the published index, to the inputs
// of their forms.
var inputs = ui.Inputs{
	"from": "dari", "until": "sampai",
	"figure": "nilai", "day": "tanggal", "source": "sumber",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /indeks", h.index, may.Appointed)
	handle("GET /indeks/{period}", h.index, may.Appointed)
	handle("GET /indeks/{period}/perangkat-daerah/{agency}", h.agency, may.ReadInnovation)
	handle("GET /indeks/{period}/inovasi", h.list, may.Appointed)
	handle("GET /indeks/{period}/inovasi/{innovation}", h.innovation, may.ReadInnovation)
	handle("GET /indeks/{period}/indikator/{code}", h.indicator, may.Appointed)
	handle("GET /indeks/{period}/peringkat", h.ranking, may.Appointed)
	handle("GET /indeks/{period}/rakor", h.sheet, may.Appointed)
	handle("GET /indeks/{period}/jawaban", h.document, may.Oversee, httpx.Noted)
	handle("GET /indeks/{period}/riwayat", h.history, may.Appointed)
	handle("POST /indeks/{period}/nasional", h.publish, may.Lead)
}

func (h *Web) index(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	frame := h.Frame(r, i18n.T(ctx, "index.title"))
	report, err := h.found(r)
	if fault.KeyOf(err) == "period.none_open" && r.PathValue("period") == "" {
		return render.Page(w, r, http.StatusOK, ui.WithoutPeriod(frame))
	}
	if err != nil {
		return err
	}
	years, err := h.Service.Years(ctx)
	if err != nil {
		return err
	}
	before, err := h.Service.YearBefore(ctx, report.Period)
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, overview(overviewPage{reportPage{frame, report}, years, before}))
}

// found returns the index of the day in the address, or the current one.
func (h *Web) found(r *http.Request) (index.Report, error) {
	on, err := askedDay(r)
	switch {
	case err != nil:
		return index.Report{}, err
	case on == "":
		return h.Service.Of(r.Context(), r.PathValue("period"))
	}
	return h.Service.AsOf(r.Context(), r.PathValue("period"), on)
}

// askedDay returns the day in the address, if any.
func askedDay(r *http.Request) (day.Day, error) {
	text := r.URL.Query().Get("hari")
	on, ok := day.Parse(text)
	if !ok || on == "" && text != "" {
		return "", fault.New(fault.NotFound, "index.nothing_kept")
	}
	return on, nil
}

// document sends the answers of the index as a file.
func (h *Web) document(w http.ResponseWriter, r *http.Request) error {
	on, err := askedDay(r)
	if err != nil {
		return err
	}
	d, err := h.Service.Document(r.Context(), r.PathValue("period"), on)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("document: %w", err)
	}
	args := i18n.Args{"Year": r.PathValue("period"), "Day": string(on)}
	name := i18n.T(r.Context(), "index.document_file", args)
	if h.Frame(r, "").Sample { // a JSON document has no place for the mark of a sample
		name = i18n.T(r.Context(), "index.document_sample", args)
	}
	httpx.SendMade(w, r, name+".json", "application/json", text)
	return nil
}

// number returns the page number in the address, 1 if it is invalid.
func number(r *http.Request) int {
	n, _ := strconv.Atoi(r.URL.Query().Get("halaman"))
	return n
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	report, err := h.found(r)
	if err != nil {
		return err
	}
	of := listCounted
	if which(r.URL.Query().Get("daftar")) == listOmitted {
		of = listOmitted
	}
	frame := h.Frame(r, i18n.T(r.Context(), "index.list"))
	return render.Page(w, r, http.StatusOK, innovationList(listPage{reportPage{frame, report}, of, number(r)}))
}

func (h *Web) agency(w http.ResponseWriter, r *http.Request) error {
	small, err := h.Service.OfAgency(r.Context(), r.PathValue("period"), r.PathValue("agency"))
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, ofAgency(excerptPage{h.Frame(r, small.Agency.Name), small}))
}

func (h *Web) innovation(w http.ResponseWriter, r *http.Request) error {
	small, err := h.Service.OfInnovation(r.Context(), r.PathValue("period"), r.PathValue("innovation"))
	if err != nil {
		return err
	}
	name := small.Verdict.Name
	if small.Only != nil {
		name = small.Only.Name
	}
	return render.Page(w, r, http.StatusOK, ofInnovation(excerptPage{h.Frame(r, name), small}))
}

func (h *Web) indicator(w http.ResponseWriter, r *http.Request) error {
	row, err := h.Service.OfIndicator(r.Context(), r.PathValue("period"), r.PathValue("code"))
	if err != nil {
		return err
	}
	return render.Page(w, r, http.StatusOK, ofIndicator(rowPage{h.Frame(r, row.Indicator.Name), row, page.Cut(row.Entries, number(r), pageSize)}))
}

func (h *Web) ranking(w http.ResponseWriter, r *http.Request) error {
	report, err := h.found(r)
	if err != nil {
		return err
	}
	by := index.Order(r.URL.Query().Get("menurut"))
	if !slices.Contains(index.Orders(), by) {
		by = index.ByTotal
	}
	of := agenciesRanked
	if ranked(r.URL.Query().Get("daftar")) == innovationsRanked {
		of = innovationsRanked
	}
	frame := h.Frame(r, i18n.T(r.Context(), "index.ranking"))
	return render.Page(w, r, http.StatusOK, ranking(rankingPage{reportPage{frame, report}, of, by, number(r)}))
}

func (h *Web) sheet(w http.ResponseWriter, r *http.Request) error {
	report, err := h.Service.Of(r.Context(), r.PathValue("period"))
	if err != nil {
		return err
	}
	frame := h.Frame(r, i18n.T(r.Context(), "index.sheet"))
	return render.Page(w, r, http.StatusOK, meetingSheet(sheetPage{reportPage{frame, report}, h.Service.Now()}))
}

func (h *Web) history(w http.ResponseWriter, r *http.Request) error {
	return h.past(w, r, index.NationalEntry{}, nil)
}

func (h *Web) publish(w http.ResponseWriter, r *http.Request) error {
	typed := index.NationalEntry{Figure: r.PostFormValue("nilai"), Day: r.PostFormValue("tanggal"), Source: r.PostFormValue("sumber")}
	path := "/indeks/" + r.PathValue("period") + "/riwayat"
	err := h.Service.Publish(r.Context(), r.PathValue("period"), typed)
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.past(w, r, typed, err)
	}
	if err != nil {
		return err
	}
	return httpx.Saved(w, r, path)
}

// past shows the history with its two forms: to compare days, and to enter the
// published index.
func (h *Web) past(w http.ResponseWriter, r *http.Request, typed index.NationalEntry, refused error) error {
	ctx := r.Context()
	p := historyPage{typed: typed, number: number(r), from: r.URL.Query().Get("dari"), until: r.URL.Query().Get("sampai"), publishes: index.MayPublish(actor.From(ctx))}
	status := http.StatusOK
	var check fault.Check
	if fault.Temporary(refused) {
		status, p.mistakes = httpx.Status(fault.KindOf(refused)), ui.MistakesOf(ctx, refused, inputs)
	} else if err := check.Add(refused); err != nil {
		return err
	}
	from, read := day.Parse(p.from)
	check.That(read, "from", "index.day_unread")
	until, readUntil := day.Parse(p.until)
	check.That(readUntil, "until", "index.day_unread")
	if read && readUntil { // as a date field wants them
		p.from, p.until = string(from), string(until)
	}
	check.That(p.until == "" || p.from != "", "from", "index.day_first")
	if p.from != "" && check.Err() == nil {
		c, err := h.Service.Compare(ctx, r.PathValue("period"), from, until)
		if fault.KeyOf(err) == "index.nothing_kept" {
			check.That(false, "from", "index.nothing_kept")
		} else if err != nil {
			return err
		}
		p.compared, p.Comparison = err == nil, c
	}
	p.Report = p.After
	if !p.compared {
		report, err := h.Service.Of(ctx, r.PathValue("period"))
		if err != nil {
			return err
		}
		p.Report = report
	}
	if err := check.Err(); err != nil {
		status, p.mistakes = http.StatusUnprocessableEntity, ui.MistakesOf(ctx, err, inputs)
	}
	p.Frame = h.Frame(r, i18n.T(ctx, "index.history"))
	p.Failed = len(p.mistakes) > 0
	return render.Page(w, r, status, history(p))
}
