package scenarios

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// A form from the page of a person is not accepted from anybody else, who may have
// signed in in the same browser meanwhile. Its answer keeps nothing of the form, and leads
// back to the page.
func TestCaseA5FormOfSomebodyElse(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		page := "/inovasi/" + w.IDs["own"].Innovation + "/tarik"
		send := func(as string, of actor.Actor, path, form string) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form))
			r.Host = world.HomeHost
			r.Header.Set("Accept-Language", "id")
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Referer", "http://"+world.HomeHost+page+"?a=1")
			r.Header.Set("X-Person", of.ID)
			r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People[as]})
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			return answer
		}
		person := func(as string) actor.Actor {
			who, err := w.Auth.Resume(region.Within(t.Context(), w.In("own")), w.People[as])
			world.Must(t, err)
			return who
		}
		operator, admin := person("operator"), person("admin")
		const why = "Ditarik karena ditulis orang pertama"
		answer := send("admin", operator, page, "alasan="+why)
		body := answer.Body.String()
		if answer.Code != http.StatusUnauthorized || !strings.Contains(body, "belum tersimpan") || !strings.Contains(body, "/masuk?ke="+strings.ReplaceAll(page, "/", "%2F")+"%3Fa%3D1") || strings.Contains(body, why) {
			t.Errorf("the form of another person: %d %s", answer.Code, body)
		}
		if answer := send("admin", admin, page, "alasan="); answer.Code != http.StatusUnprocessableEntity {
			t.Errorf("one's own form: %d %s", answer.Code, answer.Body)
		}
		if answer := send("admin", operator, "/keluar", ""); answer.Code != http.StatusSeeOther {
			t.Errorf("signing out by the page of another person: %d %s", answer.Code, answer.Body)
		}
	})
}
