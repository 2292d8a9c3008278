package demo

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/agency"
	"siida.id/internal/app"
	"siida.id/internal/base/fault"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/instrument"
	"siida.id/internal/test/world"
)

// demoKinds checks that the agencies cover a regency: each kind has one with an
// innovation, units are below their parent, some agency has reported nothing,
// and applied innovations have a place.
func demoKinds(t *testing.T, p *app.Program, ctx context.Context) {
	t.Helper()
	innovations, err := p.Innovations.List(ctx)
	world.Must(t, err)
	active := map[string]bool{}
	for _, i := range innovations {
		active[i.AgencyID] = true
		one, err := p.Innovations.ByID(ctx, i.ID)
		world.Must(t, err)
		if used := one.AppliedOn != ""; used != (one.Latitude != "") || used != strings.HasPrefix(one.Longitude, "105.") {
			t.Errorf("%s, in use since %q, is at %q, %q", one.Name, one.AppliedOn, one.Latitude, one.Longitude)
		}
	}
	all, err := p.Agencies.AllIncludingEnded(ctx)
	world.Must(t, err)
	kind := map[string]agency.Kind{"": "none"}
	for _, a := range all {
		kind[a.ID] = a.Kind
	}
	above := map[agency.Kind]agency.Kind{"bagian": "sekretariat", "puskesmas": "dinas", "uptd": "dinas", "sekolah": "dinas", "desa": "kecamatan"}
	reporting, silent := map[agency.Kind]int{}, 0
	for _, a := range all {
		if want := above[a.Kind]; want != "" && kind[a.Parent] != want || want == "" && a.Parent != "" {
			t.Errorf("%s, a %s, is below a %s", a.Name, a.Kind, kind[a.Parent])
		}
		switch {
		case active[a.ID]:
			reporting[a.Kind]++
		case a.Lives():
			silent++
		}
	}
	for _, k := range agency.Kinds() {
		if reporting[k] == 0 {
			t.Errorf("no %s has an innovation", k)
		}
	}
	if len(active) < 25 || silent == 0 {
		t.Errorf("%d agencies have innovations, %d have none", len(active), silent)
	}
}

// demoGuidance checks BRIDA's guidance: texts in the open period only, and
// samples of both verdicts for some of them.
func demoGuidance(t *testing.T, p *app.Program, ctx context.Context) {
	t.Helper()
	guided, compared, verdicts := map[string]int{}, 0, map[guidance.Verdict]int{}
	for _, year := range []string{"2026", "2027"} {
		pinned, err := p.Periods.ByID(ctx, year)
		world.Must(t, err)
		for _, row := range pinned.Pack.Rows(instrument.PerInnovation) {
			g, err := p.Guidance.Store.Guidance(ctx, year, row.Code)
			if fault.KindOf(err) == fault.NotFound {
				continue
			}
			world.Must(t, err)
			guided[year]++
			if !strings.HasPrefix(g.Words, "Contoh ") {
				t.Errorf("the guidance for %s does not say that it is made up: %s", row.Code, g.Words)
			}
			samples, err := p.Guidance.Store.Samples(ctx, year, row.Code)
			world.Must(t, err)
			both := map[guidance.Verdict]bool{}
			for _, s := range samples {
				verdicts[s.Verdict]++
				both[s.Verdict] = true
				if s.Caption == "" || !strings.HasPrefix(s.Name, "contoh-"+string(s.Verdict)) {
					t.Errorf("%s: sample %+v", row.Code, s)
				}
			}
			if len(both) == 2 {
				compared++
			}
		}
	}
	if guided["2026"] != 0 || guided["2027"] < 8 || compared < 3 || verdicts[guidance.Right] < 5 || verdicts[guidance.Wrong] < 3 || len(verdicts) != 2 {
		t.Errorf("indicators with guidance %v, samples %v, both of %d", guided, verdicts, compared)
	}
}

// Every page of the demo says that it is a sample, including an error page.
func TestDemoSaysSoOnEveryPage(t *testing.T) {
	p := world.Demo(t)
	handler, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	person, unit := world.PersonNamed(t, p, "dishub")
	ids := strings.NewReplacer("/inovasi/{id}", "/inovasi/"+world.InnovationNamed(t, p, "S-TRAVIS"), "/perangkat-daerah/{id}", "/perangkat-daerah/"+unit,
		"/orang/{id}", "/orang/"+person, "/periode/{id}", "/periode/2027", "/daerah/{period}/{code}", "/daerah/2027/SPD-04", "{period}", "2027", "{code}", "SID-16")
	place := regexp.MustCompile(`\{\w+\}`) // of an object that does not exist
	opened := 0
	site, err := p.Site(true)
	world.Must(t, err)
	site.Routes(func(pattern string, _ httpx.Handler, _ may.Who, _ ...httpx.Option) {
		path, isPage := strings.CutPrefix(pattern, "GET ")
		if !isPage {
			return
		}
		path = place.ReplaceAllString(ids.Replace(strings.TrimSuffix(path, "{$}")), "tidak-ada")
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
		r.Header.Set("Accept-Language", "id")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		page := strings.HasPrefix(w.Header().Get("Content-Type"), "text/html")
		if page && w.Body.Len() > 0 && w.Code != http.StatusSeeOther && !strings.Contains(w.Body.String(), "orang dan angka di sini rekaan") {
			t.Errorf("%s: %d, and does not say that it is a sample", pattern, w.Code)
		}
		if page && w.Code == http.StatusOK {
			opened++
		}
	})
	if opened < 40 {
		t.Errorf("only %d pages", opened)
	}
}
