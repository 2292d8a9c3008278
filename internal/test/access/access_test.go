package access

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/test/world"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/sqldb"
)

// places are the possible owners of an object, relative to the people of the
// first region.
var places = []string{"own", "other", "away"}

// grants lists, by persona, the places whose objects they may use. On a route
// without an object any place is enough.
type grants map[string][]string

// each grants the same places to several world.Personas.
func each(where []string, names ...string) grants {
	g := grants{}
	for _, p := range names {
		g[p] = where
	}
	return g
}

func (g grants) and(more grants) grants {
	all := maps.Clone(g)
	maps.Copy(all, more)
	return all
}

func (g grants) allow(persona, place string) bool {
	if place == "" {
		return len(g[persona]) > 0
	}
	return slices.Contains(g[persona], place)
}

var (
	own  = []string{"own"}
	both = []string{"own", "other"}
	away = grants{"outsider": {"away"}} // the admin of the other region
)

// expected lists what the access matrix expects for each audience of a route.
// Everybody else is refused: a visitor is redirected to the sign-in page, others
// get 404 or 403.
var expected = map[may.Who]grants{
	may.Anyone:      each(both, world.Personas[:len(world.Personas)-1]...).and(away),
	may.TokenHolder: {}, // no persona holds one
	may.SignedIn:    each(both, world.Personas[1:len(world.Personas)-1]...).and(away),
	may.Appointed:   each(both, "operator", "pendamping", "kepala", "parent", "child", "brida", "pimpinan", "admin").and(away),

	may.RegisterInnovation: each(both, "operator", "pendamping", "parent", "child", "admin").and(away),
	may.ReadInnovation:     each(own, "operator", "pendamping", "kepala", "parent").and(each(both, "brida", "pimpinan", "admin")).and(away),
	may.EditInnovation:     each(own, "operator", "pendamping").and(each(both, "admin")).and(away),
	may.MoveInnovation:     each(own, "operator").and(each(both, "admin")).and(away),
	may.EndorseInnovation:  each(own, "kepala"),

	may.ReadRequest:  each(own, "operator", "pendamping", "kepala").and(each(both, "brida", "pimpinan", "admin")).and(away),
	may.ReplyRequest: each(own, "operator", "pendamping").and(each(both, "admin")).and(away),

	may.ReadBoard: each(both, "pendamping", "kepala", "brida", "pimpinan", "admin").and(away),

	may.Oversee: each(both, "brida", "pimpinan", "admin").and(away),
	may.Lead:    each(both, "brida", "admin").and(away),
	may.Admin:   each(both, "admin").and(away),
}

// wildcards maps a wildcard of a path, below a first segment where that matters,
// to its value: the id of an object, or text.
var wildcards = map[string]string{
	"{$}": "", "{period}": "2026", "{code}": "SID-16", "{agency}": "{agency}", "{innovation}": "{innovation}",
	"daerah {code}":         "SPD-04",
	"inovasi {id}":          "{innovation}",
	"bukti {id}":            "{document}",
	"sk {id}":               "{decree}",
	"saya {session}":        "{session}",
	"orang {id}":            "{person}",
	"orang {assignment}":    "{assignment}",
	"inovasi {file}":        "{file}",
	"contoh {id}":           "{sample}",
	"daerah {id}":           "{proof}",
	"perangkat-daerah {id}": "{agency}",
	"periode {id}":          "2026",
	"periode {extension}":   "{extension}",
	"permintaan-data {id}":  "{request}",
	"laporan {id}":          "{issued}",
	"v {code}":              "{checked}",
	"keadaan {job}":         "{job}",
}

// trial is the input for testing a route that its registration does not give.
// Each feature has its own in a file here; most routes need none.
type trial struct {
	form    string            // of a POST, with {document} and the like for an object's
	path    map[string]string // values of wildcards that are not in wildcards
	grants  grants            // who may, if that depends on the persona too
	prepare func(t *testing.T, w *world.Regions, place string)
}

// trials are those of all features, by pattern.
func trials(t *testing.T) map[string]trial {
	t.Helper()
	all := map[string]trial{}
	for _, feature := range []map[string]trial{accountTrials, agencyTrials, periodTrials, innovationTrials, evidenceTrials, regionalTrials, indexTrials, reportTrials, siteTrials} {
		for pattern, one := range feature {
			if _, twice := all[pattern]; twice {
				t.Errorf("%s has two trials", pattern)
			}
			all[pattern] = one
		}
	}
	return all
}

// route is a registration with its trial.
type route struct {
	trial
	pattern, method, address string // the address has {innovation} and the like for an object's id
	grants                   grants
	upload, noted            bool
}

// registered returns the routes of the program. A route with an unknown audience
// or wildcard fails the test.
func registered(t *testing.T) (list []route) {
	t.Helper()
	site, err := world.Empty(t).Site(true)
	world.Must(t, err)
	left := trials(t)
	site.Routes(func(pattern string, _ httpx.Handler, who may.Who, options ...httpx.Option) {
		r := route{trial: left[pattern], pattern: pattern, upload: slices.Contains(options, httpx.Upload), noted: slices.Contains(options, httpx.Noted)}
		delete(left, pattern)
		var known bool
		if r.grants, known = expected[who]; !known {
			t.Errorf("%s is registered for %q, of whom nothing is expected", pattern, who)
		}
		if r.trial.grants != nil {
			r.grants = r.trial.grants
		}
		var path string
		r.method, path, _ = strings.Cut(pattern, " ")
		if r.address, known = r.fill(path); !known {
			t.Errorf("%s: nobody knows what stands in its wildcards: say so in wildcards or in a trial", pattern)
		}
		list = append(list, r)
	})
	for pattern := range left {
		t.Errorf("%s has a trial and is not registered", pattern)
	}
	return list
}

