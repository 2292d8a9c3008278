package authweb_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

var (
	codeOn   = regexp.MustCompile(`(?:[A-Z]{4} ){3}[A-Z]{4}`)
	personOn = regexp.MustCompile(`/orang/([0-9a-f-]{36})`)
	taskOn   = regexp.MustCompile(`/tugas/([0-9a-f-]{36})/akhiri`)
	endOn    = regexp.MustCompile(`/saya/sesi/([0-9a-f-]{36})/akhiri`)
)

func personForm(name, role, agency string) url.Values {
	form := url.Values{"lengkap": {"Orang " + name}, "nama": {name}, "peran": {role}, "perangkat": {agency}}
	if role == "kepala" {
		form.Set("sebagai", "plt")
	}
	return form
}

// addPerson adds a person and returns their id and one-time code.
func (s *site) addPerson(name, role, agency string) (id, code string) {
	s.t.Helper()
	answer := s.ask("POST", "/orang", personForm(name, role, agency))
	s.check(answer, 200, "account.slip_lead", "")
	return found(s.t, personOn, answer.Body.String()), codeOn.FindString(answer.Body.String())
}

func found(t *testing.T, pattern *regexp.Regexp, text string) string {
	t.Helper()
	m := pattern.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in %s", pattern, text)
	}
	return m[1]
}

// newBrowser replaces the browser by one without cookies; back restores it.
func (s *site) newBrowser() (back func()) {
	before := maps.Clone(s.browser)
	s.browser = map[string]*http.Cookie{}
	return func() { s.browser = before }
}

func TestCodeSignsIn(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		s.check(s.ask("GET", "/orang/baru", nil), 200, `name="peran"`, "role=\"alert\"")
		wrong := url.Values{"nama": {"x y"}, "lengkap": {"<Sari>"}, "peran": {"kepala"}, "nomor": {"800/1"}}
		s.check(s.ask("POST", "/orang", wrong), 422, `href="#sebagai"`, "account.slip_lead")
		s.check(s.ask("POST", "/orang", wrong), 422, `value="800/1"`, "<Sari>")
		id, code := s.addPerson("sari", "kepala", "a1")
		s.check(s.ask("GET", "/orang/"+id, nil), 200, "account.code_waiting", code)
		s.check(s.ask("GET", "/orang/"+id, nil), 200, "Dinas &lt;Satu&gt;", "<Satu>")
		s.check(s.ask("GET", "/orang?perangkat=a1", nil), 200, "Orang sari", "Rina")
		s.check(s.ask("GET", "/orang?perangkat=a2&peran=kepala", nil), 200, "account.people_none", "Orang sari")
		s.check(s.ask("GET", "/orang?hal=x", nil), 200, "Rina", "")
		s.check(s.ask("GET", "/orang?hal=2", nil), 404, "", "Rina")

		back := s.newBrowser()
		s.check(s.ask("POST", "/masuk", login("sari", code, "/indeks")), 303, "to /sandi-baru?ke=%2Findeks.\n", code)
		s.check(s.ask("GET", "/saya", nil), 401, "", "sari") // a session that must choose a password opens nothing else
		s.check(s.ask("GET", "/sandi-baru?ke=/indeks", nil), 200, `value="/indeks"`, "role=\"alert\"")
		s.check(s.ask("GET", "/sandi-baru?ke=//evil.example", nil), 200, `name="ke" value="/"`, "evil")
		short := url.Values{"sandi": {"sari"}, "ulang": {"sari"}, "ke": {"/indeks"}}
		s.check(s.ask("POST", "/sandi-baru", short), 422, `value="/indeks"`, `value="sari"`)
		own := url.Values{"sandi": {phrase}, "ulang": {phrase}, "ke": {"/indeks"}}
		s.check(s.ask("POST", "/sandi-baru", own), 303, "to /indeks.\n", "")
		s.check(s.ask("GET", "/sandi-baru", nil), 303, "to /saya.\n", "")
		s.check(s.ask("GET", "/saya", nil), 200, "account.acting_plt", "account.no_task")
		s.check(s.ask("GET", "/orang", nil), 403, "", "Rina")
		s.check(s.ask("GET", "/orang/"+id, nil), 404, "", "sari")
		s.check(s.ask("POST", "/orang", personForm("budi", "admin", "")), 403, "", "account.slip")
		other := s.newBrowser()
		s.check(s.ask("POST", "/masuk", login("sari", code, "")), 422, "auth.wrong", "")
		s.check(s.ask("POST", "/sandi-baru", own), 401, "", "")
		other()
		back()
		s.check(s.ask("GET", "/orang/"+id, nil), 200, "account.active", "account.code_waiting")
	})
}

