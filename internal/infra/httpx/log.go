package httpx

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// Slow is the duration from which a server logs a request's statements too.
const Slow = 500 * time.Millisecond

// Observer is called for every request. Its methods are called concurrently.
type Observer interface {
	RequestBegan()
	// RequestEnded is called when the answer is complete or the client has
	// disconnected. route is a pattern such as "GET /x/{id}", empty for none.
	RequestEnded(route string, status int, took time.Duration)
	// FileEnded is called for each file of a form, with the number of bytes that
	// arrived.
	FileEnded(result FileResult, bytes int64)
}

// FileResult is the result of a file of a form.
type FileResult string

// A file was received; it was refused with a fault for its sender; or it did not
// arrive completely, or could not be stored.
const (
	FileReceived FileResult = "received"
	FileRefused  FileResult = "refused"
	FileBroken   FileResult = "broken"
)

// record is what is logged of a request. Only the request's goroutine writes it.
type record struct {
	route, region, person string
	status                int // if it is not that of the answer
	err                   error
	overQuota             bool                           // a file was refused for the quota of the region
	observer              Observer                       // nil for none
	atEnd                 func(route string, status int) // nil for none
}

type recordKey struct{}

func recordOf(ctx context.Context) *record {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		return r
	}
	return new(record)
}

// NoteActor adds the ids of region and person to the log line of a request.
func NoteActor(ctx context.Context, region, person string) {
	r := recordOf(ctx)
	r.region, r.person = region, person
}

// AtEnd sets a function that is called when the request of ctx has been answered, with
// its route, empty for none, and the status.
func AtEnd(ctx context.Context, fn func(route string, status int)) { recordOf(ctx).atEnd = fn }

// Log writes a line for each request after it was answered: id, route, status,
// milliseconds, bytes, region and person. A refusal or a failure also has the
// client's address and the error, a request of at least slow its statements. Faults
// that the client cannot correct are errors, as is a panic, which is answered with a
// plain text if no answer has started. observer is called for each request, unless it
// is nil. LimitTime and Client must come before it.
func Log(log *slog.Logger, slow time.Duration, observer Observer) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start, seen := time.Now(), &record{observer: observer}
			if observer != nil {
				observer.RequestBegan()
			}
			ctx, trace := sqldb.WithTrace(context.WithValue(r.Context(), recordKey{}, seen))
			defer func() {
				p := recover()
				cut := aborted(p)
				if p != nil && !cut {
					seen.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
					seen.status, cut = http.StatusInternalServerError, started(w)
				}
				if p != nil && !cut {
					http.Error(w, http.StatusText(seen.status), seen.status)
				}
				took := time.Since(start)
				if took < slow {
					trace = nil
				}
				seen.write(ctx, log, answerOf(w), took, trace)
				if seen.atEnd != nil {
					seen.atEnd(seen.route, seen.answered(answerOf(w)))
				}
				if observer != nil {
					observer.RequestEnded(seen.route, seen.answered(answerOf(w)), took)
				}
				if cut { // net/http closes the connection without a log line, so that the partial answer is not taken for a complete one
					panic(http.ErrAbortHandler)
				}
			}()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// aborted reports whether a panic only closes the connection.
func aborted(p any) bool {
	err, ok := p.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

// fileEnded calls the observer, if there is one, for a file whose receive returned
// err.
func (r *record) fileEnded(err error, arrived *counting) {
	r.overQuota = r.overQuota || fault.KindOf(err) == fault.OverQuota
	if r.observer == nil {
		return
	}
	result := FileReceived
	switch {
	case arrived.broken || fault.Ours(err):
		result = FileBroken
	case err != nil:
		result = FileRefused
	}
	r.observer.FileEnded(result, arrived.n)
}

// answered returns the status of the request with that answer.
func (r *record) answered(a *answer) int { return cmp.Or(r.status, a.status, http.StatusOK) }

// write writes the line; trace is nil for a request that was not slow.
func (r *record) write(ctx context.Context, log *slog.Logger, a *answer, took time.Duration, trace *sqldb.Trace) {
	status := r.answered(a)
	attrs := []slog.Attr{
		slog.String("request", RequestID(ctx)), slog.String("route", r.route), slog.Int("status", status),
		slog.Int64("ms", took.Milliseconds()), slog.Int64("bytes", a.written),
	}
	if r.region != "" {
		attrs = append(attrs, slog.String("region", r.region))
	}
	if r.person != "" {
		attrs = append(attrs, slog.String("person", r.person))
	}
	level := slog.LevelInfo
	if status >= http.StatusBadRequest {
		attrs = append(attrs, slog.String("address", Address(ctx)))
	}
	overQuota := status == http.StatusInsufficientStorage && (r.overQuota || fault.KindOf(r.err) == fault.OverQuota)
	if status >= http.StatusInternalServerError && !overQuota {
		level = slog.LevelError
	}
	if r.err != nil {
		attrs = append(attrs, slog.Any("error", r.err))
	}
	if trace != nil {
		list, all := trace.Statements()
		attrs = append(attrs, slog.Int("statements", all))
		for _, s := range list {
			attrs = append(attrs, slog.Group("statement", slog.Int64("ms", s.Took.Milliseconds()), slog.String("sql", s.Text)))
		}
	}
	log.LogAttrs(ctx, level, "request", attrs...)
}
