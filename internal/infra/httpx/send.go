package httpx

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"net/http"
	"time"
)

// Kept is a file that somebody sent, as it goes back to whoever may open it.
type Kept struct {
	Name  string // as it was called where it came from
	Media string // what its bytes were found to be
	Sum   string // SHA-256 of the bytes, in hex
	At    time.Time
}

// Send sends the bytes as they came. A browser may show what cannot act, and
// only in a sandbox; all else is saved.
func Send(w http.ResponseWriter, r *http.Request, f Kept, content io.ReadSeeker) {
	head := w.Header()
	head.Set("Content-Type", f.Media)
	head.Set("Content-Disposition", mime.FormatMediaType(disposition(f.Media), map[string]string{"filename": f.Name}))
	head.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox")
	head.Set("Cache-Control", "private, no-cache")
	head.Set("ETag", `"`+f.Sum+`"`)
	http.ServeContent(w, r, "", f.At, content)
}

// SendMade sends a file that the program has just made. It has no moment: its sum
// alone tells whether it has changed.
func SendMade(w http.ResponseWriter, r *http.Request, name, media string, content []byte) {
	sum := sha256.Sum256(content)
	Send(w, r, Kept{Name: name, Media: media, Sum: hex.EncodeToString(sum[:])}, bytes.NewReader(content))
}

func disposition(media string) string {
	switch media {
	case "image/jpeg", "image/png", "video/mp4":
		return "inline"
	}
	return "attachment"
}
