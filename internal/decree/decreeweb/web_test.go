package decreeweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/testclock"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreesql"
	"siida.id/internal/decree/decreeweb"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sqldb"           //nolint:depguard // the pages are tested on the real store
	"siida.id/internal/infra/sqldb/sqldbtest" //nolint:depguard // as above
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/locales"
	"siida.id/web/ui"
)

// site serves the room with a decree that names an innovation of the own agency and
// one of another.
type site struct {
	*innovation.Service
	t          *testing.T
	handler    http.Handler
	catalog    *i18n.Catalog
	own, other innovation.Innovation
	decree     decree.Decree
}

func each(t *testing.T, fn func(t *testing.T, s *site)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		packs, err := instrument.Embedded()
		must(t, err)
		catalog, err := i18n.Load(locales.Files)
		must(t, err)
		log := &audittest.Log{Real: audittest.Silent{}}
		agencies := &agencysql.Store{DB: db}
		admin := servicetest.As(t, "admin")
		for _, id := range []string{servicetest.Own, servicetest.Other} {
			must(t, agencies.Add(admin, agency.Agency{ID: id, Name: "Dinas <" + id + ">", Kind: "dinas"}))
		}
		s := &site{t: t, catalog: catalog}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: packs, Log: log, Tx: db, Now: testclock.Now}
		_, err = periods.Open(admin, "iid-2026")
		must(t, err)
		decrees := &decree.Service{Store: &decreesql.Store{DB: db}, Log: log, Tx: db, NewID: id.New, Now: testclock.Now}
		s.Service = &innovation.Service{
			Store: &innovationsql.Store{DB: db}, Agencies: agencies, Periods: periods, Decrees: decrees, Log: log, Tx: db, NewID: id.New, Now: testclock.Now,
		}
		decrees.Innovations = innovation.ForDecrees{Service: s.Service}
		s.own, err = s.Register(admin, innovation.Form{Agency: servicetest.Own, Name: "Milik <sendiri>", Affair: "Kesehatan", AppliedOn: "2024-02-01", Design: "Satu dua"})
		must(t, err)
		s.other, err = s.Register(admin, innovation.Form{Agency: servicetest.Other, Name: "Milik lain", Affair: "Sosial", Design: "Satu"})
		must(t, err)
		s.decree, err = decrees.Enter(admin, decree.Form{
			Number: "B/1/2024", Day: "2024-01-17", Subject: "Penetapan", Implementers: "Ani\nBudi", Innovations: []string{s.own.ID, s.other.ID},
		})
		must(t, err)
		mux := http.NewServeMux()
		web := &decreeweb.Web{Service: decrees, Frame: func(r *http.Request, title string) ui.Frame {
			return ui.Frame{Title: title, Here: r.URL.Path, Asset: func(name string) string { return "/" + name }}
		}}
		web.Routes(func(pattern string, h httpx.Handler, _ may.Who, _ ...httpx.Option) {
			mux.Handle(pattern, httpx.Wrap(bare, h, httpx.Body{MaxFile: 1 << 20}))
		})
		s.handler = mux
		fn(t, s)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func bare(w http.ResponseWriter, _ *http.Request, status int, err error) {
	http.Error(w, err.Error(), status)
}

// row is a request and the expected answer.
type row struct {
	as, method, path string
	form             url.Values
	status           int
	want, not        []string
}

