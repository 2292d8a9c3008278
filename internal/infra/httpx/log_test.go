package httpx_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// Each request has one line, with the client's address only if it was refused.
func TestLog(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		ask := func(r *http.Request) error {
			_, err := sqldb.One(r.Context(), db, sqldb.Self[int], `
				select
					1`)
			return err
		}
		for name, tt := range map[string]struct {
			h    httpx.Handler
			slow time.Duration
			want string // of the line, with 0 as id and 1 as milliseconds
		}{
			"an answer": {
				h: func(w http.ResponseWriter, r *http.Request) error {
					_, err := io.WriteString(w, "hello")
					return errors.Join(err, ask(r))
				},
				want: `level=INFO msg=request request=0 route="GET /x/{id}" status=200 ms=1 bytes=5 region=18.01 person=p1`,
			},
			"one without a body": {
				h:    func(http.ResponseWriter, *http.Request) error { return nil },
				want: `level=INFO msg=request request=0 route="GET /x/{id}" status=200 ms=1 bytes=0 region=18.01 person=p1`,
			},
			"a redirect": {
				h: func(w http.ResponseWriter, r *http.Request) error {
					http.Redirect(w, r, "/y", http.StatusSeeOther)
					return nil
				},
				want: `level=INFO msg=request request=0 route="GET /x/{id}" status=303 ms=1 bytes=29 region=18.01 person=p1`,
			},
			"a refusal": {
				h:    func(http.ResponseWriter, *http.Request) error { return fault.New(fault.Forbidden, "fault.forbidden") },
				want: `level=INFO msg=request request=0 route="GET /x/{id}" status=403 ms=1 bytes=9 region=18.01 person=p1 address=192.0.2.1 error=fault.forbidden`,
			},
			"a failure": {
				h:    func(http.ResponseWriter, *http.Request) error { return errors.New("a bug") },
				want: `level=ERROR msg=request request=0 route="GET /x/{id}" status=500 ms=1 bytes=9 region=18.01 person=p1 address=192.0.2.1 error="a bug"`,
			},
			"no room on the disk": {
				h:    func(http.ResponseWriter, *http.Request) error { return fault.New(fault.Full, "fault.full") },
				want: `level=ERROR msg=request request=0 route="GET /x/{id}" status=507 ms=1 bytes=9 region=18.01 person=p1 address=192.0.2.1 error=fault.full`,
			},
			"no room in the quota": {
				h:    func(http.ResponseWriter, *http.Request) error { return fault.New(fault.OverQuota, "file.quota") },
				want: `level=INFO msg=request request=0 route="GET /x/{id}" status=507 ms=1 bytes=9 region=18.01 person=p1 address=192.0.2.1 error=file.quota`,
			},
			"a slow one": {
				h: func(_ http.ResponseWriter, r *http.Request) error { return ask(r) }, slow: -1,
				want: `level=INFO msg=request request=0 route="GET /x/{id}" status=200 ms=1 bytes=0 region=18.01 person=p1` +
					` statements=1 statement.ms=1 statement.sql="select 1"`,
			},
		} {
			var out bytes.Buffer
			log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				switch a.Key {
				case "time":
					return slog.Attr{}
				case "request":
					return slog.String("request", "0")
				case "ms":
					return slog.Int("ms", 1)
				}
				return a
			}}))
			mux := http.NewServeMux()
			mux.Handle("GET /x/{id}", httpx.Wrap(func(w http.ResponseWriter, _ *http.Request, status int, _ error) {
				http.Error(w, "no entry", status)
			}, tt.h, httpx.Body{}))
			known := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				httpx.NoteActor(r.Context(), "18.01", "p1")
				mux.ServeHTTP(w, r)
			})
			slow := tt.slow
			if slow == 0 {
				slow = time.Hour
			}
			h := httpx.Identify(httpx.DefaultTimeouts().LimitTime(httpx.Client(nil, nil)(httpx.Log(log, slow, nil)(known))))
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/x/secret", nil))
			if got := out.String(); got != tt.want+"\n" {
				t.Errorf("%s:\ngot  %swant %s", name, got, tt.want)
			}
		}
	})
}

// The log contains neither path nor form of a request.
func TestLogHasNoPath(t *testing.T) {
	var out bytes.Buffer
	h := httpx.DefaultTimeouts().LimitTime(httpx.Log(slog.New(slog.NewTextHandler(&out, nil)), 0, nil)(http.NotFoundHandler()))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/mulai/token?nama=rina", nil))
	if got := out.String(); regexp.MustCompile("token|rina").MatchString(got) || got == "" {
		t.Errorf("the log says %q", got)
	}
}
