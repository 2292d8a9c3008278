package app

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/infra/httpx"
)

// places are where an object may lie, seen from the people of the first region.
var places = []string{"own", "other", "away"}

// policy says of one route who may use it, and on which objects. Whoever is
// not named is refused: a visitor is led to the sign-in page, anybody else
// hears that there is no such thing, or that it is not his to do.
type policy struct {
	path   string              // with {innovation} and {document} for an object's
	form   string              // of a POST
	may    map[string][]string // by persona the places, or anywhere without an object
	public bool                // visitors may as well
}

var (
	anywhere   = []string{""}
	readers    = map[string][]string{"operator": {"own"}, "brida": {"own", "other"}, "admin": {"own", "other"}, "outsider": {"away"}}
	editors    = map[string][]string{"operator": {"own"}, "admin": {"own", "other"}, "outsider": {"away"}}
	signedIn   = map[string][]string{"operator": anywhere, "brida": anywhere, "admin": anywhere, "outsider": anywhere}
	registrars = map[string][]string{"operator": anywhere, "admin": anywhere, "outsider": anywhere}
	leaders    = map[string][]string{"brida": anywhere, "admin": anywhere, "outsider": anywhere}
	admins     = map[string][]string{"admin": anywhere, "outsider": anywhere}
)

// policies has a row for every route; one without a row fails the test.
var policies = map[string]policy{
	"GET /{$}":                                 {path: "/", public: true, may: signedIn},
	"POST /bahasa":                             {path: "/bahasa", form: "bahasa=en&ke=/masuk", public: true, may: signedIn},
	"GET /dev/komponen":                        {path: "/dev/komponen", public: true, may: signedIn},
	"GET /masuk":                               {path: "/masuk", public: true, may: signedIn},
	"POST /masuk":                              {path: "/masuk", form: "nama=siapa&sandi=salah", public: true, may: signedIn},
	"POST /keluar":                             {path: "/keluar", public: true, may: signedIn},
	"GET /mulai/{token}":                       {path: "/mulai/bukan-tautan"},
	"POST /mulai/{token}":                      {path: "/mulai/bukan-tautan", form: "lengkap=Orang&nama=orang&sandi=kunci-pintu-rumah&ulang=kunci-pintu-rumah"},
	"GET /perangkat-daerah":                    {path: "/perangkat-daerah", may: signedIn},
	"GET /perangkat-daerah/baru":               {path: "/perangkat-daerah/baru", may: admins},
	"POST /perangkat-daerah":                   {path: "/perangkat-daerah", form: "nama=Dinas+Baru&jenis=dinas", may: admins},
	"GET /periode":                             {path: "/periode", may: signedIn},
	"POST /periode":                            {path: "/periode", form: "paket=iid-2027", may: leaders},
	"GET /inovasi":                             {path: "/inovasi", may: signedIn},
	"GET /inovasi/baru":                        {path: "/inovasi/baru", may: registrars},
	"POST /inovasi":                            {path: "/inovasi", form: "nama=", may: registrars},
	"GET /inovasi/{id}":                        {path: "/inovasi/{innovation}", may: readers},
	"GET /inovasi/{id}/ubah":                   {path: "/inovasi/{innovation}/ubah", may: editors},
	"POST /inovasi/{id}/ubah":                  {path: "/inovasi/{innovation}/ubah", form: "nama=Ganti&urusan=Kesehatan&rancang=x&versi=1", may: editors},
	"GET /inovasi/{id}/{period}/{code}":        {path: "/inovasi/{innovation}/2026/SID-16", may: readers},
	"POST /inovasi/{id}/{period}/{code}":       {path: "/inovasi/{innovation}/2026/SID-16", form: "pilihan=3&versi=1", may: editors},
	"POST /inovasi/{id}/{period}/{code}/lepas": {path: "/inovasi/{innovation}/2026/SID-16/lepas", form: "bukti={document}", may: editors},
	"GET /bukti/{id}":                          {path: "/bukti/{document}", may: readers},
	"GET /indeks":                              {path: "/indeks", may: signedIn},
	"GET /indeks/{period}":                     {path: "/indeks/2026", may: signedIn},
}

// TestAccessMatrix walks every route that is registered, as every persona, on
// an object of the own agency, of another agency and of another region.
func TestAccessMatrix(t *testing.T) {
	site, err := newSite(newProgram(t), true)
	must(t, err)
	registered := map[string]bool{}
	site.routes(func(pattern string, _ httpx.Handler) {
		registered[pattern] = true
		rule, known := policies[pattern]
		if !known {
			t.Errorf("%s has no policy: say here who may use it", pattern)
			return
		}
		method, _, _ := strings.Cut(pattern, " ")
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			rule.walk(t, method)
		})
	})
	for pattern := range policies {
		if !registered[pattern] {
			t.Errorf("%s has a policy and is not registered", pattern)
		}
	}
}

