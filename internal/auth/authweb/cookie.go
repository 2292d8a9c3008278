package authweb

import (
	"net/http"
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

// SecretFields are the names of the fields in which people type passwords and codes.
var SecretFields = []string{"sandi", "ulang", "lama", "kode"}

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
