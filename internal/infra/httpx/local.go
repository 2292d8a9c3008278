package httpx

import (
	"net/http"
	"strings"
)

// Local is where to go next: a path of this server, whatever somebody has put
// into a link, else the front page. Browsers read \ as / and skip control
// characters.
func Local(to string) string {
	odd := func(r rune) bool { return r == '\\' || r <= ' ' || r == 0x7f }
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsFunc(to, odd) {
		return "/"
	}
	return to
}

// Saved leads to the page at path, which says that what was sent is kept.
func Saved(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, Local(path)+"?tersimpan=1", http.StatusSeeOther)
	return nil
}
