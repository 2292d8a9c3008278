package render

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
)

// What a Keeper holds at most: 16 MB of pages as they were sent.
const (
	mostKept    = 256
	longestKept = 64 << 10 // in bytes
)

// Keeper keeps pages as they were sent, for as long as the state that they
// were made of lasts. It knows nothing of pages: whoever names a state must put
// into it all that the page depends on.
type Keeper struct {
	pages *lru.Cache[string, []byte]
}

// NewKeeper returns a Keeper of nothing.
func NewKeeper() *Keeper {
	pages, err := lru.New[string, []byte](mostKept)
	if err != nil {
		panic(err) // of a size below one, which it is not
	}
	return &Keeper{pages}
}

// Serve answers with the page of a state: to a browser that has it with
// nothing, from memory if it is kept, and else by making it. Only a page that
// is sent whole with status 200 by Page is kept.
func (k *Keeper) Serve(w http.ResponseWriter, r *http.Request, state string, page func(http.ResponseWriter, *http.Request) error) error {
	sum := sha256.Sum256([]byte(encoding(r) + "\n" + r.URL.RequestURI() + "\n" + state))
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
	if strings.TrimPrefix(r.Header.Get("If-None-Match"), "W/") == tag { // a proxy may weaken it
		w.Header().Set("ETag", tag)
		headers(w)
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if body, ok := k.pages.Get(tag); ok {
		w.Header().Set("ETag", tag)
		headers(w)
		if encoding(r) != "" {
			w.Header().Set("Content-Encoding", encoding(r))
		}
		_, err := w.Write(body) //nolint:gosec // a page that Page made and escaped
		return err
	}
	made := &making{ResponseWriter: w, tag: tag}
	if err := page(made, r); err != nil {
		return err
	}
	if made.page && len(made.body) <= longestKept {
		k.pages.Add(tag, made.body)
	}
	return nil
}

// making sends a page and remembers what it sends.
type making struct {
	http.ResponseWriter
	tag  string
	page bool // it is one that may be kept
	body []byte
}

// WriteHeader implements http.ResponseWriter.
func (m *making) WriteHeader(status int) {
	if m.page = status == http.StatusOK && m.Header().Get("Content-Type") == htmlType; m.page {
		m.Header().Set("ETag", m.tag)
	}
	m.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (m *making) Write(b []byte) (int, error) {
	if m.page && len(m.body) <= longestKept {
		m.body = append(m.body, b...)
	}
	return m.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find what lies below.
func (m *making) Unwrap() http.ResponseWriter { return m.ResponseWriter }
