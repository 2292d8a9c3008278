package httpx

import (
	"net/http"
	"time"
)

// hostPrefix is the prefix of cookie names over TLS: browsers then accept the cookie
// only from this host, for all paths, and over TLS.
const hostPrefix = "__Host-"

// Cookie returns the value of a cookie set by SetCookie, or "". Over TLS only the
// name with the prefix is read, so that nobody who controls another host of the
// domain, or the network, can set one.
func Cookie(r *http.Request, name string) string {
	c, err := r.Cookie(cookieName(r, name))
	if err != nil {
		return ""
	}
	return c.Value
}

// SetCookie sets a cookie that lasts that long; a negative duration deletes it.
// Scripts cannot read it, forms of other sites do not send it, and over TLS it is
// sent only over TLS.
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
