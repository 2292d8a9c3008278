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

	"siida.id/internal/infra/sqldb"
)

// Slow is how long a request of a server takes whose statements are logged too.
const Slow = 500 * time.Millisecond

// record is what the log says of a request. The request's goroutine alone writes it.
type record struct {
	route, region, person string
	status                int // where it is not that of the answer
	err                   error
}

type recordKey struct{}

func recordOf(ctx context.Context) *record {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		return r
	}
	return new(record)
}

// NoteActor has the log name the region and the person of a request, by their ids.
func NoteActor(ctx context.Context, region, person string) {
	r := recordOf(ctx)
	r.region, r.person = region, person
}

// Log writes one line for each request once it has been answered: id, route, status,
// milliseconds, bytes, region and person. A refusal or a failure has the client's
// address and the error too, one that took so long its statements. What the visitor cannot
// mend is an error, as is a panic, which it answers in plain words where that is
// still possible. LimitWait and Client go before it.
func Log(log *slog.Logger, slow time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start, seen := time.Now(), new(record)
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
				if cut { // half an answer is not to look whole: net/http ends the connection, and says nothing
					panic(http.ErrAbortHandler)
				}
			}()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// aborted reports whether a panic only ends the connection.
func aborted(p any) bool {
	err, ok := p.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

// write writes the line; trace is nil for a request that was not slow.
func (r *record) write(ctx context.Context, log *slog.Logger, a *answer, took time.Duration, trace *sqldb.Trace) {
	status := r.status
	if status == 0 {
		status = cmp.Or(a.status, http.StatusOK)
	}
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
	if status >= http.StatusInternalServerError {
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