func (r route) fill(path string) (address string, known bool) {
	segments := strings.Split(path, "/")
	first := segments[1]
	for i, wildcard := range segments {
		if !strings.HasPrefix(wildcard, "{") {
			continue
		}
		value, known := r.path[wildcard]
		for _, key := range []string{first + " " + wildcard, wildcard} {
			if !known {
				value, known = wildcards[key]
			}
		}
		if !known {
			return "", false
		}
		segments[i] = value
	}
	return strings.Join(segments, "/"), true
}

// TestAccessMatrix requests every registered route as every persona, on an
// object of the own agency, of another agency and of another region.
func TestAccessMatrix(t *testing.T) {
	for _, r := range registered(t) {
		t.Run(r.pattern, func(t *testing.T) {
			t.Parallel()
			world.Each(t, r.run)
		})
	}
}

// run requests one route in its own copy of the world. A form that is granted may
// change that world, so the refusals come first.
func (r route) run(t *testing.T, w *world.Regions) {
	handler := world.Pages(t, w.Program)
	where := []string{""}
	if strings.Contains(r.address+r.form, "{") {
		where = places
	}
	for _, granted := range []bool{false, true} {
		for _, persona := range world.Personas {
			for _, place := range where {
				if r.grants.allow(persona, place) == granted {
					r.check(t, w, handler, persona, place, granted)
				}
			}
		}
	}
}

// filledAt puts the ids of a place into an address or a form that a persona sends.
func filledAt(t *testing.T, w *world.Regions, persona, place, text string) string {
	t.Helper()
	object := w.IDs[place]
	text = strings.NewReplacer("{innovation}", object.Innovation, "{document}", object.Document,
		"{agency}", object.Agency, "{person}", object.Person, "{decree}", object.Decree).Replace(text)
	for name, made := range things {
		if strings.Contains(text, name) {
			text = strings.ReplaceAll(text, name, made(t, w, persona, place))
		}
	}
	return text
}

func (r route) check(t *testing.T, w *world.Regions, handler http.Handler, persona, place string, granted bool) {
	t.Helper()
	if r.prepare != nil {
		r.prepare(t, w, place)
	}
	path, form := filledAt(t, w, persona, place, r.address), filledAt(t, w, persona, place, r.form)
	world.SkipHour(t, w.Program) // so that the pages have all their content
	before := events(t, w)
	answer := w.Ask(t, handler, persona, r.method, path, form)
	name := persona + " on " + place
	body := answer.Body.String() + answer.Header().Get("Location")
	asked := strings.HasPrefix(answer.Header().Get("Location"), "/masuk?") || answer.Code == http.StatusUnauthorized // to sign in first
	refused := answer.Code == http.StatusForbidden || answer.Code == http.StatusNotFound || asked
	switch {
	case granted && refused:
		t.Errorf("%s is refused: %d %s", name, answer.Code, answer.Header().Get("Location"))
	case !granted && !refused:
		t.Errorf("%s: %d, want a refusal", name, answer.Code)
	case !granted && persona == "visitor" && answer.Code == http.StatusForbidden:
		t.Errorf("%s is forbidden, want to be led to the sign-in page", name)
	}
	for where, other := range w.IDs {
		if strings.Contains(body, other.Secret) && (!granted || !mayKnow(persona, where)) {
			t.Errorf("%s reads %q", name, other.Secret)
		}
	}
	if !granted && events(t, w) != before {
		t.Errorf("%s was refused, and yet something was done", name)
	}
}

// mayKnow reports whether a persona may see the name of an object in that
// place.
func mayKnow(persona, place string) bool { return expected[may.ReadInnovation].allow(persona, place) }

// events counts the entries of both regions' audit logs.
func events(t *testing.T, w *world.Regions) int {
	t.Helper()
	n, err := sqldb.List(t.Context(), w.DB, sqldb.Self[int], `select count(*) from events`)
	world.Must(t, err)
	return n[0]
}

// A session of one region is not valid in another.
func TestSessionsStayInTheirRegion(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	w.People["stranger"] = w.People["outsider"] // their token, on the other region's host
	answer := w.Ask(t, handler, "stranger", http.MethodGet, "/inovasi", "")
	if to := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/masuk?") {
		t.Errorf("%d %s, want to be led to the sign-in page", answer.Code, to)
	}
}

// A list shows only what its reader may open.
func TestListsShowWhatMayBeOpened(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	for _, persona := range world.Personas[1:] {
		for _, path := range []string{"/inovasi", "/indeks/2026"} {
			body := w.Ask(t, handler, persona, http.MethodGet, path, "").Body.String()
			for _, place := range places {
				if got, want := strings.Contains(body, w.IDs[place].Secret), mayKnow(persona, place); got != want {
					t.Errorf("%s as %s shows the innovation of %q: %v, want %v", path, persona, place, got, want)
				}
			}
		}
	}
}