func TestAPersonsPage(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		id, code := s.addPerson("sari", "operator", "a1")
		to := "/orang/" + id
		s.check(s.ask("POST", to+"/tugas", url.Values{"mulai": {"32-1-2026"}, "tentang": {"Penugasan"}}), 422, `value="Penugasan"`, "")
		s.check(s.ask("POST", to+"/tugas", url.Values{"mulai": {"32-1-2026"}}), 422, `href="#mulai"`, "")
		s.check(s.ask("POST", to+"/tugas", personForm("", "operator", "a1")), 422, "account.role_taken", "")
		s.check(s.ask("POST", to+"/tugas", personForm("", "brida", "")), 303, "to "+to+"?tersimpan=penugasan-diberikan.\n", "")
		page := s.ask("GET", to, nil)
		s.check(page, 200, "account.role_brida", "")
		task := found(t, taskOn, page.Body.String())
		s.check(s.ask("POST", to+"/tugas/"+task+"/akhiri", nil), 303, "to "+to, "")
		s.check(s.ask("GET", to, nil), 200, "account.task_ended", "")
		s.check(s.ask("POST", to+"/tugas/none/akhiri", nil), 404, "", "")

		s.check(s.ask("GET", to+"/kode", nil), 200, `action="`+to+`/kode"`, code)
		answer := s.ask("POST", to+"/kode", nil)
		s.check(answer, 200, "account.slip_lead", code)
		if next := codeOn.FindString(answer.Body.String()); next == "" || strings.Contains(answer.Header().Get("Location"), next) {
			t.Error("no new code")
		}
		s.check(s.ask("POST", to+"/nonaktif", nil), 303, "to "+to, "")
		s.check(s.ask("GET", to, nil), 200, "account.start_lead", to+"/kode")
		s.check(s.ask("POST", to+"/kode", nil), 409, "account.code_inactive", "account.slip_lead")
		s.check(s.ask("POST", to+"/aktif", nil), 303, "to "+to, "")

		mine := "/orang/" + found(t, regexp.MustCompile(`orang-([0-9a-f-]{36})[^R]*Rina`), s.ask("GET", "/orang?peran=admin", nil).Body.String())
		s.check(s.ask("GET", mine, nil), 200, "Rina", mine+"/nonaktif")
		s.check(s.ask("POST", mine+"/nonaktif", nil), 409, "account.own_active", "")
		own := found(t, taskOn, s.ask("GET", mine, nil).Body.String())
		s.check(s.ask("POST", mine+"/tugas/"+own+"/akhiri", nil), 409, "account.own_admin", "")
		s.check(s.ask("POST", mine+"/kode", nil), 409, "account.code_own", "account.slip_lead")
	})
}

func TestBridaGivesCodes(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		boss := "/orang/" + found(t, personOn, s.ask("GET", "/orang?peran=admin", nil).Body.String())
		id, _ := s.addPerson("sari", "operator", "a1")
		_, code := s.addPerson("wati", "brida", "")
		s.newBrowser()
		s.ask("POST", "/masuk", login("wati", code, ""))
		s.ask("POST", "/sandi-baru", url.Values{"sandi": {phrase}, "ulang": {phrase}})
		s.check(s.ask("GET", "/orang", nil), 200, "Orang sari", "/orang/baru")
		s.check(s.ask("GET", "/orang/"+id, nil), 200, "/orang/"+id+"/kode", "/nonaktif")
		s.check(s.ask("GET", boss, nil), 200, "Rina", boss+"/kode")
		s.check(s.ask("POST", boss+"/kode", nil), 403, "account.code_above", "account.slip_lead")
		s.check(s.ask("POST", "/orang/"+id+"/kode", nil), 200, "account.slip_lead", "")
		for _, step := range []string{"/tugas", "/nonaktif", "/aktif", "/tugas/x/akhiri"} {
			s.check(s.ask("POST", "/orang/"+id+step, personForm("", "admin", "")), 403, "", "")
		}
		s.check(s.ask("GET", "/orang/baru", nil), 403, "", "")
	})
}