// walk asks for one route in a world of its own. A form that is granted may
// change that world, so that the refusals come first.
func (p policy) walk(t *testing.T, method string) {
	w := newTwoRegions(t)
	handler := pages(t, w.program)
	where := []string{""}
	if strings.Contains(p.path+p.form, "{") {
		where = places
	}
	for _, granted := range []bool{false, true} {
		for _, persona := range personas {
			for _, place := range where {
				if p.allows(persona, place) == granted {
					p.check(t, w, handler, persona, place, method, granted)
				}
			}
		}
	}
}

func (p policy) allows(persona, place string) bool {
	return p.public && persona == "visitor" || slices.Contains(p.may[persona], place)
}

func (p policy) check(t *testing.T, w *twoRegions, handler http.Handler, persona, place, method string, granted bool) {
	t.Helper()
	object := w.ids[place]
	fill := strings.NewReplacer("{innovation}", object.innovation, "{document}", object.document)
	if method == http.MethodPost && granted && strings.HasSuffix(p.path, "/lepas") {
		fresh := w.prove(t, place)
		fill = strings.NewReplacer("{innovation}", object.innovation, "{document}", fresh)
	}
	before := w.events(t)
	answer := w.ask(t, handler, persona, method, fill.Replace(p.path), fill.Replace(p.form))
	name := persona + " on " + place
	body := answer.Body.String() + answer.Header().Get("Location")
	switch refused := answer.Code == http.StatusForbidden || answer.Code == http.StatusNotFound; {
	case granted && (refused || strings.Contains(answer.Header().Get("Location"), "/masuk?")):
		t.Errorf("%s is refused: %d %s", name, answer.Code, answer.Header().Get("Location"))
	case !granted && persona == "visitor" && !refused:
		if answer.Code != http.StatusSeeOther || !strings.HasPrefix(answer.Header().Get("Location"), "/masuk?") {
			t.Errorf("%s: %d %s, want to be led to the sign-in page", name, answer.Code, answer.Header().Get("Location"))
		}
	case !granted && persona != "visitor" && !refused:
		t.Errorf("%s: %d, want a refusal", name, answer.Code)
	}
	for where, other := range w.ids {
		if strings.Contains(body, other.secret) && (!granted || !mayKnow(persona, where)) {
			t.Errorf("%s reads %q", name, other.secret)
		}
	}
	if !granted && w.events(t) != before {
		t.Errorf("%s was refused, and yet something was done", name)
	}
}

// mayKnow reports whether a persona may read of an object that lies there.
func mayKnow(persona, place string) bool { return slices.Contains(readers[persona], place) }

// events counts what the audit logs of both regions hold.
func (w *twoRegions) events(t *testing.T) (n int) {
	t.Helper()
	for _, r := range []context.Context{within(t.Context(), w.home), within(t.Context(), w.away)} {
		entries, err := w.audit.Verify(r)
		must(t, err)
		n += entries
	}
	return n
}

// prove makes sure that the object's document proves its indicator.
func (w *twoRegions) prove(t *testing.T, place string) (document string) {
	t.Helper()
	_, err := w.db.Exec(t.Context(), `
		insert into document_uses (region_id, document_id, period_id, code, used_at)
		select region_id, id, '2026', 'SID-16', added_at
		from documents
		where id = $1
		on conflict do nothing`,
		w.ids[place].document)
	must(t, err)
	return w.ids[place].document
}

// A session of one region is nobody in another.
func TestSessionsStayInTheirRegion(t *testing.T) {
	w := newTwoRegions(t)
	handler := pages(t, w.program)
	w.people["stranger"] = w.people["outsider"] // his token, on the other region's host
	answer := w.ask(t, handler, "stranger", http.MethodGet, "/inovasi", "")
	if to := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/masuk?") {
		t.Errorf("%d %s, want to be led to the sign-in page", answer.Code, to)
	}
}

// A list shows what its reader may open, and nothing else.
func TestListsShowWhatMayBeOpened(t *testing.T) {
	w := newTwoRegions(t)
	handler := pages(t, w.program)
	for _, persona := range personas[1:] {
		for _, path := range []string{"/inovasi", "/indeks/2026"} {
			body := w.ask(t, handler, persona, http.MethodGet, path, "").Body.String()
			for _, place := range places {
				if got, want := strings.Contains(body, w.ids[place].secret), mayKnow(persona, place); got != want {
					t.Errorf("%s as %s shows the innovation of %q: %v, want %v", path, persona, place, got, want)
				}
			}
		}
	}
}
