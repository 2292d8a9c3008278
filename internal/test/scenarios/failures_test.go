package scenarios

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// Failed sign-ins are counted by the hour; the audit log has the first of an hour for
// a person, and none for an unknown login.
func TestCaseS16FailedSignInsAreCounted(t *testing.T) {
	t.Parallel()
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		hour := testclock.Now().Truncate(time.Hour)
		now := hour
		w.Clock = func() time.Time { return now }
		before := len(chain(t, w))
		fail := func(login string, from int) {
			body := form("nama", login, "sandi", "salah-sekali-ini").Encode()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/masuk", strings.NewReader(body))
			r.Host, r.RemoteAddr = world.HomeHost, fmt.Sprintf("198.51.100.%d:1", from)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if answer.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s: status %d", login, answer.Code)
			}
		}
		failAll := func(n int, login func(i int) string) {
			var all sync.WaitGroup
			for k := range 4 {
				all.Go(func() {
					for i := k; i < n; i += 4 {
						fail(login(i), i%100)
					}
				})
			}
			all.Wait()
		}
		failAll(200, func(int) string { return "operator" })
		failAll(100, func(i int) string { return fmt.Sprint("tamu", i) })
		now = hour.Add(time.Hour)
		fail("operator", 1)
		fail("tamu", 2)
		fail("brida", 3)
		first, second := sqldb.Time(hour), sqldb.Time(now)
		link := request{name: "a link that does not work", method: "POST", path: "/mulai/tautan", form: form("nama", "Tamu"), status: 404}
		link.check(t, send(t, w, handler, link))
		want := []string{
			first + " unknown_login  100", first + " wrong_password operator 200", second + " unknown_login  1", second + " wrong_link  1",
			second + " wrong_password brida 1", second + " wrong_password operator 1",
		}
		if diff := cmp.Diff(want, counts(t, w)); diff != "" {
			t.Error(diff)
		}
		var logged []string
		for _, e := range chain(t, w)[before:] {
			if strings.Contains(e, "tamu") || strings.Contains(e, "salah") {
				t.Errorf("the log says what a stranger typed: %s", e)
			}
			logged = append(logged, e)
		}
		if len(logged) != 3 {
			t.Errorf("the log has %d entries, want 3: %q", len(logged), logged)
		}
		if n, err := w.Audit.Verify(region.Within(t.Context(), w.Home)); err != nil || n != before+3 {
			t.Errorf("the chain has %d entries, %v", n, err)
		}
		// The page says how many, and nothing of who, with what name or from where.
		personal := []string{"tamu", "salah-sekali", "operator", "brida", "198.51.100", "wrong_"}
		for _, r := range []request{
			{name: "failures", as: "admin", method: "GET", path: "/keadaan", status: 200, want: []string{"202 dengan nama pengguna yang terdaftar, 101 dengan nama yang tidak dikenal"}, not: personal},
			{name: "in English", as: "admin", method: "POST", path: "/bahasa", form: form("bahasa", "en", "ke", "/keadaan"), status: 303},
			{name: "failures, in English", as: "admin", method: "GET", path: "/keadaan", status: 200, want: []string{"202 with a registered user name, 101 with an unknown one"}, not: personal},
			{name: "those of another region", as: "outsider", method: "GET", path: "/keadaan", status: 200, want: []string{"0 dengan nama pengguna yang terdaftar, 0 dengan nama yang tidak dikenal"}, not: personal},
		} {
			r.check(t, send(t, w, handler, r))
		}
		now = hour.Add(90*24*time.Hour + time.Minute)
		world.Must(t, w.Auth.SweepFailures(region.Within(t.Context(), w.Home)))
		if diff := cmp.Diff(want[2:], counts(t, w)); diff != "" {
			t.Errorf("after 90 days: %s", diff)
		}
	})
}

// chain returns the audit log of the home region: event, subject and details of each
// entry.
func chain(t *testing.T, w *world.Regions) (list []string) {
	t.Helper()
	entries, err := w.Audit.Store.After(region.Within(t.Context(), w.Home), 0, 100_000)
	world.Must(t, err)
	for _, e := range entries {
		list = append(list, fmt.Sprint(e.Event, " ", e.Subject, " ", e.Detail.Values))
	}
	return list
}

// counts returns what the home region has counted: hour, kind, login of a person, and
// number.
func counts(t *testing.T, w *world.Regions) []string {
	t.Helper()
	list, err := sqldb.List(t.Context(), w.DB, sqldb.Self[string], `
		select line
		from (
			select hour || ' ' || kind || '  ' || count as line
			from stranger_failures
			where region_id = $1
			union all
			select f.hour || ' ' || f.kind || ' ' || p.login || ' ' || f.count
			from person_failures f
			join people p on p.region_id = f.region_id and p.id = f.person_id
			where f.region_id = $1
		) lines
		order by line`, w.Home.Code)
	world.Must(t, err)
	return list
}
