// Package registryweb serves the list of innovations, as a page and as a workbook.
package registryweb

import (
	"net/http"
	"net/url"
	"strconv"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/text"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/internal/innovation"
	"siida.id/internal/registry"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service     *registry.Service
	Innovations *innovation.Service
	Frame       func(r *http.Request, title string) ui.Frame
}

const listPath = "/inovasi"

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET "+listPath, h.list, may.SignedIn)
}

// maxSearch is the number of characters of a search that are regarded.
const maxSearch = 200

// queryOf reads the query of an address. What it does not know selects nothing less.
func queryOf(r *http.Request) registry.Query {
	query := r.URL.Query()
	number, _ := strconv.Atoi(query.Get("halaman")) // not a number: the first page
	q := registry.Query{
		Words: text.Shorten(text.Line(query.Get("cari")), maxSearch), Agency: query.Get("perangkat"), Affair: query.Get("urusan"),
		Stage: innovation.Stage(query.Get("tahap")), Year: query.Get("angkatan"), Status: registry.Status(query.Get("keadaan")),
		Sort: registry.Sort(query.Get("urut")), Number: number,
	}
	if q.Status == registry.All {
		q.Status = map[string]registry.Status{"ya": registry.Counted, "belum": registry.NotCounted}[query.Get("dihitung")]
	}
	return q.Clean()
}

// addressOf returns the address of the list with a query.
func addressOf(path string, q registry.Query) string {
	values := url.Values{}
	sort := q.Sort
	if sort == registry.ByLacking {
		sort = ""
	}
	for name, value := range map[string]string{
		"cari": q.Words, "perangkat": q.Agency, "urusan": q.Affair, "tahap": string(q.Stage), "angkatan": q.Year, "keadaan": string(q.Status), "urut": string(sort),
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if q.Number > 1 {
		values.Set("halaman", strconv.Itoa(q.Number))
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

func (h *Web) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p := listPage{Frame: h.Frame(r, i18n.T(ctx, "innovation.list_title"))}
	var err error
	if p.Listing, err = h.Service.Browse(ctx, queryOf(r)); err != nil {
		return err
	}
	if p.transfers, err = h.Innovations.Transfers(ctx); err != nil {
		return err
	}
	p.mayRegister = innovation.MayRegister(actor.From(ctx))
	return render.Page(w, r, http.StatusOK, list(p))
}