func TestMyOwnPage(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		s.check(s.ask("POST", "/saya", url.Values{"lengkap": {""}, "telepon": {"<12>"}}), 422, `value="&lt;12&gt;"`, "")
		s.check(s.ask("POST", "/saya", url.Values{"lengkap": {"Rina Baru"}, "telepon": {"0812 3456 7890"}, "bahasa": {"en"}, "versi": {"1"}}), 303, "to /saya?tersimpan=1.\n", "")
		s.check(s.ask("GET", "/saya", nil), 200, `value="081234567890"`, "Wulandari")
		s.check(s.ask("GET", "/saya", nil), 200, "auth.session_here", "auth.session_end")

		back := s.newBrowser()
		s.ask("POST", "/masuk", login("rina", phrase, ""), func(r *http.Request) { r.Header.Set("User-Agent", "Ponsel <b>") })
		second := maps.Clone(s.browser)
		back()
		page := s.ask("GET", "/saya", nil)
		s.check(page, 200, "Ponsel &lt;b&gt;", "Ponsel <b>")
		s.check(s.ask("POST", "/saya/sesi/"+found(t, endOn, page.Body.String())+"/akhiri", nil), 303, "to /saya?", "")
		s.check(s.ask("POST", "/saya/sesi/none/akhiri", nil), 404, "", "")
		back = s.newBrowser()
		s.browser = second
		s.check(s.ask("GET", "/saya", nil), 401, "", "Rina")
		s.ask("POST", "/masuk", login("rina", phrase, ""))
		second = maps.Clone(s.browser)
		back()

		const next = "empat gajah makan kelapa"
		wrong := url.Values{"lama": {"salah <sandi>"}, "sandi": {next}, "ulang": {next}}
		s.check(s.ask("POST", "/saya/sandi", wrong), 422, `href="#lama"`, "salah")
		s.check(s.ask("POST", "/saya/sandi", url.Values{"lama": {phrase}, "sandi": {next}, "ulang": {next}}), 303, "to /saya?tersimpan=sandi-diganti.\n", "")
		back = s.newBrowser()
		s.browser = second
		s.check(s.ask("GET", "/saya", nil), 401, "", "Rina")
		s.ask("POST", "/masuk", login("rina", next, ""))
		second = maps.Clone(s.browser)
		back()
		s.check(s.ask("POST", "/saya/sesi/akhiri-lain", nil), 303, "to /saya?", "")
		s.check(s.ask("GET", "/saya", nil), 200, "Rina Baru", "")
		for range 9 { // after the first above
			s.check(s.ask("POST", "/saya/sandi", wrong), 422, "auth.old_wrong", "auth.wait")
		}
		s.check(s.ask("POST", "/saya/sandi", wrong), 429, "auth.wait", "auth.old_wrong")
		s.browser = second
		s.check(s.ask("GET", "/saya", nil), 401, "", "Rina")
		for _, path := range []string{"/saya", "/saya/sandi", "/saya/sesi/x/akhiri", "/saya/sesi/akhiri-lain", "/orang", "/orang/x/kode"} {
			s.check(s.ask("POST", path, url.Values{}), 401, "", "<form")
		}
	})
}

// Every page about people has its texts in every language.
func TestPeoplePagesAreTranslated(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		id, _ := s.addPerson("sari", "kepala", "a1")
		for _, lang := range []string{"id", "en"} {
			setLanguage := func(r *http.Request) { *r = *r.WithContext(catalog.With(r.Context(), lang)) }
			for _, path := range []string{"/orang", "/orang?peran=pimpinan", "/orang/baru", "/orang/" + id, "/orang/" + id + "/kode", "/saya"} {
				s.translated(s.ask("GET", path, nil, setLanguage), 200, "<html")
			}
			long := url.Values{"peran": {"kepala"}, "nomor": {strings.Repeat("x", 101)}, "tentang": {strings.Repeat("x", 301)}, "telepon": {"1"}, "sampai": {"x"}}
			s.translated(s.ask("POST", "/orang", long, setLanguage), 422, "300")
			s.translated(s.ask("POST", "/orang/"+id+"/tugas", long, setLanguage), 422, "100")
			s.translated(s.ask("POST", "/orang/"+id+"/kode", nil, setLanguage), 200, "<html")
			s.translated(s.ask("POST", "/saya", url.Values{"bahasa": {"xx"}}, setLanguage), 422, "<html")
			s.translated(s.ask("POST", "/saya/sandi", url.Values{}, setLanguage), 422, "<html")
		}
	})
}
