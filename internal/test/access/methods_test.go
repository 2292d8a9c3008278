package access

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

// An existing address lists its methods when requested with another.
func TestOtherMethods(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	type trial struct{ method, address, allowed string }
	trials := []trial{
		{"PUT", "/siap", "GET"},
		{"POST", "/aset/app.css", "GET"},
		{"DELETE", "/masuk", "POST"},
		{"OPTIONS", "/inovasi", "POST"},
		{"POST", "/indeks", "GET"},
		{"GET", "/keluar", "POST"},
		{"PUT", "/tidak-ada", ""},
		{"POST", "/tidak-ada", ""},
	}
	for _, r := range registered(t) {
		trials = append(trials, trial{"PUT", filledAt(t, w, "admin", "own", r.address), r.method})
	}
	for _, tt := range trials {
		answer := w.Ask(t, handler, "admin", tt.method, tt.address, "")
		allow := strings.Split(answer.Header().Get("Allow"), ", ")
		if tt.allowed == "" {
			if answer.Code != http.StatusNotFound || answer.Header().Get("Allow") != "" {
				t.Errorf("%s %s: %d, Allow %q", tt.method, tt.address, answer.Code, allow)
			}
			continue
		}
		if answer.Code != http.StatusMethodNotAllowed || !slices.Contains(allow, tt.allowed) || slices.Contains(allow, tt.method) ||
			slices.Contains(allow, "HEAD") != slices.Contains(allow, "GET") || !strings.Contains(answer.Body.String(), "tidak dapat dipakai dengan cara itu") {
			t.Errorf("%s %s: %d, Allow %q: %s", tt.method, tt.address, answer.Code, allow, answer.Body)
		}
	}
}
