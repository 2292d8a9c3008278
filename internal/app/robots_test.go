package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/base/testclock"
	"siida.id/internal/test/world"
)

func TestCaseS23CrawlersAndFinders(t *testing.T) {
	const contact = "mailto:aduan@example.go.id"
	now := testclock.Now()
	for name, tt := range map[string]struct {
		contact, path string
		status        int
		want          string
	}{
		"crawlers stay away": {"", "/robots.txt", http.StatusOK, "User-agent: *\nDisallow: /\n"},
		"a contact":          {contact, "/.well-known/security.txt", http.StatusOK, "Contact: " + contact + "\nExpires: " + now.AddDate(0, 0, 180).UTC().Format(time.RFC3339) + "\n"},
		"no contact":         {"", "/.well-known/security.txt", http.StatusNotFound, ""},
		"a page":             {"", "/masuk", http.StatusOK, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := app.Open(t.Context(), slog.New(slog.DiscardHandler), app.Config{Data: world.DemoData(t), MaxFile: 1, Contact: tt.contact})
			world.Must(t, err)
			defer func() { _ = p.Close() }()
			p.Clock = func() time.Time { return now }
			answer := httptest.NewRecorder()
			world.Pages(t, p).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, tt.path, nil))
			if answer.Code != tt.status || !strings.Contains(answer.Body.String(), tt.want) {
				t.Errorf("%d %q; want %d with %q", answer.Code, answer.Body.String(), tt.status, tt.want)
			}
			if got := answer.Header().Get("X-Robots-Tag"); got != "noindex, nofollow" {
				t.Errorf("X-Robots-Tag: %q", got)
			}
		})
	}
	for _, wrong := range []string{"aduan@example.go.id", "mailto:aduan", "http://example.go.id", "https://", "mailto:a@b\nExpires: 1"} {
		if _, err := app.Open(t.Context(), slog.New(slog.DiscardHandler), app.Config{Data: t.TempDir(), Contact: wrong}); err == nil || !strings.Contains(err.Error(), "security contact") {
			t.Errorf("%q: %v, want that it is refused", wrong, err)
		}
	}
}
