package world

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"net/http"
	"strings"

	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
)

// WithIDs returns next for forms that a test writes by hand: one without the hidden id
// that its page would have gets a new one.
func WithIDs(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			r = r.Clone(r.Context())
			addID(r)
		}
		next.ServeHTTP(w, r)
	})
}

func addID(r *http.Request) {
	body := &withID{source: r.Body, made: id.New()}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil && r.ContentLength != 0:
		return
	case kind == "multipart/form-data" && params["boundary"] != "":
		body.add = func(id string) string {
			return "--" + params["boundary"] + "\r\nContent-Disposition: form-data; name=\"" + creating.Field + "\"\r\n\r\n" + id + "\r\n"
		}
		body.skip = func(n int) string { return strings.Repeat(" ", n-2) + "\r\n" } // before the first part
	case kind == "application/x-www-form-urlencoded" || kind == "":
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		body.add = func(id string) string { return creating.Field + "=" + id + "&" }
		body.skip = func(n int) string { return strings.Repeat("&", n) }
	default:
		return
	}
	if r.ContentLength >= 0 {
		r.ContentLength += int64(len(body.add(body.made)))
	}
	r.Body = body
}

// withID is the body of a form with an id before it, unless it has one. Nothing is read
// of it before it is.
type withID struct {
	source io.ReadCloser
	made   string
	add    func(id string) string // the id, as the form has it
	skip   func(n int) string     // n bytes that say nothing
	rest   io.Reader
}

// Read implements io.Reader.
func (b *withID) Read(p []byte) (int, error) {
	if b.rest == nil {
		const seen = 4 << 10 // a page has its id first
		body := bufio.NewReaderSize(b.source, seen)
		before := b.add(b.made)
		if start, _ := body.Peek(seen); bytes.Contains(start, []byte(creating.Field)) {
			before = b.skip(len(before))
		}
		b.rest = io.MultiReader(strings.NewReader(before), body)
	}
	return b.rest.Read(p)
}

// Close implements io.Closer.
func (b *withID) Close() error { return b.source.Close() }
