package httpx

import (
	"io"
	"net/http"
	"time"
)

// Patient ends a request whose sender has stopped sending: for as long as idle
// no byte of its body came. While bytes come, however slowly, it goes on, since
// a film over a village's line takes an hour.
func Patient(idle time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = &patient{r.Body, http.NewResponseController(w), idle}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// patient moves the deadline before every read. The server itself takes it
// away again before the next request.
type patient struct {
	io.ReadCloser
	control *http.ResponseController
	idle    time.Duration
}

// Read implements io.Reader. A server that knows no deadline, as in a test, has none.
func (p *patient) Read(b []byte) (int, error) {
	_ = p.control.SetReadDeadline(time.Now().Add(p.idle))
	return p.ReadCloser.Read(b)
}
