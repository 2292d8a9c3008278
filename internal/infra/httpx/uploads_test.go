package httpx_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/httpx"
)

// A person can send four files at once, on any routes; the fifth is refused unread
// until one of them has ended. Others are not affected.
func TestUploadsAtOnce(t *testing.T) {
	arrived, goOn := make(chan struct{}), make(chan struct{})
	receive := func(w http.ResponseWriter, r *http.Request) error {
		_, _, err := httpx.ReadUpload(r, "f", func(_ string, bytes io.Reader) error {
			arrived <- struct{}{}
			<-goOn
			_, err := io.Copy(io.Discard, bytes)
			return err
		})
		return err
	}
	takes := httpx.Body{MaxFile: 1 << 20, Uploads: new(httpx.Uploads)}
	routes := []http.Handler{wrapped(receive, takes), wrapped(receive, takes)}
	send := func(route int, as actor.Actor) int {
		r := sent(t, http.MethodPost, "/", multipartType, strings.NewReader(filePart("f", "n", "x")+last))
		answer := httptest.NewRecorder()
		routes[route].ServeHTTP(answer, r.WithContext(actor.With(r.Context(), as)))
		return answer.Code
	}
	who := actor.Actor{ID: "siapa", Region: "18.01"}
	var all sync.WaitGroup
	hold := func(route int, as actor.Actor) {
		all.Go(func() {
			if code := send(route, as); code != http.StatusOK {
				t.Errorf("an upload of %v: %d", as, code)
			}
		})
		<-arrived
	}
	for n := range 4 {
		hold(n%2, who)
	}
	for route := range routes {
		if code := send(route, who); code != http.StatusTooManyRequests {
			t.Errorf("the fifth at once: %d", code)
		}
	}
	hold(0, actor.Actor{ID: "siapa", Region: "18.02"})
	hold(0, actor.Actor{ID: "lain", Region: "18.01"})
	r := sent(t, http.MethodPost, "/", formType, strings.NewReader("a=b"))
	answer := httptest.NewRecorder()
	if routes[0].ServeHTTP(answer, r); answer.Code != http.StatusOK {
		t.Errorf("a form without a file: %d", answer.Code)
	}
	close(goOn)
	all.Wait()
	for range 5 { // one after another
		hold(0, who)
		all.Wait()
	}
}
