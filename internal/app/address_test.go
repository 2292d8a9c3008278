package app_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// What an address lacks is a warning in the log at the start, and on the page for
// admins.
func TestCaseS10Warnings(t *testing.T) {
	const (
		noAddress = "no public address"
		noProxy   = "uses https, which a proxy has to speak"
		noTLS     = "others reach the program without TLS"

		pageAddress = "Alamat publik daerah belum diatur"
		pageProxy   = "tetapi tidak ada proksi yang disebut"
		pageUnnamed = "Permintaan datang lewat proksi yang belum disebut"
	)
	all := []string{noAddress, noProxy, noTLS, pageAddress, pageProxy, pageUnnamed}
	for name, tt := range map[string]struct {
		proxies   []string
		url       string
		listen    string
		forwarded bool
		want      []string
	}{
		"at home":                          {nil, "http://127.0.0.1:8080", "http://127.0.0.1:8080", false, nil},
		"no address":                       {nil, "", "http://127.0.0.1:8080", false, []string{noAddress, pageAddress, "--url"}},
		"https without a proxy":            {nil, "https://si-ida.example.id", "http://127.0.0.1:8080", false, []string{noProxy, pageProxy, "https://si-ida.example.id"}},
		"https behind a named proxy":       {[]string{"192.0.2.0/24"}, "https://si-ida.example.id", "http://0.0.0.0:8080", true, nil},
		"in a network without TLS":         {nil, "http://si-ida.example.id", "http://[::]:8080", false, []string{noTLS}},
		"a proxy that nobody has named":    {nil, "http://si-ida.example.id", "http://127.0.0.1:8080", true, []string{pageUnnamed, "192.0.2.1"}},
		"a proxy other than what is named": {[]string{"198.51.100.7"}, "https://si-ida.example.id", "http://0.0.0.0:8080", true, []string{pageUnnamed, "192.0.2.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			p, err := app.Open(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), app.Config{Data: world.DemoData(t), MaxFile: 1, Proxies: tt.proxies})
			world.Must(t, err)
			defer func() { _ = p.Close() }()
			_, err = p.Regions.Set(t.Context(), world.OnlyRegion(t, p).Code, region.Change{URL: &tt.url})
			world.Must(t, err)
			world.Must(t, app.WarnAddresses(t.Context(), p, tt.listen))
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/keadaan", nil)
			r.RemoteAddr = "192.0.2.1:4321"
			r.Header.Set("Accept-Language", "id")
			if tt.forwarded {
				r.Header.Set("X-Forwarded-For", "203.0.113.9")
				r.Header.Set("X-Forwarded-Proto", "https")
			}
			for _, cookie := range []string{"sesi", "__Host-sesi"} { // the second if TLS is known
				r.AddCookie(&http.Cookie{Name: cookie, Value: world.Session(t, p, "admin", world.DemoPassword(t))})
			}
			answer := httptest.NewRecorder()
			world.Pages(t, p).ServeHTTP(answer, r)
			told := log.String() + answer.Body.String()
			if answer.Code != http.StatusOK {
				t.Fatalf("%d %s", answer.Code, answer.Header().Get("Location"))
			}
			for _, want := range tt.want {
				if !strings.Contains(told, want) {
					t.Errorf("lacks %q:\n%s", want, told)
				}
			}
			for _, other := range all {
				if strings.Contains(told, other) && !strings.Contains(strings.Join(tt.want, "\n"), other) {
					t.Errorf("warns of %q:\n%s", other, told)
				}
			}
		})
	}
}

// The public address of a demo is the one on which it is served, unless a browser
// cannot open that.
func TestDemoAddress(t *testing.T) {
	p := world.Demo(t)
	for _, tt := range []struct{ served, want string }{
		{"http://127.0.0.1:40123", "http://127.0.0.1:40123"},
		{"http://[::]:8080", "http://127.0.0.1:40123"},
		{"http://192.0.2.7:8080", "http://192.0.2.7:8080"},
	} {
		world.Must(t, app.MoveDemo(t.Context(), p, tt.served))
		if got := world.OnlyRegion(t, p).URL; got != tt.want {
			t.Errorf("served on %s its address is %s, want %s", tt.served, got, tt.want)
		}
		body := world.AnswerTo(t, world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t)), http.MethodGet, "/keadaan", "").Body.String()
		if strings.Contains(body, "siida region set") {
			t.Errorf("served on %s: the page lacks an address: %s", tt.served, body)
		}
	}
}
