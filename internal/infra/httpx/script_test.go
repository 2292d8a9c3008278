package httpx

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A redirect is left to the browser for a script that asks for it, and only for it;
// other answers stay as they are.
func TestNavigation(t *testing.T) {
	h := Navigation(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ke" {
			http.Redirect(w, r, "/tujuan?a=1", http.StatusSeeOther)
			return
		}
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.Write([]byte("isi"))
	}))
	for _, tt := range []struct {
		path, header       string
		status             int
		location, redirect string
		body               string
	}{
		{"/ke", "", 303, "/tujuan?a=1", "", ""},
		{"/ke", "1", 204, "", "/tujuan?a=1", ""},
		{"/", "1", 422, "", "", "isi"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, tt.path, nil)
		r.Header.Set("X-Navigate", tt.header)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || w.Header().Get("Location") != tt.location || w.Header().Get("HX-Redirect") != tt.redirect || w.Body.String() != tt.body {
			t.Errorf("%s %q: %d %v %q", tt.path, tt.header, w.Code, w.Header(), w.Body)
		}
	}
}
