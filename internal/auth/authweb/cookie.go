package authweb

import (
	"net/http"
	"strings"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/infra/httpx"
)

// The names of the cookies, as passed to httpx.SetCookie.
const (
	sessionCookie = "sesi"
	deviceCookie  = "perangkat"
)

const (
	sessionLasts = 7 * 24 * time.Hour // the server ends an unused one earlier
	deviceLasts  = 400 * 24 * time.Hour
)

// Token returns the session token that r carries, or "".
func Token(r *http.Request) string { return httpx.Cookie(r, sessionCookie) }

func setCookies(w http.ResponseWriter, r *http.Request, t auth.Tokens) {
	httpx.SetCookie(w, r, sessionCookie, t.Session, sessionLasts)
	if t.Device != "" { // else nobody has signed in yet
		httpx.SetCookie(w, r, deviceCookie, t.Device, deviceLasts)
	}
}

// secretFields are the names of the form fields for passwords and codes.
var secretFields = append(httpx.PasswordFields(), "kode")

// SecretFields returns the names of the fields for passwords and codes in the form
// sent to path.
func SecretFields(path string) []string {
	for _, form := range []string{"/masuk", "/mulai/", "/sandi-baru", "/dua-langkah", "/saya"} {
		if strings.HasPrefix(path, form) {
			return secretFields
		}
	}
	return nil
}

// SignOutPath is the path that ends a session.
const SignOutPath = "/keluar"

// Forget deletes the session cookie and, over TLS, what the browser has stored of the
// pages, so that the next person does not find them with Back. The device cookie
// stays: the device is still known for each of the people who have signed in on it.
func Forget(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Clear-Site-Data", `"cache"`)
	httpx.SetCookie(w, r, sessionCookie, "", -time.Second)
}

func clientInfo(r *http.Request) auth.ClientInfo {
	return auth.ClientInfo{
		Address: httpx.Address(r.Context()), Agent: r.UserAgent(),
		Session: Token(r), Device: httpx.Cookie(r, deviceCookie),
	}
}
