package httpx

import (
	"context"
	"io"
	"net/http"
	"time"

	"siida.id/internal/base/fault"
)

// Timeouts bound how long the client and the server wait for each other.
type Timeouts struct {
	FirstByte time.Duration // from the last byte of a request to the first byte of its answer
	Stall     time.Duration // without progress of an answer that has started
}

// DefaultTimeouts returns the timeouts of a server.
func DefaultTimeouts() Timeouts { return Timeouts{FirstByte: 30 * time.Second, Stall: time.Minute} }

const (
	retryAfter = "5"      // seconds, in every answer with status 503
	writeStep  = 16 << 10 // bytes that count as progress
	errorTime  = 5 * time.Second
)

// errTimeout is the cause with which LimitTime cancels a context.
var errTimeout = fault.New(fault.Busy, "fault.late")

// LimitTime cancels the context of a request whose answer has not started in time,
// which Wrap and Refuse answer with 503, and ends an answer without progress. A
// download in progress, however slow, is not cut off.
func (l Timeouts) LimitTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancelCause(r.Context())
		defer cancel(nil)
		a := &answer{ResponseWriter: w, control: http.NewResponseController(w), stall: l.Stall}
		_ = a.control.SetWriteDeadline(time.Time{}) // that of the previous answer; a recorder in a test has none
		defer a.progress()                          // the server's buffer is written after the handler
		a.timer = time.AfterFunc(l.FirstByte, func() { cancel(errTimeout) })
		defer a.timer.Stop()
		r = r.WithContext(ctx)
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = &awaitedBody{r.Body, a, l.FirstByte}
		}
		next.ServeHTTP(a, r)
	})
}

// awaitedBody stops the timeout while the server timeouts for the client; it restarts
// with every byte that arrives.
type awaitedBody struct {
	io.ReadCloser
	answer *answer
	first  time.Duration
}

func (b *awaitedBody) Read(p []byte) (int, error) {
	b.answer.timer.Stop()
	n, err := b.ReadCloser.Read(p)
	if !b.answer.started {
		b.answer.timer.Reset(b.first)
	}
	return n, err
}

// answer is a ResponseWriter that extends the write deadline as it writes. It is not
// safe for concurrent use.
type answer struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
	timer   *time.Timer
	started bool
	status  int   // zero before it has started
	written int64 // bytes
}

// Unwrap implements the interface of http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if status >= http.StatusOK {
		a.start()
		a.status = status
	}
	if h := a.Header(); status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", retryAfter)
	}
	a.progress()
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) start() {
	if a.started = true; a.status == 0 {
		a.status = http.StatusOK
	}
	a.timer.Stop()
}

func (a *answer) progress() { _ = a.control.SetWriteDeadline(time.Now().Add(a.stall)) }

// Write implements io.Writer, in steps with a deadline each.
func (a *answer) Write(p []byte) (n int, err error) {
	a.start()
	for {
		step := p[:min(len(p), writeStep)]
		a.progress()
		m, err := a.ResponseWriter.Write(step)
		n, p = n+m, p[m:]
		a.written += int64(m)
		if err != nil || len(p) == 0 {
			return n, err
		}
	}
}

// started reports whether an answer has started.
func started(w http.ResponseWriter) bool { return answerOf(w).started }

// answerOf returns the answer of LimitTime in w, or one that has not started.
func answerOf(w http.ResponseWriter) *answer {
	for {
		if a, ok := w.(*answer); ok {
			return a
		}
		wrapper, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return new(answer)
		}
		w = wrapper.Unwrap()
	}
}
