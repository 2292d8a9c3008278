package httpx_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/infra/httpx"
)

// Who sends slowly and steadily is heard to the end, far beyond the idle
// time; who stops is let go.
func TestPatient(t *testing.T) {
	t.Parallel()
	const idle = 300 * time.Millisecond
	server := httptest.NewServer(httpx.Patient(idle)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		_, _ = fmt.Fprint(w, n, err == nil)
	})))
	defer server.Close()
	send := func(pieces int) string {
		line, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = line.Close() }()
		_, _ = fmt.Fprint(line, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\n")
		for range pieces {
			time.Sleep(idle / 3)
			_, _ = fmt.Fprint(line, "x")
		}
		_ = line.SetReadDeadline(time.Now().Add(10 * time.Second))
		said, err := io.ReadAll(line)
		if err != nil {
			t.Errorf("%d pieces: the server keeps waiting: %v", pieces, err)
		}
		return string(said)
	}
	if said := send(10); !strings.HasSuffix(said, "10 true") {
		t.Errorf("slow and steady: %q", said)
	}
	if said := send(4); !strings.HasSuffix(said, "4 false") {
		t.Errorf("stopped half-way: %q", said)
	}
}

// A file that nobody wants is not read to its end, and what came before it is kept.
func TestMultipartStopsReading(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		size  int64
		after string
	}{{1 << 20, "b"}, {1 << 30, ""}} {
		var read atomic.Int64
		head := "--x\r\nContent-Disposition: form-data; name=before\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=f; filename=\"n\"\r\n\r\n"
		tail := "\r\n--x\r\nContent-Disposition: form-data; name=after\r\n\r\nb\r\n--x--\r\n"
		body := io.MultiReader(strings.NewReader(head), io.TeeReader(io.LimitReader(zeros{}, tt.size), counter{&read}), strings.NewReader(tail))
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", body)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		values, err := httpx.Multipart(r, func(string, string, io.Reader) error { return nil })
		if err != nil || values.Get("before") != "a" || values.Get("after") != tt.after {
			t.Errorf("%d bytes: %v, %v", tt.size, values, err)
		}
		if read.Load() > 3<<20 {
			t.Errorf("%d bytes were read of a file that nobody wants", read.Load())
		}
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return copy(b, bytes.Repeat([]byte{'0'}, len(b))), nil }

type counter struct{ n *atomic.Int64 }

func (c counter) Write(b []byte) (int, error) { c.n.Add(int64(len(b))); return len(b), nil }
