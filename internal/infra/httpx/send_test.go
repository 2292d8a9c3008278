package httpx_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"siida.id/internal/infra/httpx"
)

// damaged is a content that cannot be read to its end.
type damaged struct{ *strings.Reader }

var errDamaged = errors.New("damaged")

func (d damaged) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p[:min(len(p), 4)])
	if err == nil && d.Len() == 0 {
		return 0, errDamaged
	}
	return n, err
}

// An answer with a file that cannot be read to its end is broken off.
func TestSendBreaksOff(t *testing.T) {
	var failed error
	handler := wrapped(func(w http.ResponseWriter, r *http.Request) error {
		failed = httpx.Send(w, r, httpx.File{Name: "surat.pdf", Media: "application/pdf", SHA256: "aa"}, damaged{strings.NewReader("12345678")})
		return failed
	}, httpx.Body{})
	server := httptest.NewServer(handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(request)
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	if err == nil || !errors.Is(failed, errDamaged) {
		t.Errorf("the answer looks whole: %v, %v", err, failed)
	}
}

// verified counts how often it is verified.
type verified struct {
	*strings.Reader
	err error
	n   *int
}

func (v verified) Verify() error { *v.n++; return v.err }

// A file is verified before all of it is sent, and the answer is a page where it fails;
// what sends no bytes, or a part, does not verify. Several ranges are the whole file.
func TestSendVerifies(t *testing.T) {
	for _, tt := range []struct {
		name, method, header, value string
		err                         error
		status, verified            int
		body                        string
	}{
		{"all of it", "GET", "", "", nil, 200, 1, "12345678"},
		{"a damaged one", "GET", "", "", errDamaged, 500, 1, "fault.internal\n"},
		{"its header", "HEAD", "", "", errDamaged, 200, 0, ""},
		{"one that the client has", "GET", "If-None-Match", `"aa"`, errDamaged, 304, 0, ""},
		{"a part", "GET", "Range", "bytes=2-3", errDamaged, 206, 0, "34"},
		{"two parts", "GET", "Range", "bytes=0-1,6-7", nil, 200, 1, "12345678"},
	} {
		n := 0
		handler := wrapped(func(w http.ResponseWriter, r *http.Request) error {
			return httpx.Send(w, r, httpx.File{Name: "surat.pdf", Media: "application/pdf", SHA256: "aa"}, verified{strings.NewReader("12345678"), tt.err, &n})
		}, httpx.Body{})
		r := httptest.NewRequestWithContext(t.Context(), tt.method, "/", http.NoBody)
		if tt.header != "" {
			r.Header.Set(tt.header, tt.value)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != tt.status || n != tt.verified || w.Body.String() != tt.body {
			t.Errorf("%s: status %d, verified %d times, %q", tt.name, w.Code, n, w.Body)
		}
		if file := w.Header().Get("Content-Type") == "application/pdf"; file != (tt.status == 200 || tt.status == 206) && tt.status != 304 {
			t.Errorf("%s: %v", tt.name, w.Header())
		}
	}
}

// Case C7: a browser displays PDFs, pictures and films, unless their address asks for a
// download; nothing else. What it displays cannot load anything.
func TestCaseC7SendDisplays(t *testing.T) {
	for _, tt := range []struct {
		media, address string
		made           bool
		disposition    string
		sandbox        bool
	}{
		{"application/pdf", "/", false, "inline; filename=surat", false},
		{"application/pdf", "/?unduh", false, "attachment; filename=surat", false},
		{"application/pdf", "/?unduh=1", false, "attachment; filename=surat", false},
		{"application/pdf", "/", true, "attachment; filename=surat", false},
		{"image/png", "/", false, "inline; filename=surat", true},
		{"image/png", "/?unduh", false, "attachment; filename=surat", true},
		{"video/mp4", "/", false, "inline; filename=surat", true},
		{"text/html", "/", false, "attachment; filename=surat", true},
		{"image/svg+xml", "/", false, "attachment; filename=surat", true},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, tt.address, http.NoBody)
		if tt.made {
			httpx.SendMade(w, r, "surat", tt.media, []byte("isi"))
		} else if err := httpx.Send(w, r, httpx.File{Name: "surat", Media: tt.media, SHA256: "aa"}, strings.NewReader("isi")); err != nil {
			t.Error(err)
		}
		head := w.Header()
		policy := head.Get("Content-Security-Policy")
		if head.Get("Content-Disposition") != tt.disposition || head.Get("Content-Type") != tt.media || strings.Contains(policy, "sandbox") != tt.sandbox ||
			!strings.HasPrefix(policy, "default-src 'none'; ") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "script-src") {
			t.Errorf("%s at %s: %v", tt.media, tt.address, head)
		}
	}
}
