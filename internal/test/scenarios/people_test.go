package scenarios

import (
	"net/http"
	"regexp"
	"testing"

	"siida.id/internal/test/world"

	"siida.id/internal/base/actor"
)

var wati = form("lengkap", "Wati <b>", "nama", "wati", "peran", "kepala", "perangkat", "{agency}", "sebagai", "plt")

// peopleScenarios are about people, their codes and their own pages.
var peopleScenarios = []scenario{
	{name: "people", requests: []request{
		{name: "the list", as: "brida", method: "GET", path: "/orang", status: 200, want: []string{"Orang operator", "Orang pimpinan"}, not: []string{"rahasia-away", "Kabupaten Dua", "/orang/baru"}},
		{name: "an admin may make more", as: "admin", method: "GET", path: "/orang", status: 200, want: []string{"/orang/baru"}},
		{name: "the list of an agency names no other", as: "brida", method: "GET", path: "/orang?perangkat={other}", status: 200, want: []string{"Orang rahasia-other"}, not: []string{"Orang operator", "rahasia-own"}},
		{name: "the list of a role", as: "brida", method: "GET", path: "/orang?perangkat={agency}&peran=kepala", status: 200, want: []string{"Orang kepala"}, not: []string{"Orang operator", "Orang rahasia-own"}},
		{name: "nobody with that filter", as: "brida", method: "GET", path: "/orang?perangkat={other}&peran=kepala", status: 200, want: []string{"Tidak ada orang dengan saringan ini"}, not: []string{"Orang kepala"}},
		{name: "a page that is not there", as: "brida", method: "GET", path: "/orang?hal=9", status: 404, not: []string{"Orang operator"}},
		{name: "an operator does not look", as: "operator", method: "GET", path: "/orang", status: 403, not: []string{"Orang pendamping", "rahasia-own"}},
		{name: "the form", as: "admin", method: "GET", path: "/orang/baru", status: 200, want: []string{`name="peran"`}, not: []string{`role="alert"`}},
		{name: "not for BRIDA", as: "brida", method: "GET", path: "/orang/baru", status: 403, not: []string{`name="peran"`}},
		{
			name:   "all mistakes at once",
			as:     "admin",
			method: "POST",
			path:   "/orang",
			form:   form("nama", "x y", "peran", "kepala", "mulai", "32-1-2026", "telepon", "<12>", "nomor", "800/1"),
			status: 422,
			want:   []string{`href="#lengkap"`, `href="#nama"`, `href="#telepon"`, `href="#sebagai"`, `href="#mulai"`, `value="x y"`, `value="800/1"`, "&lt;12&gt;"},
			not:    []string{"hanya tampil sekali", "<12>"},
		},
		{name: "the invite code is shown", as: "admin", method: "POST", path: "/orang", form: wati, status: 200, want: []string{"hanya tampil sekali", "Wati &lt;b&gt;", world.HomeHost}, not: []string{"<b>"}},
		{name: "a name that is taken", as: "admin", method: "POST", path: "/orang", form: wati, status: 422, want: []string{`href="#nama"`}, not: []string{"hanya tampil sekali"}},
		{name: "she has not chosen a password", as: "admin", method: "GET", path: "/orang?peran=kepala", status: 200, want: []string{"Wati &lt;b&gt;", "Belum membuat kata sandi"}, not: []string{"hanya tampil sekali", "<b>"}},
		{name: "BRIDA makes nobody", as: "brida", method: "POST", path: "/orang", form: with(wati, "nama", "budi"), status: 403, not: []string{"hanya tampil sekali"}},
	}},
	{name: "a person", requests: []request{
		{name: "the page", as: "admin", method: "GET", path: "/orang/{person}", status: 200, want: []string{"Orang rahasia-own", "/nonaktif", "/kode"}, not: []string{"rahasia-other"}},
		{name: "BRIDA may give a code and no more", as: "brida", method: "GET", path: "/orang/{otherperson}", status: 200, want: []string{"Orang rahasia-other", "/kode"}, not: []string{"/nonaktif", "rahasia-own"}},
		{name: "an operator hears of nobody", as: "operator", method: "GET", path: "/orang/{person}", status: 404, not: []string{"rahasia-own"}},
		{name: "another region hears of nobody", as: "outsider", method: "GET", path: "/orang/{person}", status: 404, not: []string{"rahasia-own"}},
		{name: "a task with mistakes", as: "admin", method: "POST", path: "/orang/{person}/tugas", form: form("mulai", "32-1-2026", "tentang", "Penugasan"), status: 422, want: []string{`href="#peran"`, `href="#mulai"`, `value="Penugasan"`}},
		{name: "the same task twice", as: "admin", method: "POST", path: "/orang/{person}/tugas", form: form("peran", "operator", "perangkat", "{agency}"), status: 422, want: []string{"Perlu diperbaiki"}},
		{name: "BRIDA gives no task", as: "brida", method: "POST", path: "/orang/{person}/tugas", form: form("peran", "admin"), status: 403, not: []string{"rahasia-own"}},
		{name: "another task", as: "admin", method: "POST", path: "/orang/{person}/tugas", form: form("peran", "pendamping", "perangkat", "{other}"), status: 303, want: []string{"/orang/", "tersimpan=penugasan-diberikan"}},
		{name: "he has both", as: "admin", method: "GET", path: "/orang/{person}", status: 200, want: []string{"Dinas own", "Dinas other", "Pendamping"}},
		{name: "no page to end one that he has not", as: "admin", method: "GET", path: "/orang/{person}/tugas/tidak-ada/akhiri", status: 404, not: []string{"rahasia-own"}},
		{name: "a task that he has not", as: "admin", method: "POST", path: "/orang/{person}/tugas/tidak-ada/akhiri", status: 404, not: []string{"rahasia-own"}},
		{name: "a code is asked for first", as: "brida", method: "GET", path: "/orang/{person}/kode", status: 200, want: []string{"Orang rahasia-own", "/kode"}, not: []string{"hanya tampil sekali"}},
		{name: "a new code", as: "brida", method: "POST", path: "/orang/{person}/kode", status: 200, want: []string{"hanya tampil sekali"}},
		{name: "an operator gives none", as: "operator", method: "POST", path: "/orang/{person}/kode", status: 404, not: []string{"hanya tampil sekali", "rahasia-own"}},
		{name: "a second step that is not there is taken away", as: "admin", method: "POST", path: "/orang/{person}/dua-langkah/hapus", status: 303, want: []string{"/orang/"}},
		{name: "not by BRIDA", as: "brida", method: "POST", path: "/orang/{person}/dua-langkah/hapus", status: 403},
		{name: "his name", as: "admin", method: "GET", path: "/orang/{person}/ubah", status: 200, want: []string{`value="Orang rahasia-own"`, `name="telepon"`}, not: []string{`name="nama"`, `name="sandi"`}},
		{name: "not for BRIDA", as: "brida", method: "GET", path: "/orang/{person}/ubah", status: 403, not: []string{"rahasia-own"}},
		{name: "nor its form", as: "brida", method: "POST", path: "/orang/{person}/ubah", form: form("lengkap", "Palsu"), status: 403},
		{name: "all mistakes of a name", as: "admin", method: "POST", path: "/orang/{person}/ubah", form: form("lengkap", "", "telepon", "<12>"), status: 422, want: []string{`href="#lengkap"`, `href="#telepon"`, "&lt;12&gt;"}, not: []string{"<12>"}},
		{name: "corrected", as: "admin", method: "POST", path: "/orang/{person}/ubah", form: form("lengkap", "Orang Benar & rahasia-own", "telepon", "0812 3456 7890", "nama", "lain", "versi", "1"), status: 303, want: []string{"/orang/"}},
		{name: "the name is another, the login is not", as: "admin", method: "GET", path: "/orang/{person}", status: 200, want: []string{"Orang Benar &amp; rahasia-own", "081234567890"}, not: []string{"Palsu", "Orang rahasia-own"}},
		{name: "not stopped by BRIDA", as: "brida", method: "POST", path: "/orang/{person}/nonaktif", status: 403},
		{name: "what stopping does", as: "admin", method: "GET", path: "/orang/{person}/nonaktif", status: 200, want: []string{"tidak dapat masuk lagi", "Dinas own"}},
		{name: "not for BRIDA either", as: "brida", method: "GET", path: "/orang/{person}/nonaktif", status: 403},
		{name: "stopped", as: "admin", method: "POST", path: "/orang/{person}/nonaktif", status: 303, want: []string{"/orang/"}},
		{name: "he can be started again, and has no code", as: "admin", method: "GET", path: "/orang/{person}", status: 200, want: []string{"/aktif"}, not: []string{"/kode", "/nonaktif"}},
		{name: "no code for who is stopped", as: "admin", method: "POST", path: "/orang/{person}/kode", status: 409, want: []string{"Aktifkan dahulu"}, not: []string{"hanya tampil sekali"}},
		{name: "not started by BRIDA", as: "brida", method: "POST", path: "/orang/{person}/aktif", status: 403},
		{name: "started", as: "admin", method: "POST", path: "/orang/{person}/aktif", status: 303, want: []string{"/orang/"}},
		{name: "he can be stopped again", as: "admin", method: "GET", path: "/orang/{person}", status: 200, want: []string{"/nonaktif"}},
	}},
	{name: "my own page", requests: []request{
		{name: "the page", as: "operator", method: "GET", path: "/saya", status: 200, want: []string{"Orang operator", "Perangkat ini", "Dinas own"}, not: []string{"Orang pendamping", world.Passphrase}},
		{name: "a visitor has none", method: "GET", path: "/saya", status: 303, want: []string{"/masuk?ke=%2Fsaya"}},
		{name: "all mistakes at once", as: "operator", method: "POST", path: "/saya", form: form("lengkap", "", "telepon", "<12>"), status: 422, want: []string{`href="#lengkap"`, `href="#telepon"`, "&lt;12&gt;"}, not: []string{"<12>"}},
		{name: "saving", as: "operator", method: "POST", path: "/saya", form: form("lengkap", "Orang Baru", "telepon", "0812 3456 7890", "peran", "admin", "versi", "1"), status: 303, want: []string{"/saya?tersimpan=1"}},
		{name: "saved, and no other role", as: "operator", method: "GET", path: "/saya", status: 200, want: []string{"Orang Baru", "081234567890"}, not: []string{"Orang operator", `href="/orang"`}},
		{name: "a session that is not there", as: "operator", method: "POST", path: "/saya/sesi/tidak-ada/akhiri", status: 404},
		{name: "the other sessions", as: "operator", method: "POST", path: "/saya/sesi/akhiri-lain", status: 303, want: []string{"/saya"}},
		{name: "the password with mistakes", as: "operator", method: "POST", path: "/saya/sandi", form: form("lama", "salah-ketik", "sandi", "pendek", "ulang", "beda"), status: 422, want: []string{`href="#lama"`, `href="#sandi"`}, not: []string{"salah-ketik", `value="pendek"`}},
		{name: "the old password is wrong", as: "operator", method: "POST", path: "/saya/sandi", form: form("lama", "salah-ketik", "sandi", "empat gajah makan kelapa", "ulang", "empat gajah makan kelapa"), status: 422, want: []string{`href="#lama"`}, not: []string{"salah-ketik", "gajah"}},
		{name: "a password chosen already", as: "operator", method: "GET", path: "/sandi-baru", status: 303, want: []string{"/saya"}},
		{name: "another password", as: "operator", method: "POST", path: "/saya/sandi", form: form("lama", world.Passphrase, "sandi", "empat gajah makan kelapa", "ulang", "empat gajah makan kelapa"), status: 303, want: []string{"/saya?tersimpan=sandi-diganti"}},
		{name: "the session has another token from then on", as: "operator", method: "GET", path: "/saya", status: 303, want: []string{"/masuk"}},
		{name: "the old one leads nowhere", method: "POST", path: "/masuk", form: form("nama", "operator", "sandi", world.Passphrase), status: 422, want: []string{"Perlu diperbaiki"}},
		{name: "no password for a visitor", method: "GET", path: "/sandi-baru", status: 303, want: []string{"/masuk"}},
		{name: "nor with a form", method: "POST", path: "/sandi-baru", form: form("sandi", world.Passphrase, "ulang", world.Passphrase), status: 303, want: []string{"/masuk"}},
	}},
	{name: "the second step", requests: []request{
		{name: "no second step before the first", method: "GET", path: "/masuk/kode", status: 303, want: []string{"/masuk"}},
		{name: "nor with a code", method: "POST", path: "/masuk/kode", form: form("kode", "000000"), status: 303, want: []string{"/masuk"}},
		{name: "the page", as: "operator", method: "GET", path: "/dua-langkah?ke=/saya", status: 200, want: []string{"/dua-langkah/mulai"}, not: []string{"otpauth"}},
		{name: "a code before it has begun", as: "operator", method: "POST", path: "/dua-langkah", form: form("kode", "1"), status: 409, want: []string{"Keadaan verifikasi sudah berubah"}},
		{name: "nothing to end", as: "operator", method: "POST", path: "/dua-langkah/matikan", form: form("kode", "1"), status: 409},
		{name: "no recovery codes to renew", as: "operator", method: "POST", path: "/dua-langkah/pemulihan", form: form("kode", "1"), status: 409, not: []string{"Tersisa"}},
		{name: "beginning", as: "operator", method: "POST", path: "/dua-langkah/mulai", form: form("lama", world.Passphrase, "ke", "//jahat.example"), status: 303, want: []string{"/dua-langkah?ke=%2F"}, not: []string{"jahat", "otpauth"}},
		{name: "the secret is shown", as: "operator", method: "GET", path: "/dua-langkah", status: 200, want: []string{"otpauth://totp/"}, not: []string{"Menyala"}},
		{name: "to nobody else", as: "pendamping", method: "GET", path: "/dua-langkah", status: 200, want: []string{"/dua-langkah/mulai"}, not: []string{"otpauth"}},
		{name: "a wrong code", as: "operator", method: "POST", path: "/dua-langkah", form: form("kode", "1"), status: 422, want: []string{`href="#kode"`}, not: []string{"Tersisa"}},
		{name: "not demanded by BRIDA", as: "brida", method: "POST", path: "/orang/dua-langkah", form: form("wajib", "1"), status: 403},
		{name: "demanded by an admin", as: "admin", method: "POST", path: "/orang/dua-langkah", form: form("wajib", "1"), status: 303, want: []string{"/orang?tersimpan=1"}},
	}},
}

