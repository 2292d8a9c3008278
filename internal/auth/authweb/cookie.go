package authweb

import (
	"net/http"
	"strings"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/infra/httpx"
)

// The names of the cookies, as httpx.SetCookie takes them.
const (
	sessionCookie = "sesi"
	deviceCookie  = "perangkat"
)

const (
	sessionLasts = 7 * 24 * time.Hour // the server ends it earlier when it is not used
	deviceLasts  = 400 * 24 * time.Hour
)

// Token returns the session token that r carries, or "".
func Token(r *http.Request) string { return httpx.Cookie(r, sessionCookie) }

func keep(w http.ResponseWriter, r *http.Request, t auth.Tokens) {
	httpx.SetCookie(w, r, sessionCookie, t.Session, sessionLasts)
	httpx.SetCookie(w, r, deviceCookie, t.Device, deviceLasts)
}

// secretFields are the names of the fields in which people type passwords and codes.
var secretFields = []string{"sandi", "ulang", "lama", "kode"}

// SecretFields returns the names of the fields of the form sent to path in which
// people type passwords and codes.
func SecretFields(path string) []string {
	for _, form := range []string{"/masuk", "/mulai/", "/sandi-baru", "/dua-langkah", "/saya"} {
		if strings.HasPrefix(path, form) {
			return secretFields
		}
	}
	return nil
}

// SignOutPath is where a person signs out.
const SignOutPath = "/keluar"

// Forget takes the session from the browser. It leaves the device known, which still
// belongs to the same people.
func Forget(w http.ResponseWriter, r *http.Request) {
	httpx.SetCookie(w, r, sessionCookie, "", -time.Second)
}

func clientInfo(r *http.Request) auth.ClientInfo {
	return auth.ClientInfo{
		Address: httpx.Address(r.Context()), Agent: r.UserAgent(),
		Session: Token(r), Device: httpx.Cookie(r, deviceCookie),
	}
}
