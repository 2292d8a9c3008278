package scenarios

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"siida.id/internal/infra/job"
	"siida.id/internal/test/world"
)

// scrape returns the metrics of a program.
func scrape(t *testing.T, w *world.Regions) string {
	t.Helper()
	answer := httptest.NewRecorder()
	w.Metrics.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("/metrics answers %d: %s", answer.Code, answer.Body)
	}
	return answer.Body.String()
}

// Requests, statements, files, sign-ins and jobs are counted, by words of the program
// alone.
func TestMetrics(t *testing.T) {
	t.Parallel()
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		for _, r := range []request{
			{name: "a page", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200},
			{name: "the same page of another", as: "operator", method: "GET", path: "/inovasi/tidak-ada", status: 404},
			{name: "an address that there is not", as: "operator", method: "GET", path: "/alamat-rahasia", status: 404},
			{name: "a method that there is not", as: "operator", method: "MENARI", path: "/inovasi/{innovation}", status: 405},
			{name: "a file of the program", method: "GET", path: "/siap", status: 200},
			{name: "a file", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/anggaran", file: "rab.pdf", bytes: "%PDF-1.7 isi", status: 303},
			{name: "one that is refused", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/haki", file: "haki.pdf", bytes: "<html>", status: 422},
			{name: "a wrong password", method: "POST", path: "/masuk", form: form("nama", "operator", "sandi", "salah-sekali-ini"), status: 422},
			{name: "a login of nobody", method: "POST", path: "/masuk", form: form("nama", "siapa.ini", "sandi", "salah-sekali-ini"), status: 422},
			{name: "a link of nobody", method: "GET", path: "/mulai/tautan-rahasia", status: 404},
			{name: "its form", method: "POST", path: "/mulai/tautan-rahasia", form: form("nama", "Siapa"), status: 404},
			{name: "a sign-in", method: "POST", path: "/masuk", form: form("nama", "operator", "sandi", world.Passphrase), status: 303},
		} {
			r.check(t, send(t, w, handler, r))
		}
		w.ParkedJob(t, w.Home.Code, "index.day", job.Failure{Key: "fault.full"}.Error())
		got := scrape(t, w)
		for _, want := range []string{
			`siida_http_request_duration_seconds_count{method="GET",route="/inovasi/{id}",status="2xx"} 1`,
			`siida_http_request_duration_seconds_count{method="GET",route="/inovasi/{id}",status="4xx"} 1`,
			`siida_http_request_duration_seconds_count{method="GET",route="/siap",status="2xx"} 1`,
			`siida_http_request_duration_seconds_count{method="other",route="other",status="4xx"} 2`,
			`siida_http_requests_in_flight 0`,
			`siida_files_total{result="received"} 1`, `siida_files_total{result="refused"} 1`, `siida_file_bytes_total 18`,
			`siida_sign_ins_total{result="succeeded"} 1`, `siida_sign_ins_total{result="wrong_password"} 1`,
			`siida_sign_ins_total{result="unknown_login"} 1`, `siida_sign_ins_total{result="wrong_link"} 1`,
			`siida_jobs_parked{kind="index.day"} 1`, `siida_jobs_parked{kind="files.sweep"} 0`,
			`go_sql_open_connections{db_name="`, `go_memstats_heap_alloc_bytes `, `process_resident_memory_bytes `,
		} {
			if !strings.Contains(got, "\n"+want) {
				t.Errorf("missing: %s", want)
			}
		}
		if !regexp.MustCompile(`\nsiida_sql_statement_duration_seconds_count [1-9]`).MatchString(got) {
			t.Error("no statement was counted")
		}
		personal := []string{"operator", "siapa", "rahasia", "tidak-ada", "MENARI", "rab.pdf", "192.0.2", w.Home.Code, w.Away.Code, w.IDs["own"].Innovation}
		for _, word := range personal {
			if strings.Contains(got, word) {
				t.Errorf("it says %q", word)
			}
		}
		problems, err := promlint.New(strings.NewReader(got)).Lint()
		world.Must(t, err)
		for _, p := range problems {
			if strings.HasPrefix(p.Metric, "siida_") {
				t.Errorf("%s: %s", p.Metric, p.Text)
			}
		}
	})
}
