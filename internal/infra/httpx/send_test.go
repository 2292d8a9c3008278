package httpx_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"siida.id/internal/infra/httpx"
)

// damaged is a content that cannot be read to its end.
type damaged struct{ *strings.Reader }

var errDamaged = errors.New("damaged")

func (d damaged) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p[:min(len(p), 4)])
	if err == nil && d.Len() == 0 {
		return 0, errDamaged
	}
	return n, err
}

// An answer with a file that cannot be read to its end is broken off.
func TestSendBreaksOff(t *testing.T) {
	var failed error
	handler := wrapped(func(w http.ResponseWriter, r *http.Request) error {
		failed = httpx.Send(w, r, httpx.File{Name: "surat.pdf", Media: "application/pdf", SHA256: "aa"}, damaged{strings.NewReader("12345678")})
		return failed
	}, httpx.Body{})
	server := httptest.NewServer(handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(request)
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	if err == nil || !errors.Is(failed, errDamaged) {
		t.Errorf("the answer looks whole: %v, %v", err, failed)
	}
}
