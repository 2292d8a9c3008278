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
	FirstByte time.Duration // from the last byte of a request to the first of its answer
	Stall     time.Duration // without progress of an answer that is under way
}

// DefaultTimeouts returns the timeouts of a server.
func DefaultTimeouts() Timeouts { return Timeouts{FirstByte: 30 * time.Second, Stall: time.Minute} }

const (
	retryAfter = "5"      // seconds, of every answer with status 503
	writeStep  = 16 << 10 // bytes whose arrival counts as progress
	errorTime  = 5 * time.Second
)

// errTimeout is the cause of a context that LimitTime cancelled.
var errTimeout = fault.New(fault.Busy, "fault.late")

// LimitTime ends the context of a request whose answer has not begun in time,
// which Wrap and Refuse answer with 503, and ends an answer of which nothing
// arrives any more. A download that goes on, however slowly, is not cut.
func (l Timeouts) LimitTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancelCause(r.Context())
		defer cancel(nil)
		a := &answer{ResponseWriter: w, control: http.NewResponseController(w), stall: l.Stall}
		_ = a.control.SetWriteDeadline(time.Time{}) // that of the answer before; a recorder in a test knows none
		defer a.progress()                          // what lies in the server's buffer is written after the handler
		a.timer = time.AfterFunc(l.FirstByte, func() { cancel(errTimeout) })
		defer a.timer.Stop()
		r = r.WithContext(ctx)
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = &awaitedBody{r.Body, a, l.FirstByte}
		}
		next.ServeHTTP(a, r)
	})
}

// awaitedBody stops the time while the visitor is waited for; it begins anew
// with every byte that has come, and so with the last.
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

// answer is a ResponseWriter that moves the deadline of what it writes. It is
// used by one goroutine.
type answer struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
	timer   *time.Timer
	started bool
	status  int   // zero before it has started
	written int64 // bytes
}

// Unwrap lets http.ResponseController find the writer below.
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

// Write implements io.Writer, in steps that each have a deadline.
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

// ReadFrom implements io.ReaderFrom, which lets the system send a file itself,
// in steps that each have a deadline.
func (a *answer) ReadFrom(src io.Reader) (n int64, err error) {
	below, ok := a.ResponseWriter.(io.ReaderFrom)
	if !ok {
		return io.Copy(struct{ io.Writer }{a}, src)
	}
	a.start()
	all, bounded := src.(*io.LimitedReader)
	for {
		step := &io.LimitedReader{R: src, N: writeStep}
		if bounded { // one limit alone: the system sees through no two
			step.R, step.N = all.R, min(all.N, writeStep)
		}
		want := step.N
		if want == 0 {
			return n, nil
		}
		a.progress()
		m, err := below.ReadFrom(step)
		n += m
		a.written += m
		if bounded {
			all.N -= m
		}
		if err != nil || m < want {
			return n, err
		}
	}
}

// started reports whether an answer is under way.
func started(w http.ResponseWriter) bool { return answerOf(w).started }

// answerOf is the answer of LimitTime in w, or one that has not begun.
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
