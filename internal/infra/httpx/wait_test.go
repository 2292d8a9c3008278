package httpx

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/base/fault"
)

// plain is an ErrorPage without a site.
func plain(w http.ResponseWriter, r *http.Request, status int, err error) {
	if r.Context().Err() != nil {
		err = errors.New("the error page has no time left")
	}
	http.Error(w, fault.KeyOf(err), status)
}

// logBuffer is a log that can be read while it is written.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// serving returns a server of one handler with these timeouts, and its log.
func serving(t *testing.T, timeouts Timeouts, h Handler) (*httptest.Server, *logBuffer) {
	t.Helper()
	text := &logBuffer{}
	log := slog.New(slog.NewTextHandler(text, nil))
	server := httptest.NewUnstartedServer(timeouts.LimitTime(Log(log, Slow, nil)(LimitBodyTime(Wrap(plain, h, Body{MaxFile: 1 << 20, Visitors: true})))))
	server.Config.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	server.Start()
	t.Cleanup(server.Close)
	return server, text
}

// reply is the head of an answer.
type reply struct {
	status int
	retry  string
}

func send(t *testing.T, method, url string, body io.Reader) (reply, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return reply{}, "", err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	return reply{answer.StatusCode, answer.Header.Get("Retry-After")}, string(text), err
}

// However long a handler timeouts, the client gets a timeout in time.
func TestAnswerBeginsInTime(t *testing.T) {
	for name, h := range map[string]Handler{
		"waits": func(_ http.ResponseWriter, r *http.Request) error {
			<-r.Context().Done()
			return r.Context().Err()
		},
		"reads, then waits": func(_ http.ResponseWriter, r *http.Request) error {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
			return errors.New("what the database said of it")
		},
	} {
		server, text := serving(t, Timeouts{FirstByte: 30 * time.Millisecond, Stall: time.Minute}, h)
		answer, said, err := send(t, "POST", server.URL, strings.NewReader(strings.Repeat("x", 1000)))
		if err != nil || answer.status != http.StatusServiceUnavailable || answer.retry != "5" || said != "fault.late\n" {
			t.Errorf("%s: %v %+v %q", name, err, answer, said)
		}
		if !strings.Contains(text.String(), "level=ERROR") {
			t.Errorf("%s: the log says %q", name, text.String())
		}
	}
}

// The timeout starts with the last byte of the body and ends with the first byte of
// the answer: neither an upload nor a download is cut off, however long.
func TestLongTransfersAreNotCut(t *testing.T) {
	t.Parallel()
	const first = 3 * time.Second // long enough for a loaded machine between two chunks
	server, _ := serving(t, Timeouts{FirstByte: first, Stall: time.Minute}, func(w http.ResponseWriter, r *http.Request) error {
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil {
			return err
		}
		for range 4 {
			if _, err := io.WriteString(w, strings.Repeat("x", int(n))); err != nil {
				return err
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				return err
			}
			time.Sleep(first / 3)
		}
		return r.Context().Err()
	})
	body, sender := io.Pipe()
	go func() {
		for range 4 {
			_, _ = io.WriteString(sender, "x")
			time.Sleep(first / 3)
		}
		_ = sender.Close()
	}()
	answer, said, err := send(t, "POST", server.URL, body)
	if err != nil || answer.status != http.StatusOK || len(said) != 16 {
		t.Errorf("%v %+v %q", err, answer, said)
	}
}

// An answer without progress ends, whether it is written or copied from a file.
func TestStalledAnswerEnds(t *testing.T) {
	endless := func() io.Reader { return io.LimitReader(zeros{}, 1<<40) }
	for name, write := range map[string]func(w http.ResponseWriter) error{
		"written": func(w http.ResponseWriter) error {
			for {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return err
				}
			}
		},
		"copied": func(w http.ResponseWriter) error {
			_, err := io.Copy(w, endless())
			return err
		},
	} {
		ended := make(chan error, 1)
		server, _ := serving(t, Timeouts{FirstByte: time.Minute, Stall: 50 * time.Millisecond}, func(w http.ResponseWriter, _ *http.Request) error {
			err := write(w)
			ended <- err
			return err
		})
		r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r) // and does not read its body
		if err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err == nil {
			t.Errorf("%s: ended without an error", name)
		}
		_ = answer.Body.Close()
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// The deadline of an answer does not apply to the next one on the connection.
func TestNextAnswerHasItsOwnTime(t *testing.T) {
	t.Parallel()
	server, _ := serving(t, Timeouts{FirstByte: time.Minute, Stall: 2 * time.Second}, func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "whole")
		return err
	})
	for range 2 {
		if _, said, err := send(t, "GET", server.URL, nil); err != nil || said != "whole" {
			t.Errorf("%q, %v", said, err)
		}
		time.Sleep(2500 * time.Millisecond)
	}
}

// A panic is answered with an error page; if the answer has started, it is broken
// off. Either is logged.
func TestPanics(t *testing.T) {
	for name, h := range map[string]Handler{
		"before": func(http.ResponseWriter, *http.Request) error { panic("a bug") },
		"after": func(w http.ResponseWriter, _ *http.Request) error {
			_, _ = w.Write(make([]byte, 100_000))
			panic("a bug")
		},
	} {
		server, text := serving(t, DefaultTimeouts(), h)
		answer, _, err := send(t, "GET", server.URL, nil)
		if name == "before" && (err != nil || answer.status != http.StatusInternalServerError) {
			t.Errorf("%s: %v %+v", name, err, answer)
		}
		if name == "after" && err == nil {
			t.Errorf("%s: half an answer looks whole", name)
		}
		if !strings.Contains(text.String(), "level=ERROR") || !strings.Contains(text.String(), "a bug") {
			t.Errorf("%s: the log says %q", name, text.String())
		}
	}
	text := &logBuffer{} // also outside of Wrap
	outer := DefaultTimeouts().LimitTime(Log(slog.New(slog.NewTextHandler(text, nil)), Slow, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a bug") })))
	w := httptest.NewRecorder()
	outer.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	if w.Code != http.StatusInternalServerError || !strings.Contains(text.String(), "level=ERROR") {
		t.Errorf("outside of a handler: %d, the log says %q", w.Code, text.String())
	}
}

// A client that disconnects is not logged as an error.
func TestCaseS21ClientDisconnects(t *testing.T) {
	text := &logBuffer{}
	log := slog.New(slog.NewTextHandler(text, nil))
	ctx, leave := context.WithCancel(t.Context())
	h := DefaultTimeouts().LimitTime(Log(log, Slow, nil)(Wrap(plain, func(http.ResponseWriter, *http.Request) error {
		leave()
		return errors.New("read tcp: connection reset")
	}, Body{})))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", "/", nil))
	if got := text.String(); !strings.Contains(got, "level=INFO") || !strings.Contains(got, "status=499") || strings.Contains(got, "ERROR") {
		t.Errorf("the log says %q", got)
	}
}
