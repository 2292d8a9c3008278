package httpx

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"strings"
	"time"
)

// File describes a file that is sent to a client.
type File struct {
	Name   string // as uploaded
	Media  string // detected from the bytes
	SHA256 string // of the bytes, in hexadecimal digits
	At     time.Time
	// Download makes the answer a download whatever its type; so does DownloadParam.
	Download bool
}

// DownloadParam is the parameter of an address with which a file is a download that would
// otherwise be displayed.
const DownloadParam = "unduh"

// Send sends a file. Browsers display types that cannot execute anything: pictures and
// films in a sandbox, PDFs in their reader, which a sandbox would stop. All others are
// downloads. It returns the error of reading content; the
// answer is then broken off, so that it is not taken for complete.
//
// If content has a method Verify, it is called before all of it is sent, and the answer
// has not started where it fails. Of several ranges at once nothing is sent alone: the
// answer is the file.
func Send(w http.ResponseWriter, r *http.Request, f File, content io.ReadSeeker) error {
	head := w.Header()
	before := head.Clone()
	head.Set("Content-Type", f.Media)
	head.Set("Content-Disposition", mime.FormatMediaType(disposition(f.Media, f.Download || r.URL.Query().Has(DownloadParam)), map[string]string{"filename": f.Name}))
	head.Set("Content-Security-Policy", filePolicy(f.Media))
	head.Set("Cache-Control", "private, no-cache")
	head.Set("ETag", `"`+f.SHA256+`"`)
	if strings.Contains(r.Header.Get("Range"), ",") { // net/http reads several in another goroutine
		r = r.Clone(r.Context())
		r.Header.Del("Range")
	}
	out := &verified{ResponseWriter: w}
	if v, ok := content.(interface{ Verify() error }); ok && r.Method == http.MethodGet {
		out.verify = v.Verify
	}
	read := &watched{ReadSeeker: content}
	http.ServeContent(out, r, "", f.At, read)
	if out.failed != nil { // what is sent in its place is no file
		clear(head)
		maps.Copy(head, before)
		return out.failed
	}
	return read.failed
}

// verified starts an answer that has all of a file once verify returns nil.
type verified struct {
	http.ResponseWriter
	verify func() error // nil verifies nothing
	failed error
}

// Unwrap returns the writer below, for http.ResponseController.
func (v *verified) Unwrap() http.ResponseWriter { return v.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (v *verified) WriteHeader(status int) {
	if status == http.StatusOK && v.verify != nil {
		if v.failed = v.verify(); v.failed != nil {
			return
		}
	}
	v.ResponseWriter.WriteHeader(status)
}

// Write implements io.Writer.
func (v *verified) Write(p []byte) (int, error) {
	if v.failed != nil {
		return 0, v.failed
	}
	return v.ResponseWriter.Write(p)
}

// watched records the error of a reader.
type watched struct {
	io.ReadSeeker
	failed error
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadSeeker.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.failed = err
	}
	return n, err
}

// SendMade sends a generated file as a download. It has no modification time; clients compare its
// SHA-256.
func SendMade(w http.ResponseWriter, r *http.Request, name, media string, content []byte) {
	sum := sha256.Sum256(content)
	_ = Send(w, r, File{Name: name, Media: media, SHA256: hex.EncodeToString(sum[:]), Download: true}, bytes.NewReader(content)) // reading memory does not fail
}

const pdf = "application/pdf"

// filePolicy returns the Content-Security-Policy of a file. The type is never guessed
// (X-Content-Type-Options), so that a PDF cannot become a page.
func filePolicy(media string) string {
	if media == pdf {
		return "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
	}
	return "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"
}

func disposition(media string, download bool) string {
	switch media {
	case "image/jpeg", "image/png", "video/mp4", pdf:
		if !download {
			return "inline"
		}
	}
	return "attachment"
}
