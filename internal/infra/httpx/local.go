package httpx

import (
	"net/http"
	"net/url"
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
	return Done(w, r, path, "1")
}

// Done is Saved for a page that says what was done; result is one of ui.Result.
func Done[T ~string](w http.ResponseWriter, r *http.Request, path string, result T) error {
	http.Redirect(w, r, Local(path)+"?tersimpan="+url.QueryEscape(string(result)), http.StatusSeeOther)
	return nil
}

// Undoable is Done for what the page can undo for a moment; id is of the object.
func Undoable[T ~string](w http.ResponseWriter, r *http.Request, path string, result T, id string) error {
	after := url.Values{"tersimpan": {string(result)}, "urungkan": {id}}
	http.Redirect(w, r, Local(path)+"?"+after.Encode(), http.StatusSeeOther)
	return nil
}
