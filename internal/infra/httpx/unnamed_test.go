package httpx_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"siida.id/internal/infra/httpx"
)

// A peer that sends the headers of a proxy and is not configured as one is logged
// once a day; many of them fill neither memory nor log.
func TestUnnamedProxies(t *testing.T) {
	var out bytes.Buffer
	now := time.Date(2026, 12, 31, 20, 0, 0, 0, time.UTC)
	unnamed := httpx.NewUnnamedProxies(slog.New(slog.NewTextHandler(&out, nil)), func() time.Time { return now })
	h := httpx.Client([]netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}, unnamed)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	ask := func(peer, header string) {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		if r.RemoteAddr = peer; header != "" {
			r.Header.Set(header, "x")
		}
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	check := func(lines int, want bool) {
		t.Helper()
		if got := unnamed.Any(); got != want {
			t.Errorf("any: %v, want %v", got, want)
		}
		if got := strings.Count(out.String(), "level=WARN"); got != lines {
			t.Errorf("%d lines, want %d:\n%s", got, lines, out.String())
		}
	}
	ask("10.0.0.1:1", "X-Forwarded-For")
	ask("10.0.0.2:1", "")
	ask("@", "X-Forwarded-For")
	check(0, false)
	ask("10.0.0.3:1", "X-Forwarded-For")
	ask("10.0.0.3:2", "X-Forwarded-Proto")
	ask("[::ffff:10.0.0.2]:1", "Forwarded")
	check(2, true)
	now = now.Add(23 * time.Hour)
	ask("10.0.0.3:3", "Forwarded")
	check(2, true)
	now = now.Add(time.Hour)
	check(2, false)
	ask("10.0.0.3:4", "Forwarded")
	check(3, true)
	for n := range 1000 {
		ask(fmt.Sprintf("192.0.%d.%d:1", n/250, n%250), "X-Forwarded-For")
	}
	check(18, true) // 16 are remembered, of whom one was there
}
