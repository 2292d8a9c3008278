package agencyweb_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/agency/agencyweb"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sqldb"           //nolint:depguard // the pages are tested on the real store
	"siida.id/internal/infra/sqldb/sqldbtest" //nolint:depguard // as above
	"siida.id/locales"
	"siida.id/web/ui"
)

// all has the owner of every innovation of the region.
type all map[string]string

func (a all) Innovations(_ context.Context, agencyID string) (list []agency.Holding, err error) {
	for thing, at := range a {
		if at == agencyID {
			list = append(list, agency.Holding{ID: thing, Name: "Inovasi " + thing})
		}
	}
	slices.SortFunc(list, func(x, y agency.Holding) int { return strings.Compare(x.ID, y.ID) })
	return list, nil
}

func (all) Lock(context.Context, []string) error { return nil }

func (nobody) Lock(context.Context, []string) error { return nil }

func (a all) Move(_ context.Context, thing, to string, _ day.Day, _ agency.Decree) error {
	a[thing] = to
	return nil
}

type nobody struct{}

func (nobody) OfAgency(context.Context, string) ([]reference.Reference, error) { return nil, nil }

func (nobody) Move(context.Context, string, string, day.Day) error { return nil }

type site struct {
	http.Handler
	*agency.Service
	things  all
	catalog *i18n.Catalog
}

func newSite(t *testing.T, db *sqldb.DB) *site {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 8, 17, 3, 0, 0, 0, time.UTC) }
	s := &site{things: all{}, catalog: catalog}
	s.Service = &agency.Service{
		Store: &agencysql.Store{DB: db}, Holdings: s.things, Staff: nobody{}, Tx: db, NewID: id.New, Now: now,
		Log: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: now, Random: rand.Reader},
	}
	mux := http.NewServeMux()
	refuse := func(w http.ResponseWriter, _ *http.Request, status int, err error) {
		http.Error(w, fault.KeyOf(err), status)
	}
	frame := func(_ *http.Request, title string) ui.Frame {
		return ui.Frame{Title: title, Asset: func(name string) string { return "/" + name }}
	}
	(&agencyweb.Web{Service: s.Service, Frame: frame}).Routes(func(pattern string, h httpx.Handler, _ may.Who, _ ...httpx.Option) {
		mux.Handle(pattern, httpx.Wrap(refuse, h, httpx.Body{MaxFile: 1 << 20}))
	})
	s.Handler = mux
	return s
}

var rawKey = regexp.MustCompile(`agency\.[a-z]`)