// selfOf returns the id of a persona.
func selfOf(t *testing.T, w *world.Regions, persona string) string {
	t.Helper()
	who, err := w.Auth.Resume(actor.With(t.Context(), actor.Actor{Region: w.Home.Code}), w.People[persona])
	world.Must(t, err)
	return who.ID
}

// An admin cannot lock themselves out, and BRIDA cannot issue a code to an
// admin.
func TestTheAdminIsKept(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	boss := "/orang/" + selfOf(t, w, "admin")
	for _, r := range []request{
		{name: "BRIDA sees the admin and no way to his code", as: "brida", method: "GET", path: boss, status: 200, want: []string{"Admin Kabupaten Satu"}, not: []string{boss + "/kode"}},
		{name: "BRIDA gives the admin no code", as: "brida", method: "POST", path: boss + "/kode", status: 403, want: []string{"berperan lebih tinggi"}, not: []string{"hanya tampil sekali"}},
		{name: "the admin does not stop himself", as: "admin", method: "POST", path: boss + "/nonaktif", status: 409, want: []string{"tidak dapat menonaktifkan diri sendiri"}},
		{name: "nor gives himself a code", as: "admin", method: "POST", path: boss + "/kode", status: 409, want: []string{"Akun saya"}, not: []string{"hanya tampil sekali"}},
		{name: "he is there still", as: "admin", method: "GET", path: boss, status: 200, want: []string{"Admin Kabupaten Satu"}, not: []string{boss + "/nonaktif"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// An invite code is shown once.
func TestACodeIsShownOnce(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	person := "/orang/" + w.IDs["own"].Person
	code := world.InviteCodePattern.FindString(w.Ask(t, handler, "brida", http.MethodPost, person+"/kode", "").Body.String())
	if code == "" {
		t.Fatal("no invite code is shown")
	}
	for _, r := range []request{
		{name: "the person's page", as: "brida", method: "GET", path: person, status: 200, want: []string{"Orang rahasia-own"}, not: []string{code}},
		{name: "the admin's", as: "admin", method: "GET", path: person, status: 200, not: []string{code}},
		{name: "the page that makes another", as: "brida", method: "GET", path: person + "/kode", status: 200, not: []string{code}},
		{name: "the code leads to a password of one's own", method: "POST", path: "/masuk", form: form("nama", "rahasia-own", "sandi", code), status: 303, want: []string{"/sandi-baru"}, not: []string{code}},
	} {
		r.check(t, send(t, w, handler, r))
	}
	if again := w.Ask(t, handler, "brida", http.MethodGet, person, "").Body.String(); world.InviteCodePattern.MatchString(again) {
		t.Error("the page of the person shows a code")
	}
}

// Only an admin can end an assignment on a later day.
func TestATaskIsEndedLater(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	person := "/orang/" + selfOf(t, w, "operator")
	page := w.Ask(t, handler, "admin", http.MethodGet, person, "").Body.String()
	path := regexp.MustCompile(person + `/tugas/[^"/]+/akhiri`).FindString(page)
	if path == "" {
		t.Fatal("the task has no link")
	}
	for _, r := range []request{
		{name: "BRIDA sees the task and no way to end it", as: "brida", method: "GET", path: person, status: 200, want: []string{"Orang operator"}, not: []string{path}},
		{name: "nor the page", as: "brida", method: "GET", path: path, status: 403, not: []string{`name="akhir"`}},
		{name: "nor its form", as: "brida", method: "POST", path: path, form: form("akhir", "31-12-2090"), status: 403},
		{name: "another region has none", as: "outsider", method: "GET", path: path, status: 404, not: []string{"Orang operator"}},
		{name: "the page", as: "admin", method: "GET", path: path, status: 200, want: []string{"Orang operator", `name="akhir"`}},
		{name: "a day that is none", as: "admin", method: "POST", path: path, form: form("akhir", "<besok>"), status: 422, want: []string{`href="#akhir"`, "&lt;besok&gt;"}, not: []string{"<besok>"}},
		{name: "a day that has passed", as: "admin", method: "POST", path: path, form: form("akhir", "1-1-2020"), status: 422, want: []string{"Tulis hari ini atau hari sesudahnya", `value="1-1-2020"`}},
		{name: "a later day", as: "admin", method: "POST", path: path, form: form("akhir", "31-12-2090"), status: 303, want: []string{person + "?tersimpan"}},
		{name: "it counts until then", as: "admin", method: "GET", path: person, status: 200, want: []string{"31 Desember 2090", path}},
		{name: "he goes on", as: "operator", method: "GET", path: "/inovasi", status: 200, want: []string{"rahasia-own"}},
		{name: "now", as: "admin", method: "POST", path: path, status: 303, want: []string{person}},
		{name: "it has ended", as: "admin", method: "GET", path: path, status: 303, want: []string{person}},
		{name: "he sees nothing any more", as: "operator", method: "GET", path: "/inovasi", status: 200, not: []string{"rahasia-own"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
