package scenarios

import (
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/test/world"
)

// While the database is unreachable no form can be shown again: the error page
// contains what was typed and sends it again.
func TestWhatWasTypedStaysWhileTheDatabaseIsAway(t *testing.T) {
	world.WithLine(t, func(t *testing.T, w *world.Regions, line *sqldbtest.Line) {
		s, err := w.Site(true)
		world.Must(t, err)
		handler := s.Handler()
		token, own := w.People["operator"], "/inovasi/"+w.IDs["own"].Innovation
		const why = "Ditarik karena <rancangannya> belum lengkap.\r\nDiajukan lagi tahun depan."
		line.Cut()
		ask := func(r request) *httptest.ResponseRecorder {
			answer := w.Ask(t, handler, r.as, r.method, r.path, r.form.Encode())
			r.check(t, answer)
			return answer
		}
		answer := ask(request{
			name: "a form", as: "operator", method: "POST", path: own + "/tarik", form: form("alasan", why, "versi", "3"), status: 503,
			want: []string{"Basis data sedang sibuk atau tidak dapat dihubungi", "Belum tersimpan", "Isian “alasan”", "Kirim lagi", `action="` + own + `/tarik"`},
		})
		if again := fields(answer.Body.String()); again["alasan"] != strings.ReplaceAll(why, "\r\n", "\n") || again["versi"] != "3" || len(again) != 2 {
			t.Errorf("the page sends %q", again)
		}
		ask(request{
			name: "sign-in", as: "visitor", method: "POST", path: "/masuk", form: form("nama", "operator", "sandi", world.Passphrase), status: 503,
			want: []string{`name="nama" value="operator"`, "Kata sandi dan kode tidak ikut"}, not: []string{world.Passphrase},
		})
		ask(request{name: "a page", as: "operator", method: "GET", path: "/inovasi", status: 503, not: []string{"Kirim lagi", "Belum tersimpan"}})
		if answer := w.Ask(t, handler, "operator", "POST", "/keluar", ""); answer.Code != http.StatusServiceUnavailable || !forgets(answer) {
			t.Errorf("/keluar: %d, cookies %v", answer.Code, answer.Result().Cookies())
		}
		for _, path := range []string{"/keluar", own + "/tarik"} { // a form from another site is neither processed nor offered again
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader("alasan=jahat"))
			r.Host = world.HomeHost
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if answer.Code != http.StatusServiceUnavailable || forgets(answer) || strings.Contains(answer.Body.String(), "jahat") {
				t.Errorf("another site's %s: %d\n%s", path, answer.Code, answer.Body)
			}
		}
		line.Restore(t)
		w.People["operator"] = token // as if they had not signed out
		ask(request{name: "the form again", as: "operator", method: "POST", path: own + "/tarik", form: form("alasan", why), status: http.StatusSeeOther})
	})
}

var field = regexp.MustCompile(`(?s)<input type="hidden" name="([^"]*)" value="([^"]*)"|<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)

// fields returns the fields of the form in the main part of a page.
func fields(page string) map[string]string {
	_, main, _ := strings.Cut(page, "<main")
	main, _, _ = strings.Cut(main, "</main>")
	found := map[string]string{}
	for _, m := range field.FindAllStringSubmatch(main, -1) {
		found[m[1]+m[3]] = html.UnescapeString(m[2] + m[4])
	}
	return found
}
