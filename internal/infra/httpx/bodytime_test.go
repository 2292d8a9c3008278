package httpx_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/httpx"
)

// line is a listener whose connections are pipes, so that a server on it uses the
// clock of a synctest bubble.
type line struct {
	calls chan net.Conn
	done  chan struct{}
}

func (l line) Accept() (net.Conn, error) {
	select {
	case c := <-l.calls:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l line) Close() error   { close(l.done); return nil }
func (l line) Addr() net.Addr { return &net.TCPAddr{} }

// call is a body that is sent in chunks with pauses.
type call struct {
	kind   string
	total  int
	chunk  int
	apart  time.Duration
	before time.Duration // pause after the headers
	halt   int           // stop sending after this many bytes; 0 for never
}

// post sends c to a server and returns its answer, and how long it took; the answer
// is empty if the connection was closed.
func (c call) post(t *testing.T, h http.Handler) (status int, body string, took time.Duration) {
	t.Helper()
	l := line{make(chan net.Conn), make(chan struct{})}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	go func() { _ = server.Serve(l) }()
	here, there := net.Pipe()
	l.calls <- there
	start := time.Now()
	gone := make(chan struct{})
	var sender sync.WaitGroup
	pause := func(d time.Duration) {
		select {
		case <-time.After(d):
		case <-gone:
		}
	}
	sender.Go(func() {
		_, _ = fmt.Fprintf(here, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", c.kind, c.total)
		pause(c.before)
		head := "a="
		if c.kind == multipartType {
			head = strings.TrimSuffix(filePart("f", "n", ""), "\r\n")
		}
		text := head + strings.Repeat("x", c.total)
		text = text[:c.total]
		if c.kind == multipartType {
			text = text[:c.total-len("\r\n"+last)] + "\r\n" + last
		}
		for at := 0; at < len(text); at += c.chunk {
			if c.halt > 0 && at >= c.halt {
				return
			}
			if _, err := io.WriteString(here, text[at:min(at+c.chunk, len(text))]); err != nil {
				return
			}
			pause(c.apart)
		}
	})
	answer, err := http.ReadResponse(bufio.NewReader(here), nil)
	if err == nil {
		defer func() { _ = answer.Body.Close() }()
		text, _ := io.ReadAll(answer.Body)
		status, body = answer.StatusCode, strings.TrimSpace(string(text))
	}
	took = time.Since(start)
	close(gone)
	_ = here.Close()
	sender.Wait()
	_ = server.Close()
	return status, body, took
}

// A plain body must be complete a minute after its headers, an upload must bring 32
// KB in every minute; slower ones are answered with the reason.
func TestCaseS17BodyTimeouts(t *testing.T) {
	for name, tt := range map[string]struct {
		call   call
		status int
		within [2]time.Duration
	}{
		"a form at once":                 {call{kind: formType, total: 1000, chunk: 1000}, 200, [2]time.Duration{0, time.Second}},
		"a form just in time":            {call{kind: formType, total: 59, chunk: 1, apart: time.Second}, 200, [2]time.Duration{58 * time.Second, 59 * time.Second}},
		"a form at a byte in 5 s":        {call{kind: formType, total: 1000, chunk: 1, apart: 5 * time.Second}, 408, [2]time.Duration{60 * time.Second, 61 * time.Second}},
		"a form that never comes":        {call{kind: formType, total: 1000, chunk: 1, before: time.Hour}, 408, [2]time.Duration{60 * time.Second, 61 * time.Second}},
		"a form that stops":              {call{kind: formType, total: 1000, chunk: 10, halt: 500}, 408, [2]time.Duration{60 * time.Second, 61 * time.Second}},
		"what is refused unread":         {call{kind: "text/plain", total: 1 << 20, chunk: 1, before: time.Hour}, 415, [2]time.Duration{0, time.Second}},
		"little that is refused unread":  {call{kind: "text/plain", total: 1000, chunk: 1, apart: 5 * time.Second}, 415, [2]time.Duration{0, 61 * time.Second}},
		"an upload at once":              {call{kind: multipartType, total: 1 << 20, chunk: 32 << 10}, 200, [2]time.Duration{0, time.Second}},
		"an upload over hours":           {call{kind: multipartType, total: 4 << 20, chunk: 1 << 10, apart: 1800 * time.Millisecond}, 200, [2]time.Duration{2 * time.Hour, 3 * time.Hour}},
		"an upload over a night":         {call{kind: multipartType, total: 20 << 20, chunk: 1 << 10, apart: 1800 * time.Millisecond}, 408, [2]time.Duration{8 * time.Hour, 8*time.Hour + time.Second}},
		"an upload in bursts":            {call{kind: multipartType, total: 512 << 10, chunk: 64 << 10, apart: 59 * time.Second}, 200, [2]time.Duration{6 * time.Minute, 9 * time.Minute}},
		"an upload a little too slow":    {call{kind: multipartType, total: 4 << 20, chunk: 1 << 10, apart: 2 * time.Second}, 408, [2]time.Duration{60 * time.Second, 61 * time.Second}},
		"an upload at a byte in 5 s":     {call{kind: multipartType, total: 4 << 20, chunk: 1, apart: 5 * time.Second}, 408, [2]time.Duration{60 * time.Second, 61 * time.Second}},
		"an upload that stops":           {call{kind: multipartType, total: 4 << 20, chunk: 64 << 10, apart: time.Second, halt: 1 << 20}, 408, [2]time.Duration{75 * time.Second, 77 * time.Second}},
		"a short upload within a minute": {call{kind: multipartType, total: 200, chunk: 4, apart: time.Second}, 200, [2]time.Duration{49 * time.Second, 51 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				size := func(w http.ResponseWriter, r *http.Request) error {
					_, _, err := httpx.ReadUpload(r, "f", func(_ string, bytes io.Reader) error {
						_, err := io.Copy(io.Discard, bytes)
						return err
					})
					return err
				}
				h := wrapped(size, httpx.Body{MaxFile: 32 << 20})
				signedIn := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					h.ServeHTTP(w, r.WithContext(actor.With(r.Context(), actor.Actor{ID: "siapa"})))
				})
				status, body, took := tt.call.post(t, httpx.LimitBodyTime(signedIn))
				if status != tt.status || took < tt.within[0] || took > tt.within[1] {
					t.Errorf("%d %q after %v, want %d within %v", status, body, took, tt.status, tt.within)
				}
			})
		})
	}
}