// ask sends a form, or requests a page if there is none, in both languages.
func (s *site) ask(t *testing.T, as, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	var answer *httptest.ResponseRecorder
	for _, lang := range []string{"en", "id"} {
		r := httptest.NewRequestWithContext(s.catalog.With(servicetest.As(t, as), lang), method, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer = httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		if form != nil && answer.Code == http.StatusSeeOther {
			break // saved; a second time it would be refused
		}
		if body := answer.Body.String(); strings.Contains(body, "no value&gt;") || rawKey.MatchString(body) && answer.Code == http.StatusOK {
			t.Errorf("%s in %s: a text lacks something: %s", path, lang, answer.Body)
		}
	}
	return answer
}

func (s *site) check(t *testing.T, as, path string, form url.Values, status int, want ...string) {
	t.Helper()
	answer := s.ask(t, as, path, form)
	got := answer.Header().Get("Location") + "\n" + answer.Body.String()
	if answer.Code != status {
		t.Errorf("%s as %s: status %d, want %d: %s", path, as, answer.Code, status, got)
	}
	for _, one := range want {
		if not, ok := strings.CutPrefix(one, "!"); ok == strings.Contains(got, not) && ok {
			t.Errorf("%s as %s: shows %q: %s", path, as, not, got)
		} else if !ok && !strings.Contains(got, one) {
			t.Errorf("%s as %s: lacks %q: %s", path, as, one, got)
		}
	}
}

func fields(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func TestPages(t *testing.T) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := newSite(t, db)
		admin := servicetest.As(t, "admin")
		s.check(t, "operator", "/perangkat-daerah", nil, 200, "Belum ada perangkat daerah", "!/baru")
		s.check(t, "admin", "/perangkat-daerah", fields("nama", "Dinas <b>Kesehatan", "jenis", "dinas"), 303, "/perangkat-daerah?tersimpan")
		list, err := s.All(admin)
		if err != nil {
			t.Fatal(err)
		}
		top := list[0].ID
		s.check(t, "admin", "/perangkat-daerah", fields("nama", "", "jenis", "x", "induk", top, "mulai", "besok"), 422, "Isi nama perangkat daerah", "Pilih jenis", "Tulis tanggal", `value="besok"`)
		s.check(t, "admin", "/perangkat-daerah", fields("nama", "Puskesmas Way Urang", "jenis", "puskesmas", "induk", top, "mulai", "1/2/2020"), 303)
		list, err = s.All(admin)
		if err != nil {
			t.Fatal(err)
		}
		unit := list[1].ID
		s.check(t, "operator", "/perangkat-daerah", nil, 200, "└", "Puskesmas Way Urang", "UPTD puskesmas", "Dinas &lt;b&gt;Kesehatan", "!pengaturan")
		s.check(t, "operator", "/perangkat-daerah/"+top, nil, 200, "Puskesmas Way Urang", "!/ubah", "!gabung")
		s.check(t, "operator", "/perangkat-daerah/"+unit, nil, 200, "1 Februari 2020", "/perangkat-daerah/"+top)
		s.check(t, "admin", "/perangkat-daerah/"+top, nil, 200, "/ubah", "/gabung", "/pecah", "/tutup", "/ganti-nama")
		s.check(t, "away", "/perangkat-daerah/"+top, nil, 404, "!Kesehatan")
		s.check(t, "visitor", "/perangkat-daerah/"+top, nil, 401, "!Kesehatan")
		for _, act := range []string{"ubah", "ganti-nama", "gabung", "pecah", "tutup"} {
			path := "/perangkat-daerah/" + top + "/" + act
			s.check(t, "operator", path, nil, 403, "!Kesehatan")
			s.check(t, "brida", path, fields("nomor", "1"), 403)
			s.check(t, "visitor", path, fields("nomor", "1"), 401)
			s.check(t, "away", path, nil, 404, "!Kesehatan")
			s.check(t, "away", path, fields("nomor", "1"), 404)
			s.check(t, "admin", path, nil, 200, "Kesehatan")
			status := 422
			if act == "tutup" {
				status = 409 // it has a unit
			}
			s.check(t, "admin", path, fields("nomor", "800/&1", "mulai", "x"), status, `role="alert"`)
		}
		s.check(t, "admin", "/perangkat-daerah/"+top+"/ubah", fields("jenis", "badan", "induk", unit, "versi", "1"), 422, "di bawah unitnya sendiri")
		s.check(t, "admin", "/perangkat-daerah/"+unit+"/ubah", fields("jenis", "uptd", "induk", top, "versi", "1"), 303, "/perangkat-daerah/"+unit)
	})
}