func (s *site) run(rows []row) {
	s.t.Helper()
	fill := strings.NewReplacer("{own}", s.own.ID, "{other}", s.other.ID, "{sk}", s.decree.ID)
	for _, r := range rows {
		ctx, statements := sqldb.Counted(s.catalog.With(servicetest.As(s.t, r.as), "id"))
		form := url.Values{}
		for name, values := range r.form {
			for _, v := range values {
				form.Add(name, fill.Replace(v))
			}
		}
		q := httptest.NewRequestWithContext(ctx, r.method, fill.Replace(r.path), strings.NewReader(form.Encode()))
		if r.method == http.MethodPost {
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		answer := httptest.NewRecorder()
		s.handler.ServeHTTP(answer, q)
		name := r.as + " " + r.method + " " + r.path
		got := answer.Header().Get("Location") + "\n" + answer.Body.String()
		if answer.Code != r.status {
			s.t.Errorf("%s: status %d, want %d: %s", name, answer.Code, r.status, got)
			continue
		}
		if n := statements.Load(); r.method == http.MethodGet && n > 5 { // 8, but for the 3 of the frame
			s.t.Errorf("%s: %d statements", name, n)
		}
		for _, want := range r.want {
			if !strings.Contains(got, fill.Replace(want)) {
				s.t.Errorf("%s: lacks %q: %s", name, want, got)
			}
		}
		for _, not := range append(r.not, "<sendiri>", "<own>", "<no value>", ">decree.") {
			if strings.Contains(got, fill.Replace(not)) {
				s.t.Errorf("%s: shows %q: %s", name, not, got)
			}
		}
	}
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.run([]row{
			{"operator", "GET", "/sk", nil, 200, []string{"B/1/2024", "17 Januari 2024"}, []string{"/sk/baru"}},
			{"operator", "GET", "/sk/{sk}", nil, 200, []string{"Milik &lt;sendiri&gt;", "1 inovasi lain", "Budi"}, []string{"Milik lain", "/ubah"}},
			{"away", "GET", "/sk/{sk}", nil, 404, nil, []string{"Penetapan"}},
			{"operator", "GET", "/sk/baru", nil, 403, nil, []string{"Milik"}},
			{"operator", "GET", "/sk/{sk}/ubah", nil, 403, nil, []string{"Milik"}},
			{"visitor", "GET", "/sk", nil, 401, nil, []string{"B/1/2024"}},
			{"brida", "GET", "/sk/baru", nil, 200, []string{"Milik lain · Dinas &lt;other&gt;", `name="pelaksana"`}, nil},
			{
				"brida", "POST", "/sk", form("nomor", "B/1/2024", "tanggal", "2025-01-02", "tentang", "Lagi", "inovasi", "{other}"), 422,
				[]string{`href="#nomor"`, "sudah terdaftar", `value="{other}" checked`, "1 dipilih"},
				nil,
			},
			{"brida", "POST", "/sk", nil, 422, []string{`href="#nomor"`, `href="#tanggal"`, `href="#tentang"`}, nil},
			{"brida", "POST", "/sk", form("nomor", "B/2/2025", "tanggal", "2025-01-02", "tentang", "Lagi"), 303, []string{"/sk/"}, nil},
			{"operator", "POST", "/sk", form("nomor", "B/3/2025"), 403, nil, nil},
			{"brida", "GET", "/sk/{sk}/ubah", nil, 200, []string{`value="{own}" checked`, `value="{other}" checked`, `name="versi" value="1"`}, nil},
			{"brida", "POST", "/sk/{sk}/ubah", form("nomor", "B/1/2024", "tanggal", "2024-01-17", "tentang", "Baru", "inovasi", "{own}", "versi", "1"), 303, []string{"/sk/{sk}"}, nil},
			{
				"admin", "POST", "/sk/{sk}/ubah", form("nomor", "B/1/2024", "tanggal", "2024-01-17", "tentang", "Lain", "inovasi", "{other}", "versi", "1"), 409,
				[]string{"yang sudah tersimpan: Baru", "yang sudah tersimpan: Milik &lt;sendiri&gt;", `name="versi" value="2"`},
				nil,
			},
		})
	})
}

// Every page has its texts in every language.
func TestPagesAreTranslated(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, path := range []string{"/sk", "/sk/baru", "/sk/" + s.decree.ID} {
			who := actor.From(servicetest.As(t, "admin"))
			q := httptest.NewRequestWithContext(actor.With(s.catalog.With(t.Context(), "en"), who), http.MethodGet, path, nil)
			answer := httptest.NewRecorder()
			s.handler.ServeHTTP(answer, q)
			if body := answer.Body.String(); answer.Code != http.StatusOK || strings.Contains(body, ">decree.") || strings.Contains(body, "<no value>") || strings.Contains(body, "Surat keputusan") {
				t.Errorf("%s: %d %s", path, answer.Code, body)
			}
		}
	})
}
