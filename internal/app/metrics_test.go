package app_test

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/test/world"
)

// Metrics are served at an address of their own and not at that of the pages; they
// count the jobs that the program runs.
func TestMetricsAreServed(t *testing.T) {
	address, printed, stop := serveMetrics(t, "127.0.0.1:0")
	if strings.Contains(printed, "others reach the metrics") {
		t.Errorf("warns of an address of this machine: %s", printed)
	}
	ask := func(url string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		world.Must(t, err)
		answer, err := http.DefaultClient.Do(r)
		world.Must(t, err)
		text, err := io.ReadAll(answer.Body)
		world.Must(t, err)
		world.Must(t, answer.Body.Close())
		return answer.StatusCode, string(text)
	}
	until(t, "a job is counted", func() bool {
		_, text := ask(address["serving metrics"])
		return strings.Contains(text, `siida_jobs_total{kind="uploads.sweep",result="worked"} 1`)
	})
	for url, want := range map[string]int{
		address["serving"] + "/siap":                                         http.StatusOK,
		address["serving"] + "/metrics":                                      http.StatusNotFound,
		strings.TrimSuffix(address["serving metrics"], "/metrics") + "/siap": http.StatusNotFound,
	} {
		if got, text := ask(url); got != want || strings.Contains(text, "go_goroutines") {
			t.Errorf("%s answers %d: %.200s", url, got, text)
		}
	}
	stop()
	_, printed, stop = serveMetrics(t, "0.0.0.0:0")
	stop()
	if !strings.Contains(printed, "level=WARN msg=\"others reach the metrics") {
		t.Errorf("warns of no address that others reach: %s", printed)
	}
}

// serveMetrics serves the demo, and metrics on that address. It returns the addresses
// of "serving" and "serving metrics", and what was printed until then.
func serveMetrics(t *testing.T, metrics string) (address map[string]string, printed string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	printing, ended := make(lines, 1000), make(chan int, 1)
	args := []string{"serve", "--listen", "127.0.0.1:0", "--metrics", metrics, "--data", world.DemoData(t)}
	go func() { ended <- app.Run(ctx, args, app.Streams{Out: io.Discard, Err: printing}) }()
	address = map[string]string{}
	for len(address) < 2 {
		select {
		case line := <-printing:
			printed += line
			if m := regexp.MustCompile(`msg="?(serving|serving metrics)"? url=(\S+)`).FindStringSubmatch(line); m != nil {
				address[m[1]] = m[2]
			}
		case code := <-ended:
			t.Fatalf("ended with %d", code)
		case <-time.After(time.Minute):
			t.Fatal("it does not serve")
		}
	}
	return address, printed, func() {
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("stopped with %d", code)
		}
	}
}
