package httpx

import (
	"net/http"
	"time"
)

// hostPrefix is what a cookie's name begins with over TLS: browsers then take it
// from this very host alone, for every path, and never from a page without TLS.
const hostPrefix = "__Host-"

// Cookie is the value of the cookie that SetCookie has set by that name; "" without
// one. A request over TLS is asked for the name with the prefix alone, so that
// nobody who owns another host of the domain, or the network, can set one.
func Cookie(r *http.Request, name string) string {
	c, err := r.Cookie(cookieName(r, name))
	if err != nil {
		return ""
	}
	return c.Value
}

// SetCookie has the browser keep a value for as long as lasts; a negative one takes
// the cookie away. Pages' scripts cannot read it, other sites' forms do not send it,
// and over TLS it never goes without.
func SetCookie(w http.ResponseWriter, r *http.Request, name, value string, lasts time.Duration) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the browser would send it back
		Name: cookieName(r, name), Value: value, MaxAge: int(lasts.Seconds()),
		Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: TLS(r.Context()),
	})
}

func cookieName(r *http.Request, name string) string {
	if TLS(r.Context()) {
		return hostPrefix + name
	}
	return name
}
