package httpx_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"siida.id/internal/infra/httpx"
)

// over returns the answer of h to a request with cookies, over TLS or not.
func over(t *testing.T, encrypted bool, cookies map[string]string, h http.HandlerFunc) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if r.TLS = nil; encrypted {
		r.TLS = &tls.ConnectionState{}
	}
	for name, value := range cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	httpx.Client(nil, nil)(httpx.Secure(h)).ServeHTTP(w, r)
	return w
}

// Only the cookie with the name for the connection is used: over TLS none that was
// set by another host or without TLS.
func TestCaseS10Cookie(t *testing.T) {
	both := map[string]string{"sesi": "plain", "__Host-sesi": "bound"}
	for _, tt := range []struct {
		name      string
		encrypted bool
		cookies   map[string]string
		want      string
	}{
		{"plain", false, both, "plain"},
		{"TLS", true, both, "bound"},
		{"tossed from elsewhere", true, map[string]string{"sesi": "plain"}, ""},
		{"without TLS", false, map[string]string{"__Host-sesi": "bound"}, ""},
		{"none", true, nil, ""},
	} {
		var got string
		over(t, tt.encrypted, tt.cookies, func(_ http.ResponseWriter, r *http.Request) { got = httpx.Cookie(r, "sesi") })
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSetCookie(t *testing.T) {
	for encrypted, want := range map[bool]string{
		false: "sesi=x; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax",
		true:  "__Host-sesi=x; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax",
	} {
		w := over(t, encrypted, nil, func(w http.ResponseWriter, r *http.Request) { httpx.SetCookie(w, r, "sesi", "x", time.Hour) })
		if got := w.Header().Get("Set-Cookie"); got != want {
			t.Errorf("TLS %v: %s, want %s", encrypted, got, want)
		}
	}
}

// An answer over TLS makes browsers use TLS only, for this host.
func TestCaseS10StrictTransport(t *testing.T) {
	for encrypted, want := range map[bool]string{false: "", true: "max-age=31536000"} {
		w := over(t, encrypted, nil, func(http.ResponseWriter, *http.Request) {})
		if got := w.Header().Get("Strict-Transport-Security"); got != want {
			t.Errorf("TLS %v: %q, want %q", encrypted, got, want)
		}
	}
}
