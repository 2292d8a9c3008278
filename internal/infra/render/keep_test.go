package render_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"siida.id/internal/infra/render"
)

// A page is made once for a state, and again for another address, packing or
// state; a browser that has it gets nothing; what is no page is not kept.
func TestKeeper(t *testing.T) {
	keeper, made := render.NewKeeper(), 0
	ask := func(path, state, packed, has string, status int) *httptest.ResponseRecorder {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", packed)
		r.Header.Set("If-None-Match", has)
		w := httptest.NewRecorder()
		err := keeper.Serve(w, r, state, func(w http.ResponseWriter, r *http.Request) error {
			made++
			return render.Page(w, r, status, templ.Raw(strings.Repeat("halaman ", 40)+path+state))
		})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	first := ask("/a", "1", "", "", http.StatusOK)
	again := ask("/a", "1", "", "", http.StatusOK)
	if made != 1 || again.Body.String() != first.Body.String() || again.Header().Get("Cache-Control") != "private, no-cache" {
		t.Errorf("made %d times: %q, %v", made, again.Body, again.Header())
	}
	tag := first.Header().Get("ETag")
	if none := ask("/a", "1", "", tag, http.StatusOK); none.Code != http.StatusNotModified || none.Body.Len() > 0 || made != 1 {
		t.Errorf("a browser that has it gets %d with %d bytes", none.Code, none.Body.Len())
	}
	for n, other := range [][3]string{{"/b", "1", ""}, {"/a", "2", ""}, {"/a?x", "1", ""}, {"/a", "1", "gzip"}} {
		got := ask(other[0], other[1], other[2], tag, http.StatusOK)
		if made != n+2 || got.Code != http.StatusOK || got.Header().Get("ETag") == tag {
			t.Errorf("%v: made %d times, %d", other, made, got.Code)
		}
	}
	if packed := ask("/a", "1", "gzip", "", http.StatusOK); packed.Header().Get("Content-Encoding") != "gzip" || made != 5 {
		t.Errorf("packed: %v, made %d times", packed.Header(), made)
	}
	for range 2 {
		if w := ask("/wrong", "1", "", "", http.StatusUnprocessableEntity); w.Header().Get("ETag") != "" {
			t.Error("a refusal is kept")
		}
	}
	if made != 7 {
		t.Errorf("made %d times", made)
	}
}
