package agencyweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"siida.id/internal/agency"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

func (h *Web) rename(w http.ResponseWriter, r *http.Request) error {
	return h.blankAct(w, r, rename)
}

func (h *Web) merge(w http.ResponseWriter, r *http.Request) error {
	return h.blankAct(w, r, merge)
}

func (h *Web) split(w http.ResponseWriter, r *http.Request) error {
	return h.blankAct(w, r, split)
}

func (h *Web) close(w http.ResponseWriter, r *http.Request) error {
	return h.blankAct(w, r, closing)
}

func (h *Web) blankAct(w http.ResponseWriter, r *http.Request, page func(actPage) templ.Component) error {
	return h.act(w, r, http.StatusOK, page, nil)
}

// act shows the form of an act with its values as typed.
func (h *Web) act(w http.ResponseWriter, r *http.Request, status int, page func(actPage) templ.Component, err error) error {
	ctx := r.Context()
	found, failed := h.Service.Profile(ctx, r.PathValue("id"))
	if failed != nil {
		return failed
	}
	p := actPage{
		Frame: h.Frame(r, found.Name), Profile: found, typed: r.PostForm, targets: counted(r), mistakes: ui.MistakesOf(ctx, err, inputs),
	}
	if fault.KindOf(err) == fault.Conflict {
		p.refusal = i18n.Fault(ctx, err)
	}
	p.Failed = err != nil
	if p.Sharing, failed = h.Service.Sharing(ctx, found); failed != nil {
		return failed
	}
	if failed := h.other(ctx, &p); failed != nil {
		return failed
	}
	if p.namesakes, failed = h.namesakes(r); failed != nil {
		return failed
	}
	p.tree = agency.Tree(found.Rest)
	if p.kinds, failed = h.Service.Kinds(ctx); failed != nil {
		return failed
	}
	return render.Page(w, r, status, page(p))
}

// other adds to the page of a merger what the other agency has that ends by it.
func (h *Web) other(ctx context.Context, p *actPage) error {
	id := p.typed.Get("bersama")
	if id == "" {
		return nil
	}
	found, err := h.Service.Profile(ctx, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil // a mistake of the form
	case err != nil:
		return err
	}
	p.withs, err = h.Service.Sharing(ctx, found)
	if fault.KindOf(err) == fault.Conflict { // it has ended, which is a mistake too
		return nil
	}
	p.with, p.review = found.Name, p.typed.Get("dilihat") != id
	return err
}

// namesakes returns the innovations of the same name that will be in one agency by a
// merger, as far as its agencies are chosen.
func (h *Web) namesakes(r *http.Request) ([]agency.Namesake, error) {
	with, into := r.PostForm.Get("bersama"), r.PostForm.Get("ke")
	if with == "" && into == "" {
		return nil, nil
	}
	return h.Service.Namesakes(r.Context(), r.PathValue("id"), with, into)
}

// done answers an act: it redirects to the agency's page, or shows the form again.
func (h *Web) done(w http.ResponseWriter, r *http.Request, page func(actPage) templ.Component, result ui.Result, err error) error {
	if fault.Mistakes(err) || fault.Temporary(err) || fault.KeyOf(err) == "agency.close_holds" {
		return h.act(w, r, httpx.Status(fault.KindOf(err)), page, err)
	}
	if err != nil {
		return err
	}
	return httpx.Done(w, r, "/perangkat-daerah/"+r.PathValue("id"), result)
}

func decreeForm(r *http.Request) agency.DecreeForm {
	return agency.DecreeForm{Number: r.PostFormValue("nomor"), Signed: r.PostFormValue("tanggal"), On: r.PostFormValue("berlaku")}
}

func target(r *http.Request, prefix string) agency.Target {
	return agency.Target{
		ID: r.PostFormValue(prefix + "ke"), Name: r.PostFormValue(prefix + "nama"), Kind: agency.Kind(r.PostFormValue(prefix + "jenis")),
	}
}

// minTargets and maxTargets bound the number of targets in the form of a split.
const (
	minTargets = 2
	maxTargets = 9
)

