package bench

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

// asked matches the assets that a page loads.
var asked = regexp.MustCompile(`<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]+)"|<link\b[^>]*\bhref="([^"]+)"`)

// A page with its assets stays small, measured as `make bench` does in
// Chromium, without headers.
func TestPagesAreLight(t *testing.T) {
	p := world.Demo(t)
	handler, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	get := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if path != "/masuk" {
			r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
		}
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: %d, packed as %q", path, w.Code, w.Header().Get("Content-Encoding"))
		}
		return w
	}
	complete := "/inovasi/" + world.InnovationNamed(t, p, "BU KADIS")
	for _, path := range []string{"/masuk", "/", "/inovasi", complete, complete + "/2027/SID-16", "/indeks/2026", "/indeks/2027"} {
		answer := get(path)
		bytes, requests := answer.Body.Len(), 1
		zip, err := gzip.NewReader(answer.Body)
		world.Must(t, err)
		body, err := io.ReadAll(zip)
		world.Must(t, err)
		if bytes > repeatView {
			t.Errorf("%s sends %d bytes to whoever has style sheet and script, at most %d are wanted", path, bytes, repeatView)
		}
		for _, m := range asked.FindAllStringSubmatch(string(body), -1) {
			if strings.HasPrefix(m[2], "data:") {
				continue // is in the page itself
			}
			asset := get(m[1] + m[2])
			bytes += asset.Body.Len()
			requests++
			if asset.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s%s is not kept: %q", m[1], m[2], asset.Header().Get("Cache-Control"))
			}
		}
		if bytes > firstView || requests > maxRequests || requests < 3 {
			t.Errorf("%s: %d bytes in %d requests, at most %d in %d are wanted", path, bytes, requests, firstView, maxRequests)
		}
		t.Logf("%s: %d bytes in %d requests", path, bytes, requests)
	}
}
