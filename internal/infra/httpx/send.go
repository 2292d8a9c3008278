package httpx

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"
)

// File describes a file that is sent to a client.
type File struct {
	Name   string // as uploaded
	Media  string // detected from the bytes
	SHA256 string // of the bytes, in hexadecimal digits
	At     time.Time
}

// Send sends a file. Browsers may display types that cannot execute anything, in a
// sandbox; all others are downloads. It returns the error of reading content; the
// answer is then broken off, so that it is not taken for complete.
func Send(w http.ResponseWriter, r *http.Request, f File, content io.ReadSeeker) error {
	head := w.Header()
	head.Set("Content-Type", f.Media)
	head.Set("Content-Disposition", mime.FormatMediaType(disposition(f.Media), map[string]string{"filename": f.Name}))
	head.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox")
	head.Set("Cache-Control", "private, no-cache")
	head.Set("ETag", `"`+f.SHA256+`"`)
	read := &watched{ReadSeeker: content}
	http.ServeContent(w, r, "", f.At, read)
	return read.failed
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

// SendMade sends a generated file. It has no modification time; clients compare its
// SHA-256.
func SendMade(w http.ResponseWriter, r *http.Request, name, media string, content []byte) {
	sum := sha256.Sum256(content)
	_ = Send(w, r, File{Name: name, Media: media, SHA256: hex.EncodeToString(sum[:])}, bytes.NewReader(content)) // reading memory does not fail
}

func disposition(media string) string {
	switch media {
	case "image/jpeg", "image/png", "video/mp4":
		return "inline"
	}
	return "attachment"
}
