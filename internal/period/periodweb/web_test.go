package periodweb_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sqldb"           //nolint:depguard // the pages are tested on the real store
	"siida.id/internal/infra/sqldb/sqldbtest" //nolint:depguard // as above
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/period/periodweb"
	"siida.id/locales"
	"siida.id/web/ui"
)

type agencies struct{}

func (agencies) All(context.Context) ([]agency.Agency, error) {
	return []agency.Agency{{ID: "own", Name: "Dinas <b>Own"}}, nil
}

type site struct {
	http.Handler
	*period.Service
	catalog *i18n.Catalog
}

func newSite(t *testing.T, db *sqldb.DB) *site {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 8, 17, 3, 0, 0, 0, time.UTC) }
	s := &site{catalog: catalog}
	s.Service = &period.Service{
		Store: &periodsql.Store{DB: db}, Packs: packs, Agencies: agencies{}, Tx: db, NewID: id.New, Now: now,
		Log: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: now, Random: rand.Reader},
	}
	mux := http.NewServeMux()
	refuse := func(w http.ResponseWriter, r *http.Request, status int, err error) {
		http.Error(w, i18n.Fault(r.Context(), err), status)
	}
	frame := func(_ *http.Request, title string) ui.Frame {
		return ui.Frame{Title: title, Asset: func(name string) string { return "/" + name }}
	}
	(&periodweb.Web{Service: s.Service, Frame: frame}).Routes(func(pattern string, h httpx.Handler, _ may.Who, _ ...httpx.Option) {
		mux.Handle(pattern, httpx.Wrap(refuse, h, httpx.Body{MaxFile: 1 << 20}))
	})
	s.Handler = mux
	return s
}

var rawKey = regexp.MustCompile(`period\.[a-z]`)

