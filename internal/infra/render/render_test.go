package render_test

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"siida.id/internal/infra/render"
)

// A page is compressed if the client accepts that, and has its cache headers.
func TestPage(t *testing.T) {
	want := strings.Repeat("halaman ", 40)
	for _, status := range []int{http.StatusOK, http.StatusUnprocessableEntity} {
		for _, accept := range []string{"", "gzip, br"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", accept)
			w := httptest.NewRecorder()
			if err := render.Page(w, r, status, templ.Raw(want)); err != nil {
				t.Fatal(err)
			}
			body := io.Reader(w.Body)
			if accept != "" {
				zip, err := gzip.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				body = zip
			}
			got, err := io.ReadAll(body)
			h := w.Header()
			if err != nil || string(got) != want || w.Code != status || h.Get("Cache-Control") != "private, no-cache" || !strings.Contains(h.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%d %q: %d %v %q, %v", status, accept, w.Code, h, got, err)
			}
		}
	}
}

// The address in the browser is always one that can be loaded again.
func TestPushedAddress(t *testing.T) {
	for _, tt := range []struct {
		method string
		status int
		pushed bool
	}{
		{http.MethodGet, http.StatusOK, true},
		{http.MethodGet, http.StatusNotFound, false},
		{http.MethodPost, http.StatusOK, false},
		{http.MethodPost, http.StatusUnprocessableEntity, false},
	} {
		w := httptest.NewRecorder()
		if err := render.Page(w, httptest.NewRequestWithContext(t.Context(), tt.method, "/", nil), tt.status, templ.Raw("halaman")); err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("HX-Push-Url"); (got != "false") != tt.pushed {
			t.Errorf("%s %d: HX-Push-Url is %q", tt.method, tt.status, got)
		}
	}
}

// If rendering fails nothing is sent.
func TestPageThatFails(t *testing.T) {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	w := httptest.NewRecorder()
	gone := errors.New("gone")
	err := render.Page(w, r, http.StatusOK, templ.Join(templ.Raw("half"), templ.Raw("", gone)))
	if !errors.Is(err, gone) || w.Body.Len() > 0 || len(w.Header()) > 0 {
		t.Errorf("%v: sent %q with %v", err, w.Body, w.Header())
	}
}