func TestActs(t *testing.T) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := newSite(t, db)
		admin := servicetest.As(t, "admin")
		var ids []string
		for _, name := range []string{"Dinas A", "Dinas B"} {
			a, err := s.Add(admin, name, "dinas")
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, a.ID)
		}
		a, b := "/perangkat-daerah/"+ids[0], "/perangkat-daerah/"+ids[1]
		s.things["i1"], s.things["i2"] = ids[0], ids[0]
		paper := func(pairs ...string) url.Values {
			return fields(append(pairs, "nomor", "800/17/2026", "tanggal", "2-1-2026", "berlaku", "1-3-2026")...)
		}
		s.check(t, "admin", a+"/ganti-nama", paper("nama", "Dinas Alfa"), 303, a)
		s.check(t, "operator", a, nil, 200, "Dinas Alfa", "Nama lama", "800/17/2026", "sampai 1 Maret 2026", "Nama diganti dari Dinas A menjadi Dinas Alfa")
		s.check(t, "admin", a+"/tutup", nil, 200, "2 inovasi harus dipindahkan dahulu")
		s.check(t, "admin", a+"/tutup", fields("nomor", "800/17"), 409, "Masih ada 2 inovasi", `value="800/17"`)
		s.check(t, "admin", a+"/pecah", nil, 200, `name="inovasi-i1"`, `name="inovasi-i2"`, `name="orang"`)
		s.check(t, "admin", a+"/pecah", paper("inovasi-i1", "1"), 422, "Pilih tujuan untuk Inovasi i2", `option value="1" selected`)
		split := paper("tujuan1-nama", "Dinas C", "tujuan1-jenis", "dinas", "tujuan2-ke", ids[1], "inovasi-i1", "1", "inovasi-i2", "2", "orang", "1")
		split.Set("berlaku", "1-4-2026")
		s.check(t, "admin", a+"/pecah", split, 303, a)
		s.check(t, "operator", a, nil, 200, "Penerus", "Dinas C", "Dinas B", "berakhir pada 1 April 2026")
		s.check(t, "admin", a, nil, 200, "!/gabung")
		s.check(t, "admin", a+"/gabung", nil, 409)
		s.check(t, "operator", b, nil, 200, "Pendahulu", "Dinas Alfa", "800/17/2026")
		s.check(t, "operator", "/perangkat-daerah", nil, 200, "sudah berakhir", "Dinas Alfa", "Dinas C")
		if s.things["i2"] != ids[1] || s.things["i1"] == ids[0] {
			t.Errorf("innovations are at %v", s.things)
		}
		s.check(t, "admin", b+"/gabung", paper("ke", s.things["i1"]), 422, "setelah")
		merge := paper("ke", s.things["i1"])
		merge.Set("berlaku", "1-5-2026")
		s.check(t, "admin", b+"/gabung", merge, 303, b)
		if s.things["i2"] != s.things["i1"] {
			t.Errorf("innovations are at %v", s.things)
		}
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := newSite(t, db)
		for _, as := range []string{"operator", "brida"} {
			s.check(t, as, "/perangkat-daerah/pengaturan", nil, 403)
			s.check(t, as, "/perangkat-daerah/pengaturan", fields("induk_menyetujui", "ya"), 403)
			s.check(t, as, "/perangkat-daerah/jenis", fields("nama", "Museum"), 403)
		}
		s.check(t, "admin", "/perangkat-daerah/pengaturan", nil, 200, `value="tidak" checked`, "UPTD puskesmas")
		s.check(t, "admin", "/perangkat-daerah/pengaturan", fields("induk_menyetujui", "x"), 422, "Pilih siapa yang mengesahkan", `value="tidak" checked`)
		s.check(t, "admin", "/perangkat-daerah/pengaturan", fields("induk_menyetujui", "ya"), 303)
		s.check(t, "admin", "/perangkat-daerah/pengaturan", nil, 200, `value="ya" checked`)
		s.check(t, "admin", "/perangkat-daerah/jenis", fields("nama", "Museum"), 303)
		s.check(t, "admin", "/perangkat-daerah/jenis", fields("nama", "museum"), 422, "Jenis ini sudah ada", `value="museum"`, "Museum")
		s.check(t, "admin", "/perangkat-daerah/baru", nil, 200, "Museum")
		if got, err := s.Settings(actor.With(t.Context(), actor.Actor{ID: "x", Region: servicetest.Away})); err != nil || got.ParentEndorses {
			t.Errorf("another region: %v, %v", got, err)
		}
	})
}