// counted returns the number of targets in a form, one more if the button that adds
// one was pressed.
func counted(r *http.Request) int {
	n, _ := strconv.Atoi(r.PostFormValue("banyak")) // not a number: the minimum
	n = min(max(n, minTargets), maxTargets)
	if r.URL.Query().Has("tambah") && r.Method == http.MethodPost {
		n = min(n+1, maxTargets)
	}
	return n
}

// targets returns the targets of a split without blank ones at the end, but at least
// the minimum.
func targets(r *http.Request) (list []agency.Target) {
	for i := range counted(r) {
		list = append(list, target(r, numbered(i)))
	}
	for len(list) > minTargets && list[len(list)-1] == (agency.Target{}) {
		list = list[:len(list)-1]
	}
	return list
}

// numbered returns the prefix of the field names of a target.
func numbered(at int) string { return "tujuan" + strconv.Itoa(at+1) + "-" }

func (h *Web) doRename(w http.ResponseWriter, r *http.Request) error {
	return h.done(w, r, rename, ui.AgencyRenamed, h.Service.Rename(r.Context(), r.PathValue("id"), r.PostFormValue("nama"), decreeForm(r)))
}

func (h *Web) doMerge(w http.ResponseWriter, r *http.Request) error {
	if with := r.PostFormValue("bersama"); with != r.PostFormValue("dilihat") && with != "" {
		return h.act(w, r, http.StatusOK, merge, nil) // the form again, with what the other agency has
	}
	same, err := h.namesakes(r)
	if err != nil {
		return err
	}
	if ids := idsOf(same); ids != "" && ids != r.PostFormValue("nama-dilihat") {
		return h.act(w, r, http.StatusOK, merge, nil) // the same, with what has the same name
	}
	e := agency.MergeEntry{DecreeForm: decreeForm(r), With: r.PostFormValue("bersama"), Into: target(r, "")}
	return h.done(w, r, merge, ui.AgencyMerged, h.Service.Merge(r.Context(), r.PathValue("id"), e))
}

func (h *Web) doSplit(w http.ResponseWriter, r *http.Request) error {
	if r.URL.Query().Has("tambah") { // the form again with one more target
		return h.act(w, r, http.StatusOK, split, nil)
	}
	e := agency.SplitEntry{
		DecreeForm: decreeForm(r), Into: targets(r),
		Things: map[string]int{}, Units: map[string]int{}, Others: map[string]int{}, People: -1,
	}
	for name := range r.PostForm {
		at, err := strconv.Atoi(r.PostForm.Get(name))
		if err != nil {
			continue // not chosen, or another field
		}
		if id, ok := strings.CutPrefix(name, "inovasi-"); ok {
			e.Things[id] = at - 1
		}
		if id, ok := strings.CutPrefix(name, "unit-"); ok {
			e.Units[id] = at - 1
		}
		if key, ok := strings.CutPrefix(name, "lain-"); ok {
			e.Others[key] = at - 1
		}
		if name == "orang" {
			e.People = at - 1
		}
	}
	return h.done(w, r, split, ui.AgencySplit, h.Service.Split(r.Context(), r.PathValue("id"), e))
}

func (h *Web) doClose(w http.ResponseWriter, r *http.Request) error {
	return h.done(w, r, closing, ui.AgencyClosed, h.Service.Close(r.Context(), r.PathValue("id"), decreeForm(r)))
}

// actText returns the description of an act.
func actText(ctx context.Context, a agency.Act) string {
	args := i18n.Args{"From": a.FromName, "To": a.ToName}
	switch {
	case a.Move == agency.Rename:
		return i18n.T(ctx, "agency.said_rename", args)
	case a.Move == agency.Merge:
		return i18n.T(ctx, "agency.said_merge", args)
	case a.Move == agency.Split && a.From == a.To:
		return i18n.T(ctx, "agency.said_stays", args)
	case a.Move == agency.Split:
		return i18n.T(ctx, "agency.said_split", args)
	}
	return i18n.T(ctx, "agency.said_close", args)
}
