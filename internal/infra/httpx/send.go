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

// File is a file that somebody sent, as it goes back to whoever may open it.
type File struct {
	Name   string // as it was called where it came from
	Media  string // what its bytes were found to be
	SHA256 string // of the bytes, in hexadecimal digits
	At     time.Time
}

// Send sends the bytes as they came. A browser may show what cannot act, and
// only in a sandbox; all else is saved. It returns why content could not be read to
// its end: then the answer is broken off, so that nobody takes what came for whole.
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

// watched remembers why it could not be read.
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

// SendMade sends a file that the program has just made. It has no moment: its sum
// alone tells whether it has changed.
func SendMade(w http.ResponseWriter, r *http.Request, name, media string, content []byte) {
	sum := sha256.Sum256(content)
	_ = Send(w, r, File{Name: name, Media: media, SHA256: hex.EncodeToString(sum[:])}, bytes.NewReader(content)) // memory is read to its end
}

func disposition(media string) string {
	switch media {
	case "image/jpeg", "image/png", "video/mp4":
		return "inline"
	}
	return "attachment"
}
