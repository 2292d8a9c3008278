package httpx

import "net/http"

// The headers with which the script of the pages sends a form.
const (
	// PersonHeader has the id of the person whose page the form is on.
	PersonHeader = "X-Person"
	// navigateHeader asks that a redirect is left to the browser.
	navigateHeader = "X-Navigate"
)

// Navigation lets the script of a page leave redirects to the browser: where one leads
// may have another frame, or be a file. A script cannot see a redirect, so it gets its
// address in the header HX-Redirect, which htmx opens.
func Navigation(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(navigateHeader) != "" {
			w = navigation{w}
		}
		next.ServeHTTP(w, r)
	})
}

type navigation struct{ http.ResponseWriter }

// Unwrap implements the interface of http.ResponseController.
func (n navigation) Unwrap() http.ResponseWriter { return n.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (n navigation) WriteHeader(status int) {
	if status == http.StatusSeeOther {
		h := n.Header()
		h.Set("HX-Redirect", h.Get("Location"))
		h.Del("Location")
		status = http.StatusNoContent
	}
	n.ResponseWriter.WriteHeader(status)
}
