package accountweb

import (
	"net/http"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/infra/httpx"
)

// The names of the cookies. Over TLS they carry a prefix with which browsers
// take them from this host alone, and never from a page without TLS.
const (
	sessionCookie = "sesi"
	deviceCookie  = "perangkat"
	hostPrefix    = "__Host-"
)

const (
	sessionLasts = 7 * 24 * time.Hour // the server ends it earlier when it is not used
	deviceLasts  = 400 * 24 * time.Hour
)

// Token returns the session token that r carries, or "".
func Token(r *http.Request) string { return read(r, sessionCookie) }

func read(r *http.Request, name string) string {
	c, err := r.Cookie(called(r, name))
	if err != nil {
		return ""
	}
	return c.Value
}

func called(r *http.Request, name string) string {
	if httpx.TLS(r.Context()) {
		return hostPrefix + name
	}
	return name
}

func keep(w http.ResponseWriter, r *http.Request, t account.Tokens) {
	set(w, r, sessionCookie, t.Session, sessionLasts)
	set(w, r, deviceCookie, t.Device, deviceLasts)
}

// forget leaves the device known: it still belongs to the same people.
func forget(w http.ResponseWriter, r *http.Request) { set(w, r, sessionCookie, "", -time.Second) }

func set(w http.ResponseWriter, r *http.Request, name, value string, lasts time.Duration) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the browser would send it back
		Name: called(r, name), Value: value, MaxAge: int(lasts.Seconds()),
		Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: httpx.TLS(r.Context()),
	})
}

func visit(r *http.Request) account.Visit {
	return account.Visit{
		Address: httpx.Address(r.Context()), Agent: r.UserAgent(),
		Session: Token(r), Device: read(r, deviceCookie),
	}
}
