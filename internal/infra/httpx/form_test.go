package httpx_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
)

const formType = "application/x-www-form-urlencoded"

// Nothing that a person can send makes a handler fail, or reaches it as
// something that a database would refuse.
func TestFormsAreText(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) error {
		values, err := httpx.Multipart(r, func(_, name string, bytes io.Reader) error {
			text, err := io.ReadAll(bytes)
			_, _ = w.Write([]byte(name + "=" + string(text) + " "))
			return err
		})
		if err != nil {
			return err
		}
		_, _ = w.Write([]byte(values.Get("a") + r.UserAgent()))
		return nil
	}
	page := func(w http.ResponseWriter, _ *http.Request, status int, err error) {
		http.Error(w, fault.KeyOf(err), status)
	}
	handler := httpx.Wrap(slog.New(slog.DiscardHandler), page, echo)
	parts := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	const multi = "multipart/form-data; boundary=x"
	for _, tt := range []struct {
		name, kind, path, body string
		status                 int
		want                   string
	}{
		{"a form", formType, "/", "a=b", 200, "b"},
		{"no Unicode, and a NUL", formType, "/", "a=%ff%00b", 200, "\ufffdb"},
		{"half an escape", formType, "/", "a=%f", 422, "fault.form_broken"},
		{"too much", formType, "/", "a=" + strings.Repeat("x", 1<<20), 413, "fault.form_large"},
		{"an address with a NUL", formType, "/?x=%00", "", 404, "fault.not_found"},
		{"an address that is no Unicode", formType, "/%ff", "", 404, "fault.not_found"},
		{"half an escape in the address", formType, "/?x=%f", "", 404, "fault.not_found"},
		{"a form with a file", multi, "/", parts("--x\nContent-Disposition: form-data; name=a\n\nb\n--x\nContent-Disposition: form-data; name=f; filename=\"n.pdf\"\n\nbytes\n--x--\n"), 200, "n.pdf=bytes b"},
		{"a form in which no file was chosen", multi, "/", parts("--x\nContent-Disposition: form-data; name=a\n\nb\n--x\nContent-Disposition: form-data; name=f; filename=\"\"\n\n\n--x--\n"), 200, "b"},
		{"one that breaks off", multi, "/", parts("--x\nContent-Disposition: form-data; name=a\n\nb"), 422, "fault.form_broken"},
		{"one without a boundary", "multipart/form-data", "/", "x", 422, "fault.form_broken"},
		{"a text that is too long in it", multi, "/", parts("--x\nContent-Disposition: form-data; name=a\n\n" + strings.Repeat("x", 65<<10) + "\n--x--\n"), 413, "fault.form_large"},
		{"something else", "text/plain", "/", "a=b", 200, ""},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(tt.body))
		at, err := url.Parse(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		r.URL = at
		r.Header.Set("Content-Type", tt.kind)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if got := strings.TrimSpace(w.Body.String()); w.Code != tt.status || got != tt.want {
			t.Errorf("%s: %d %q, want %d %q", tt.name, w.Code, got, tt.status, tt.want)
		}
	}
}

// A fault of the handler of a file ends the reading.
func TestFileFaultsEndTheForm(t *testing.T) {
	stop := errors.New("stop")
	body := "--x\r\nContent-Disposition: form-data; name=f; filename=\"n\"\r\n\r\nbytes\r\n--x--\r\n"
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if _, err := httpx.Multipart(r, func(string, string, io.Reader) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Multipart = %v, want %v", err, stop)
	}
}

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{
		"/indeks?x=1": "/indeks?x=1", "": "/", "//jahat.example": "/", "/\\jahat.example": "/", "https://jahat.example": "/",
		"/\tjahat": "/", "javascript:alert(1)": "/", "/inovasi/": "/inovasi/",
	} {
		if got := httpx.Local(to); got != want {
			t.Errorf("Local(%q) = %q, want %q", to, got, want)
		}
	}
}
