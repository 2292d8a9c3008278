package httpx_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"siida.id/internal/infra/httpx"
)

func TestClient(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, tt := range map[string]struct {
		remote     string
		forwarded  []string
		proto      []string
		direct     bool // the server itself uses TLS
		address    string
		encrypted  bool
		withoutAny bool // no proxy is trusted
	}{
		"straight":                        {remote: "203.0.113.9:5000", address: "203.0.113.9"},
		"straight over TLS":               {remote: "203.0.113.9:5000", direct: true, address: "203.0.113.9", encrypted: true},
		"a visitor who claims to be else": {remote: "203.0.113.9:5000", forwarded: []string{"198.51.100.1"}, proto: []string{"https"}, address: "203.0.113.9"},
		"through a proxy":                 {remote: "10.0.0.1:5000", forwarded: []string{"203.0.113.9"}, proto: []string{"https"}, address: "203.0.113.9", encrypted: true},
		"through one without TLS":         {remote: "10.0.0.1:5000", forwarded: []string{"203.0.113.9"}, proto: []string{"http"}, address: "203.0.113.9"},
		"what the visitor wrote is left":  {remote: "10.0.0.1:5000", forwarded: []string{"198.51.100.1, 10.9.9.9, 203.0.113.9"}, address: "203.0.113.9"},
		"even on a line of its own":       {remote: "10.0.0.1:5000", forwarded: []string{"198.51.100.1", "203.0.113.9"}, address: "203.0.113.9"},
		"proto that the visitor wrote":    {remote: "10.0.0.1:5000", forwarded: []string{"203.0.113.9"}, proto: []string{"https", "http"}, address: "203.0.113.9"},
		"through two proxies":             {remote: "10.0.0.1:5000", forwarded: []string{"203.0.113.9, 10.0.0.2"}, address: "203.0.113.9"},
		"from inside":                     {remote: "10.0.0.1:5000", forwarded: []string{"10.0.0.3, 10.0.0.2"}, address: "10.0.0.3"},
		"a proxy that says nothing":       {remote: "10.0.0.1:5000", address: "10.0.0.1"},
		"a proxy that talks garbage":      {remote: "10.0.0.1:5000", forwarded: []string{"198.51.100.1, unknown"}, address: "10.0.0.1"},
		"garbage behind a proxy":          {remote: "10.0.0.1:5000", forwarded: []string{"'; drop, 10.0.0.2"}, address: "10.0.0.2"},
		"an empty list":                   {remote: "10.0.0.1:5000", forwarded: []string{" , "}, address: "10.0.0.1"},
		"IPv6":                            {remote: "[2001:db8::1]:5000", address: "2001:db8::1"},
		"IPv6 through IPv6":               {remote: "[fd00::1]:5000", forwarded: []string{"2001:db8::1"}, address: "2001:db8::1"},
		"IPv6 in brackets":                {remote: "10.0.0.1:5000", forwarded: []string{"[2001:db8::1]"}, address: "2001:db8::1"},
		"with a port":                     {remote: "10.0.0.1:5000", forwarded: []string{"203.0.113.9:4711"}, address: "203.0.113.9"},
		"IPv6 with a port":                {remote: "10.0.0.1:5000", forwarded: []string{"[2001:db8::1]:4711"}, address: "2001:db8::1"},
		"IPv4 dressed as IPv6":            {remote: "[::ffff:10.0.0.1]:5000", forwarded: []string{"::ffff:203.0.113.9"}, address: "203.0.113.9"},
		"a zone":                          {remote: "[fe80::1%eth0]:5000", address: "fe80::1"},
		"a socket":                        {remote: "@", forwarded: []string{"203.0.113.9"}, proto: []string{"https"}, address: "@"},
		"nobody is trusted":               {remote: "10.0.0.1:5000", forwarded: []string{"203.0.113.9"}, proto: []string{"https"}, address: "10.0.0.1", withoutAny: true},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr, r.TLS = tt.remote, nil
			if tt.direct {
				r.TLS = &tls.ConnectionState{}
			}
			for _, line := range tt.forwarded {
				r.Header.Add("X-Forwarded-For", line)
			}
			for _, line := range tt.proto {
				r.Header.Add("X-Forwarded-Proto", line)
			}
			proxies := trusted
			if tt.withoutAny {
				proxies = nil
			}
			httpx.Client(proxies, nil)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				if got := httpx.Address(r.Context()); got != tt.address {
					t.Errorf("address %q, want %q", got, tt.address)
				}
				if got := httpx.TLS(r.Context()); got != tt.encrypted {
					t.Errorf("TLS %v, want %v", got, tt.encrypted)
				}
			})).ServeHTTP(httptest.NewRecorder(), r)
		})
	}
}