// check sends a form, or requests a page if there is none, in both languages.
func (s *site) check(t *testing.T, as, path string, form url.Values, status int, want ...string) {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	var shown string
	for _, lang := range []string{"en", "id"} {
		r := httptest.NewRequestWithContext(s.catalog.With(servicetest.As(t, as), lang), method, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		shown = answer.Header().Get("Location") + "\n" + answer.Body.String()
		if answer.Code != status {
			t.Errorf("%s as %s in %s: status %d, want %d: %s", path, as, lang, answer.Code, status, shown)
		}
		if strings.Contains(shown, "no value&gt;") || rawKey.MatchString(shown) {
			t.Errorf("%s in %s: a text lacks something: %s", path, lang, shown)
		}
		if form != nil && answer.Code == http.StatusSeeOther {
			break // saved; a second time it would be refused
		}
	}
	for _, one := range want {
		not, unwanted := strings.CutPrefix(one, "!")
		if strings.Contains(shown, not) == unwanted {
			t.Errorf("%s as %s: %q: %s", path, as, one, shown)
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
		s.check(t, "brida", "/periode", nil, 200, "Belum ada periode")
		s.check(t, "brida", "/periode", fields("paket", ""), 422, "Pilih paket instrumen")
		s.check(t, "brida", "/periode", fields("paket", "iid-2026"), 303, "/periode?tersimpan")
		s.check(t, "operator", "/periode", nil, 200, "/periode/2026", "Dibuka", "!iid-2027")
		s.check(t, "operator", "/periode/2026", nil, 200, "Belum ditentukan", "/indeks/2026", "!/ubah", "!Tutup periode", "!Beri perpanjangan")
		s.check(t, "visitor", "/periode/2026", nil, 401, "!Dibuka")
		s.check(t, "away", "/periode/2026", nil, 404, "!Dibuka")
		s.check(t, "brida", "/periode/1999", nil, 404)
		for path, form := range map[string]url.Values{
			"ubah": fields("catatan", ""), "tenggat": fields("tenggat_nama", "x"), "hapus-tenggat": fields("tenggat", "x"),
			"perpanjangan": fields("perangkat", "semua"), "tutup": fields("x", "y"),
		} {
			s.check(t, "operator", "/periode/2026/"+path, form, 403)
			s.check(t, "visitor", "/periode/2026/"+path, form, 401)
			s.check(t, "away", "/periode/2026/"+path, form, 404)
		}
		s.check(t, "operator", "/periode/2026/ubah", nil, 403)
		s.check(t, "brida", "/periode/2026/ubah", fields("buka_tanggal", "besok", "catatan", "<i>Isi"), 422,
			"Tulis tanggal seperti", "Isi jamnya", `value="besok"`, "&lt;i&gt;Isi")
		s.check(t, "brida", "/periode/2026/ubah", fields("tutup_tanggal", "31-8-2026", "tutup_jam", "23.59", "catatan", "<i>Isi"), 303, "/periode/2026?tersimpan")
		s.check(t, "brida", "/periode/2026/ubah", nil, 200, `value="2026-08-31"`, `value="23.59"`, "&lt;i&gt;Isi")
		s.check(t, "operator", "/periode/2026", nil, 200, "31 Agustus 2026 pukul 23.59 WIB", "&lt;i&gt;Isi", "!<i>Isi")
	})
}

func TestDeadlinesExtensionsAndMoves(t *testing.T) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := newSite(t, db)
		here := "/periode/2026"
		s.check(t, "brida", "/periode", fields("paket", "iid-2026"), 303)
		s.check(t, "brida", here+"/ubah", fields("tutup_tanggal", "31-8-2026", "tutup_jam", "23.59"), 303)
		s.check(t, "brida", here+"/tenggat", fields("tenggat_nama", "Bukti", "tenggat_jam", "7"), 422, "Isi tanggalnya", "Tulis jam seperti", `value="Bukti"`)
		s.check(t, "brida", here+"/tenggat", fields("tenggat_nama", "Bukti", "tenggat_tanggal", "1-8-2026", "tenggat_jam", "12.00"), 303, here)
		s.check(t, "operator", here, nil, 200, "Bukti", "1 Agustus 2026 pukul 12.00 WIB", "!Hapus")
		c, err := s.Calendar(servicetest.As(t, "brida"), "2026")
		if err != nil {
			t.Fatal(err)
		}
		s.check(t, "brida", here, nil, 200, "Hapus", "Dinas &lt;b&gt;Own")
		s.check(t, "brida", here+"/hapus-tenggat", fields("tenggat", c.Deadlines[0].ID), 303)
		s.check(t, "operator", here, nil, 200, "Belum ada tenggat")
		s.check(t, "brida", here+"/perpanjangan", fields("perangkat", "own", "sampai_tanggal", "1-8-2026", "sampai_jam", "8.00"), 422,
			"setelah penutupan, 31 Agustus 2026 pukul 23.59 WIB", "Isi alasannya", `value="own" selected`)
		s.check(t, "brida", here+"/perpanjangan", fields("perangkat", "own", "sampai_tanggal", "3-9-2026", "sampai_jam", "8.00", "alasan", "Banjir <b>"), 303, here)
		s.check(t, "operator", here, nil, 200, "Dinas &lt;b&gt;Own", "3 September 2026 pukul 08.00 WIB", "Banjir &lt;b&gt;", "Orang brida")
		s.check(t, "brida", here+"/arsipkan", url.Values{}, 409)
		s.check(t, "brida", here+"/lain", url.Values{}, 404)
		s.check(t, "brida", here+"/tutup", url.Values{}, 303, here)
		s.check(t, "brida", here, nil, 200, "Ditutup", "Buka lagi", "Arsipkan", "!Beri perpanjangan")
		s.check(t, "brida", here+"/ubah", nil, 409)
		s.check(t, "brida", here+"/ubah", fields("catatan", ""), 409, "Periode 2026 ditutup sejak 17 Agustus 2026 pukul 10.00 WIB")
		s.check(t, "brida", here+"/buka-lagi", url.Values{}, 303)
		s.check(t, "admin", here+"/tutup", url.Values{}, 303)
		s.check(t, "admin", here+"/arsipkan", fields("tahun", " 2026 "), 303)
		s.check(t, "admin", here, nil, 200, "Diarsipkan", "!Buka lagi", "!/tenggat")
	})
}
