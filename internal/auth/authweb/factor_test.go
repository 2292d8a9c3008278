package authweb_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

// steps is a second factor without a secret: the code is the time step.
type steps struct{}

func (steps) Secret(string) (string, error) { return "RAHASIA", nil }

func (steps) Seal(secret, _ string) (sealed string, changed bool, err error) {
	return secret, false, nil
}

func (steps) Reveal(secret, _, _ string) (typed, link string, err error) {
	return secret, "otpauth://totp/x?secret=" + secret, nil
}

func (steps) Step(_, _, code string, at time.Time) (int64, bool, error) {
	step := at.Unix() / 30
	return step, code == fmt.Sprintf("%06d", step%1000000), nil
}

// next returns the code that an app shows one time step later.
func (s *site) next() string {
	s.now = s.now.Add(30 * time.Second)
	return fmt.Sprintf("%06d", s.now.Unix()/30%1000000)
}

func TestSecondStep(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		s.check(s.ask("GET", "/dua-langkah?ke=/saya", nil), 200, "/dua-langkah/mulai", "otpauth")
		s.check(s.ask("POST", "/dua-langkah", url.Values{"kode": {"1"}}), 409, "auth.factor_moved", "")
		s.check(s.ask("POST", "/dua-langkah/mulai", url.Values{"lama": {phrase}, "ke": {"/saya"}}), 303, "to /dua-langkah?ke=%2Fsaya.\n", "RAHASIA")
		s.check(s.ask("GET", "/dua-langkah?ke=/saya", nil), 200, `href="otpauth://totp/x?secret=RAHASIA"`, "auth.factor_on")
		s.check(s.ask("GET", "/dua-langkah?ke=/saya", nil), 200, "RAHA SIA", "")
		s.check(s.ask("POST", "/dua-langkah", url.Values{"kode": {"1"}, "ke": {"/saya"}}), 422, `href="#kode"`, "auth.recovery_lead")
		page := s.ask("POST", "/dua-langkah", url.Values{"kode": {s.next()}, "ke": {"/saya"}})
		s.check(page, 200, `href="/saya"`, "RAHASIA")
		spare := codeOn.FindAllString(page.Body.String(), -1)
		if len(spare) != 10 {
			t.Fatalf("%d recovery codes", len(spare))
		}
		s.check(s.ask("GET", "/dua-langkah", nil), 200, "auth.factor_left", "RAHASIA")

		back := s.newBrowser()
		s.check(s.ask("POST", "/masuk", login("rina", phrase, "/indeks?th=2026")), 303, "to /masuk/kode?ke=%2Findeks%3Fth%3D2026.\n", "")
		s.check(s.ask("GET", "/saya", nil), 401, "", "Rina")
		s.check(s.ask("GET", "/masuk/kode?ke=/indeks", nil), 200, `value="/indeks"`, "role=\"alert\"")
		s.check(s.ask("POST", "/masuk/kode", url.Values{"kode": {"1"}, "ke": {"/indeks"}}), 422, `value="/indeks"`, `value="1"`)
		s.check(s.ask("POST", "/masuk/kode", url.Values{"kode": {s.next()}, "ke": {"/indeks"}}), 303, "to /indeks.\n", "")
		s.check(s.ask("GET", "/saya", nil), 200, "Rina", "")
		s.newBrowser()
		s.check(s.ask("GET", "/masuk/kode", nil), 401, "", "<form")
		s.check(s.ask("POST", "/masuk/kode", url.Values{"kode": {spare[0]}}), 401, "", "<form")
		s.ask("POST", "/masuk", login("rina", phrase, ""))
		s.check(s.ask("POST", "/masuk/kode", url.Values{"kode": {spare[0]}, "ke": {"//evil.example"}}), 303, "to /.\n", "")
		s.ask("POST", "/masuk", login("rina", phrase, ""))
		for range 8 { // after the two above
			s.check(s.ask("POST", "/masuk/kode", url.Values{"kode": {spare[0]}}), 422, "auth.factor_wrong", "")
		}
		late := s.ask("POST", "/masuk/kode", url.Values{"kode": {s.next()}})
		s.check(late, 429, "auth.wait", "")
		if late.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
		back()
	})
}

