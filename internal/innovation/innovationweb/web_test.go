package innovationweb_test

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
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sqldb"           //nolint:depguard // the pages are tested on the real store
	"siida.id/internal/infra/sqldb/sqldbtest" //nolint:depguard // as above
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/innovation/innovationweb"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/locales"
	"siida.id/web/ui"
)

// site serves the room with an innovation of the own agency, one of another, and a
// decree that names both.
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
		web := &innovationweb.Web{Service: s.Service, Frame: func(r *http.Request, title string) ui.Frame {
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
		for _, not := range append(r.not, "<sendiri>", "<own>", "<no value>", ">innovation.") {
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

func TestProfilePages(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		full := form("nama", "Baru", "urusan", "Kesehatan", "terap", "2024-05-06", "rancang", "tiga empat lima", "hukum", "satu dua", "irisan", "Sosial", "irisan", "Pendidikan",
			"tema", "Asta Cita 3", "tema-1", "Kesehatan", "klasifikasi", "Masyarakat", "lintang", "-5,7301", "bujur", "105,5892", "sk", "{sk}", "versi", "2")
		s.run([]row{
			{"operator", "GET", "/inovasi/baru", nil, 200, []string{"Asta Cita 1", "Non PKPN", "Desa/Kelurahan", "B/1/2024", `name="irisan"`, "0 dari 300 kata"}, []string{"Milik lain"}},
			{
				"operator", "POST", "/inovasi", form("nama", "Baru", "irisan", "Sosial", "lintang", "utara", "bujur", "1", "hukum", "satu dua", "klasifikasi", "Raja"), 422,
				[]string{`href="#perangkat"`, `href="#urusan"`, `href="#klasifikasi"`, `href="#lintang"`, `value="utara"`, `value="Sosial" checked`, "2 dari 300 kata", "Urusan beririsan: 1 dipilih"},
				[]string{`href="#nama"`, `href="#bujur"`},
			},
			{"operator", "GET", "/inovasi/{own}/ubah", nil, 200, []string{`name="versi" value="2"`, `value="{sk}" checked`}, []string{"Milik lain"}},
			{"operator", "POST", "/inovasi/{own}/ubah", full, 303, []string{"/inovasi/{own}?tersimpan=1"}, nil},
			{"operator", "GET", "/inovasi/{own}/ubah", nil, 200, []string{
				`value="Asta Cita 3" selected`, `value="Kesehatan" selected`, `value="Masyarakat" selected`,
				`value="Sosial" checked`, `value="Pendidikan" checked`, `value="-5,7301"`, "5 dari 300 kata", "Urusan beririsan: 2 dipilih",
			}, nil},
			{"admin", "POST", "/inovasi/{own}/ubah", full, 409, []string{"Orang lain baru saja"}, nil},
			{"brida", "GET", "/inovasi/{own}/ubah", nil, 403, nil, []string{"Baru"}},
			{"other", "GET", "/inovasi/{own}/ubah", nil, 404, nil, []string{"Baru"}},
		})
	})
}

func TestHandlingPages(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		page := "/inovasi/{own}/pindah"
		s.run([]row{
			{"other", "GET", page, nil, 404, nil, []string{"Milik"}},
			{"operator", "GET", page, nil, 200, []string{"Dinas &lt;other&gt;", `action="/inovasi/{own}/tarik"`, `action="/inovasi/{own}/arsipkan"`}, []string{"pulihkan\""}},
			{"brida", "GET", page, nil, 200, []string{"Riwayat pemilik"}, []string{`action="/inovasi/{own}`}},
			{"operator", "POST", page, form("catatan", "Tugas pindah"), 422, []string{`href="#tujuan-pindah"`, "Tugas pindah"}, nil},
			{"operator", "POST", page, form("tujuan-pindah", "other", "catatan", "Tugas <b>pindah"), 303, []string{page}, nil},
			{"operator", "POST", page, form("tujuan-pindah", "other"), 409, nil, nil},
			{"other", "GET", page, nil, 200, []string{`action="/inovasi/{own}/pindah/terima"`, "Tugas &lt;b&gt;pindah"}, []string{"pindah/batal", `href="/inovasi/{own}"`}},
			{"operator", "GET", page, nil, 200, []string{"pindah/batal"}, []string{"pindah/terima"}},
			{"operator", "POST", page + "/terima", nil, 403, nil, nil},
			{"other", "POST", page + "/lain", nil, 404, nil, nil},
			{"other", "POST", page + "/tolak", nil, 303, []string{"/inovasi"}, nil},
			{"other", "GET", page, nil, 404, nil, []string{"Milik"}},
			{"operator", "POST", "/inovasi/{own}/tarik", form("alasan", " "), 422, []string{`href="#alasan"`}, nil},
			{"brida", "POST", "/inovasi/{own}/tarik", form("alasan", "Ganda"), 403, nil, nil},
			{"operator", "POST", "/inovasi/{own}/tarik", form("alasan", "Ganda"), 303, []string{page}, nil},
			{"operator", "GET", page, nil, 200, []string{"Ditarik", "Ganda", `action="/inovasi/{own}/pulihkan"`}, []string{"/tarik\"", "tujuan-pindah"}},
			{"operator", "GET", "/inovasi/{own}/ubah", nil, 409, nil, nil},
			{"operator", "POST", "/inovasi/{own}/arsipkan", nil, 303, []string{page}, nil},
			{"operator", "POST", "/inovasi/{own}/pulihkan", nil, 303, []string{page}, nil},
			{"operator", "POST", "/inovasi/{own}/pulihkan", nil, 409, nil, nil},
		})
	})
}

// Every page has its texts in every language.
func TestPagesAreTranslated(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, path := range []string{"/inovasi/baru", "/inovasi/" + s.own.ID + "/ubah", "/inovasi/" + s.own.ID + "/pindah"} {
			who := actor.From(servicetest.As(t, "admin"))
			q := httptest.NewRequestWithContext(actor.With(s.catalog.With(t.Context(), "en"), who), http.MethodGet, path, nil)
			answer := httptest.NewRecorder()
			s.handler.ServeHTTP(answer, q)
			if body := answer.Body.String(); answer.Code != http.StatusOK || strings.Contains(body, ">innovation.") || strings.Contains(body, "<no value>") || strings.Contains(body, "Surat keputusan") {
				t.Errorf("%s: %d %s", path, answer.Code, body)
			}
		}
	})
}