// Time that the server itself needs for the bytes of an upload does not count.
func TestSlowServerDoesNotCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(_ http.ResponseWriter, r *http.Request) error {
			_, _, err := httpx.ReadUpload(r, "f", func(_ string, bytes io.Reader) error {
				for {
					if _, err := io.CopyN(io.Discard, bytes, 16<<10); errors.Is(err, io.EOF) {
						return nil
					} else if err != nil {
						return err
					}
					time.Sleep(time.Minute)
				}
			})
			return err
		}
		h := wrapped(slow, httpx.Body{MaxFile: 8 << 20, Visitors: true})
		status, body, _ := call{kind: multipartType, total: 256 << 10, chunk: 4 << 10}.post(t, httpx.LimitBodyTime(h))
		if status != http.StatusOK {
			t.Errorf("%d %q", status, body)
		}
	})
}

// A complete body has no deadline: the answer may take long without the request being
// cancelled.
func TestNoDeadlineAfterTheBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, kind := range []string{formType, multipartType} {
			long := func(_ http.ResponseWriter, r *http.Request) error {
				_, _, err := httpx.ReadUpload(r, "f", func(_ string, bytes io.Reader) error {
					_, err := io.Copy(io.Discard, bytes)
					return err
				})
				if err != nil {
					return err
				}
				time.Sleep(time.Hour)
				return r.Context().Err()
			}
			h := wrapped(long, httpx.Body{MaxFile: 8 << 20, Visitors: true})
			status, body, took := call{kind: kind, total: 1000, chunk: 1000}.post(t, httpx.LimitBodyTime(h))
			if status != http.StatusOK || took < time.Hour {
				t.Errorf("%s: %d %q after %v", kind, status, body, took)
			}
		}
	})
}