func TestCaseS13FactorPages(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		id, code := s.addPerson("wati", "brida", "")
		s.check(s.ask("GET", "/orang", nil), 200, "account.factor_demands_not", "account.factor_demand_end")
		s.check(s.ask("POST", "/orang/dua-langkah", url.Values{"wajib": {"1"}}), 303, "to /orang?", "")
		s.check(s.ask("GET", "/orang", nil), 200, "account.factor_demand_end", "account.factor_demands_not")
		back := s.newBrowser()
		s.ask("POST", "/masuk", login("wati", code, ""))
		own := url.Values{"sandi": {phrase}, "ulang": {phrase}, "ke": {"/indeks"}}
		s.check(s.ask("POST", "/sandi-baru", own), 303, "to /dua-langkah?ke=%2Findeks.\n", "")
		s.check(s.ask("GET", "/saya", nil), 401, "", "wati")
		s.check(s.ask("GET", "/dua-langkah?ke=/indeks", nil), 200, "auth.factor_must", `href="/saya"`)
		s.ask("POST", "/dua-langkah/mulai", nil)
		s.check(s.ask("POST", "/dua-langkah", url.Values{"kode": {s.next()}, "ke": {"/indeks"}}), 200, `href="/indeks"`, "")
		s.check(s.ask("GET", "/saya", nil), 200, "wati", "")
		s.check(s.ask("GET", "/dua-langkah", nil), 200, "auth.factor_renew", "auth.factor_end")
		s.check(s.ask("POST", "/dua-langkah/matikan", url.Values{"lama": {phrase}, "kode": {s.next()}}), 409, "auth.factor_demanded", "")
		s.check(s.ask("POST", "/dua-langkah/pemulihan", url.Values{"lama": {phrase}, "kode": {"1"}}), 422, "auth.factor_wrong", "auth.recovery_lead")
		s.check(s.ask("POST", "/dua-langkah/pemulihan", url.Values{"lama": {phrase}, "kode": {s.next()}}), 200, "auth.recovery_lead", "")
		s.check(s.ask("POST", "/orang/dua-langkah", nil), 403, "", "")
		s.check(s.ask("POST", "/orang/"+id+"/dua-langkah/hapus", nil), 403, "", "")
		wati := s.browser
		back()
		s.check(s.ask("POST", "/orang/dua-langkah", url.Values{"wajib": {""}}), 303, "", "")
		back = s.newBrowser()
		s.browser = wati
		for lama, want := range map[string]string{"": "auth.old_missing", "salah": "auth.old_wrong"} {
			s.check(s.ask("POST", "/dua-langkah/matikan", url.Values{"lama": {lama}, "kode": {s.next()}}), 422, want, "auth.factor_begin")
			s.check(s.ask("POST", "/dua-langkah/pemulihan", url.Values{"lama": {lama}, "kode": {s.next()}}), 422, want, "auth.recovery_lead")
		}
		s.check(s.ask("POST", "/dua-langkah/matikan", url.Values{"lama": {phrase}, "kode": {s.next()}}), 303, "to /dua-langkah?", "")
		for lama, want := range map[string]string{"": "auth.old_missing", "salah": "auth.old_wrong"} {
			s.check(s.ask("POST", "/dua-langkah/mulai", url.Values{"lama": {lama}}), 422, want, "auth.factor_secret")
		}
		for status := 0; status != 429; { // too many attempts are said at the input that there is
			answer := s.ask("POST", "/dua-langkah/mulai", url.Values{"lama": {"salah"}})
			if status = answer.Code; status != 422 && status != 429 {
				t.Fatalf("%d", status)
			}
			if status == 429 {
				s.check(answer, 429, `href="#lama"`, `href="#kode"`)
			}
		}
		s.now = s.now.Add(20 * time.Minute)
		s.ask("POST", "/dua-langkah/mulai", url.Values{"lama": {phrase}})
		before := s.browser["sesi"].Value
		s.ask("POST", "/dua-langkah", url.Values{"kode": {s.next()}})
		if after := s.browser["sesi"]; after == nil || after.Value == before {
			t.Error("the session has the token that it had without a factor")
		}
		back()
		s.check(s.ask("GET", "/orang/"+id, nil), 200, "account.factor_reset", "")
		s.check(s.ask("POST", "/orang/"+id+"/dua-langkah/hapus", nil), 303, "to /orang/"+id, "")
		s.check(s.ask("GET", "/orang/"+id, nil), 200, "wati", "account.factor_reset")
		s.newBrowser()
		for _, path := range []string{"/dua-langkah", "/dua-langkah/mulai", "/dua-langkah/pemulihan", "/dua-langkah/matikan", "/orang/dua-langkah"} {
			s.check(s.ask("POST", path, nil), 401, "", "<form")
		}
		s.check(s.ask("GET", "/dua-langkah", nil), 401, "", "<form")
	})
}

// Every page of the second factor has its texts in every language.
func TestFactorPagesAreTranslated(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, s *site) {
		s.ask("POST", s.link(), first("rina"))
		for _, lang := range []string{"id", "en"} {
			setLanguage := func(r *http.Request) { *r = *r.WithContext(catalog.With(r.Context(), lang)) }
			s.translated(s.ask("GET", "/dua-langkah", nil, setLanguage), 200, "<html")
			s.ask("POST", "/dua-langkah/mulai", url.Values{"lama": {phrase}})
			s.translated(s.ask("GET", "/dua-langkah", nil, setLanguage), 200, "<html")
			s.translated(s.ask("POST", "/dua-langkah", url.Values{"kode": {s.next()}}, setLanguage), 200, "<html")
			s.ask("POST", "/orang/dua-langkah", url.Values{"wajib": {"1"}})
			s.translated(s.ask("GET", "/orang", nil, setLanguage), 200, "<html")
			s.translated(s.ask("GET", "/dua-langkah", nil, setLanguage), 200, "10")
			back := s.newBrowser()
			s.ask("POST", "/masuk", login("rina", phrase, ""))
			s.translated(s.ask("GET", "/masuk/kode", nil, setLanguage), 200, "<html")
			s.translated(s.ask("POST", "/masuk/kode", url.Values{"kode": {"1"}}, setLanguage), 422, "<html")
			back()
			s.translated(s.ask("POST", "/dua-langkah/matikan", url.Values{"lama": {phrase}, "kode": {"1"}}, setLanguage), 409, "<html")
			s.ask("POST", "/orang/dua-langkah", nil)
			s.check(s.ask("POST", "/dua-langkah/matikan", url.Values{"lama": {phrase}, "kode": {s.next()}}, setLanguage), 303, "", "")
		}
	})
}
