package access

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

// No browser stores a page that shows accounts or how to reach people. On a shared
// computer the next person would find it with Back.
func TestCaseS3PagesOfPeopleAreNotStored(t *testing.T) {
	const persona, phone = "admin", "+62811999000" // an admin sees the most
	w := world.New(t)
	_, err := w.DB.Exec(t.Context(), `update people set phone = $1`, phone)
	world.Must(t, err)
	handler := world.Pages(t, w.Program)
	shown := 0
	for _, r := range registered(t) {
		if r.method != http.MethodGet || !r.grants.allow(persona, "own") || strings.HasPrefix(r.address, "/laporan/terbit/") || strings.HasPrefix(r.address, "/v/") {
			continue // issued letters name nobody, and need a world of their own
		}
		if r.prepare != nil {
			r.prepare(t, w, "own")
		}
		path := filledAt(t, w, persona, "own", r.address)
		answer := w.Ask(t, handler, persona, r.method, path, "")
		if !strings.Contains(answer.Body.String(), phone) && !strings.HasPrefix(path, "/orang") && path != "/saya" {
			continue
		}
		shown++
		if got := answer.Header().Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s shows people: Cache-Control %q", path, got)
		}
	}
	if shown < 5 {
		t.Errorf("%d pages show people: the test looks for the wrong things", shown)
	}
}

// Nor one with a secret, or a form for one, even if it is refused.
func TestCaseS3PagesOfSecretsAreNotStored(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	person := w.IDs["own"].Person
	for _, r := range []struct{ as, method, path, form, want string }{
		{"admin", "POST", "/orang/" + person + "/kode", "", "hanya tampil sekali"},
		{"admin", "POST", "/orang", "lengkap=Wati&nama=wati&peran=brida", "hanya tampil sekali"},
		{"admin", "POST", "/orang", "lengkap=Wati&nama=x+y", "x y"},
		{"operator", "POST", "/dua-langkah/mulai", "lama=" + url.QueryEscape(world.Passphrase), ""},
		{"operator", "GET", "/dua-langkah", "", "otpauth"},
		{"operator", "POST", "/saya/sandi", "lama=x&sandi=y", ""},
		{"operator", "GET", "/orang/" + person, "", ""},
		{"", "POST", "/masuk", "nama=seseorang&sandi=x", "seseorang"},
		{"", "GET", "/mulai/rahasia", "", ""},
	} {
		answer := w.Ask(t, handler, r.as, r.method, r.path, r.form)
		if got := answer.Header().Get("Cache-Control"); got != "private, no-store" || !strings.Contains(answer.Body.String(), r.want) {
			t.Errorf("%s %s as %q: %d, Cache-Control %q: %s", r.method, r.path, r.as, answer.Code, got, answer.Body)
		}
	}
}

// Other pages may be gone back to with what was typed, until their reader signs out.
func TestCaseS3SignOutClearsTheCache(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		if got := w.Ask(t, handler, "operator", "GET", "/inovasi", "").Header().Get("Cache-Control"); got != "private, no-cache" {
			t.Errorf("/inovasi: Cache-Control %q", got)
		}
		answer := w.Ask(t, handler, "operator", "POST", "/keluar", "")
		if got := answer.Header().Get("Clear-Site-Data"); got != `"cache"` || answer.Code != http.StatusSeeOther {
			t.Errorf("%d, Clear-Site-Data %s", answer.Code, got)
		}
	})
}
