package httpx

import (
	"net/http"
	"strings"
)

// Local returns to if it is a path of this server, else "/". Browsers read \ as / and
// skip control characters.
func Local(to string) string {
	odd := func(r rune) bool { return r == '\\' || r <= ' ' || r == 0x7f }
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsFunc(to, odd) {
		return "/"
	}
	return to
}

// Saved redirects to the page at path, which then says that the form was saved.
func Saved(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, Local(path)+"?tersimpan=1", http.StatusSeeOther)
	return nil
}
