package stories

import (
	"net/http"
	"regexp"
	"testing"

	"siida.id/internal/test/world"

	"siida.id/internal/base/actor"
)

var (
	wati = form("lengkap", "Wati <b>", "nama", "wati", "peran", "kepala", "perangkat", "{agency}", "sebagai", "plt")
)

// peopleStories are of the people, their codes and their own pages.
var peopleStories = map[string][]request{
	"people": {
		{"the list", "brida", "GET", "/orang", nil, "", "", 200, []string{"Orang operator", "Orang pimpinan"}, []string{"rahasia-away", "Kabupaten Dua", "/orang/baru"}},
		{"an admin may make more", "admin", "GET", "/orang", nil, "", "", 200, []string{"/orang/baru"}, nil},
		{"the list of an agency names no other", "brida", "GET", "/orang?perangkat={other}", nil, "", "", 200, []string{"Orang rahasia-other"}, []string{"Orang operator", "rahasia-own"}},
		{"the list of a role", "brida", "GET", "/orang?perangkat={agency}&peran=kepala", nil, "", "", 200, []string{"Orang kepala"}, []string{"Orang operator", "Orang rahasia-own"}},
		{"nobody with that filter", "brida", "GET", "/orang?perangkat={other}&peran=kepala", nil, "", "", 200, []string{"Tidak ada orang dengan saringan ini"}, []string{"Orang kepala"}},
		{"a page that is not there", "brida", "GET", "/orang?hal=9", nil, "", "", 404, nil, []string{"Orang operator"}},
		{"an operator does not look", "operator", "GET", "/orang", nil, "", "", 403, nil, []string{"Orang pendamping", "rahasia-own"}},
		{"the form", "admin", "GET", "/orang/baru", nil, "", "", 200, []string{`name="peran"`}, []string{`role="alert"`}},
		{"not for BRIDA", "brida", "GET", "/orang/baru", nil, "", "", 403, nil, []string{`name="peran"`}},
		{
			"all mistakes at once", "admin", "POST", "/orang", form("nama", "x y", "peran", "kepala", "mulai", "32-1-2026", "telepon", "<12>", "nomor", "800/1"), "", "", 422,
			[]string{`href="#lengkap"`, `href="#nama"`, `href="#telepon"`, `href="#sebagai"`, `href="#mulai"`, `value="x y"`, `value="800/1"`, "&lt;12&gt;"},
			[]string{"hanya tampil sekali", "<12>"},
		},
		{"the slip shows a code", "admin", "POST", "/orang", wati, "", "", 200, []string{"hanya tampil sekali", "Wati &lt;b&gt;", world.HomeHost}, []string{"<b>"}},
		{"a name that is taken", "admin", "POST", "/orang", wati, "", "", 422, []string{`href="#nama"`}, []string{"hanya tampil sekali"}},
		{"she has not chosen a password", "admin", "GET", "/orang?peran=kepala", nil, "", "", 200, []string{"Wati &lt;b&gt;", "Belum membuat kata sandi"}, []string{"hanya tampil sekali", "<b>"}},
		{"BRIDA makes nobody", "brida", "POST", "/orang", with(wati, "nama", "budi"), "", "", 403, nil, []string{"hanya tampil sekali"}},
	},
	"a person": {
		{"the page", "admin", "GET", "/orang/{person}", nil, "", "", 200, []string{"Orang rahasia-own", "/nonaktif", "/kode"}, []string{"rahasia-other"}},
		{"BRIDA may give a code and no more", "brida", "GET", "/orang/{otherperson}", nil, "", "", 200, []string{"Orang rahasia-other", "/kode"}, []string{"/nonaktif", "rahasia-own"}},
		{"an operator hears of nobody", "operator", "GET", "/orang/{person}", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"another region hears of nobody", "outsider", "GET", "/orang/{person}", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"a task with mistakes", "admin", "POST", "/orang/{person}/tugas", form("mulai", "32-1-2026", "tentang", "Penugasan"), "", "", 422, []string{`href="#peran"`, `href="#mulai"`, `value="Penugasan"`}, nil},
		{"the same task twice", "admin", "POST", "/orang/{person}/tugas", form("peran", "operator", "perangkat", "{agency}"), "", "", 422, []string{"Perlu diperbaiki"}, nil},
		{"BRIDA gives no task", "brida", "POST", "/orang/{person}/tugas", form("peran", "admin"), "", "", 403, nil, []string{"rahasia-own"}},
		{"another task", "admin", "POST", "/orang/{person}/tugas", form("peran", "pendamping", "perangkat", "{other}"), "", "", 303, []string{"/orang/", "tersimpan=1"}, nil},
		{"he has both", "admin", "GET", "/orang/{person}", nil, "", "", 200, []string{"Dinas own", "Dinas other", "Pendamping"}, nil},
		{"no page to end one that he has not", "admin", "GET", "/orang/{person}/tugas/tidak-ada/akhiri", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"a task that he has not", "admin", "POST", "/orang/{person}/tugas/tidak-ada/akhiri", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"a code is asked for first", "brida", "GET", "/orang/{person}/kode", nil, "", "", 200, []string{"Orang rahasia-own", "/kode"}, []string{"hanya tampil sekali"}},
		{"a new code", "brida", "POST", "/orang/{person}/kode", nil, "", "", 200, []string{"hanya tampil sekali"}, nil},
		{"an operator gives none", "operator", "POST", "/orang/{person}/kode", nil, "", "", 404, nil, []string{"hanya tampil sekali", "rahasia-own"}},
		{"a second step that is not there is taken away", "admin", "POST", "/orang/{person}/dua-langkah/hapus", nil, "", "", 303, []string{"/orang/"}, nil},
		{"not by BRIDA", "brida", "POST", "/orang/{person}/dua-langkah/hapus", nil, "", "", 403, nil, nil},
		{"his name", "admin", "GET", "/orang/{person}/ubah", nil, "", "", 200, []string{`value="Orang rahasia-own"`, `name="telepon"`}, []string{`name="nama"`, `name="sandi"`}},
		{"not for BRIDA", "brida", "GET", "/orang/{person}/ubah", nil, "", "", 403, nil, []string{"rahasia-own"}},
		{"nor its form", "brida", "POST", "/orang/{person}/ubah", form("lengkap", "Palsu"), "", "", 403, nil, nil},
		{"all mistakes of a name", "admin", "POST", "/orang/{person}/ubah", form("lengkap", "", "telepon", "<12>"), "", "", 422, []string{`href="#lengkap"`, `href="#telepon"`, "&lt;12&gt;"}, []string{"<12>"}},
		{"corrected", "admin", "POST", "/orang/{person}/ubah", form("lengkap", "Orang Benar & rahasia-own", "telepon", "0812 3456 7890", "nama", "lain", "versi", "1"), "", "", 303, []string{"/orang/"}, nil},
		{"the name is another, the login is not", "admin", "GET", "/orang/{person}", nil, "", "", 200, []string{"Orang Benar &amp; rahasia-own", "081234567890"}, []string{"Palsu", "Orang rahasia-own"}},
		{"not stopped by BRIDA", "brida", "POST", "/orang/{person}/nonaktif", nil, "", "", 403, nil, nil},
		{"stopped", "admin", "POST", "/orang/{person}/nonaktif", nil, "", "", 303, []string{"/orang/"}, nil},
		{"he can be started again, and has no code", "admin", "GET", "/orang/{person}", nil, "", "", 200, []string{"/aktif"}, []string{"/kode", "/nonaktif"}},
		{"no code for who is stopped", "admin", "POST", "/orang/{person}/kode", nil, "", "", 409, []string{"Aktifkan dahulu"}, []string{"hanya tampil sekali"}},
		{"not started by BRIDA", "brida", "POST", "/orang/{person}/aktif", nil, "", "", 403, nil, nil},
		{"started", "admin", "POST", "/orang/{person}/aktif", nil, "", "", 303, []string{"/orang/"}, nil},
		{"he can be stopped again", "admin", "GET", "/orang/{person}", nil, "", "", 200, []string{"/nonaktif"}, nil},
	},
	"my own page": {
		{"the page", "operator", "GET", "/saya", nil, "", "", 200, []string{"Orang operator", "Perangkat ini", "Dinas own"}, []string{"Orang pendamping", world.Passphrase}},
		{"a visitor has none", "", "GET", "/saya", nil, "", "", 303, []string{"/masuk?ke=%2Fsaya"}, nil},
		{"all mistakes at once", "operator", "POST", "/saya", form("lengkap", "", "telepon", "<12>"), "", "", 422, []string{`href="#lengkap"`, `href="#telepon"`, "&lt;12&gt;"}, []string{"<12>"}},
		{"saving", "operator", "POST", "/saya", form("lengkap", "Orang Baru", "telepon", "0812 3456 7890", "peran", "admin", "versi", "1"), "", "", 303, []string{"/saya?tersimpan=1"}, nil},
		{"saved, and no other role", "operator", "GET", "/saya", nil, "", "", 200, []string{"Orang Baru", "081234567890"}, []string{"Orang operator", `href="/orang"`}},
		{"a session that is not there", "operator", "POST", "/saya/sesi/tidak-ada/akhiri", nil, "", "", 404, nil, nil},
		{"the other sessions", "operator", "POST", "/saya/sesi/akhiri-lain", nil, "", "", 303, []string{"/saya"}, nil},
		{"the password with mistakes", "operator", "POST", "/saya/sandi", form("lama", "salah-ketik", "sandi", "pendek", "ulang", "beda"), "", "", 422, []string{`href="#lama"`, `href="#sandi"`}, []string{"salah-ketik", `value="pendek"`}},
		{"the old password is wrong", "operator", "POST", "/saya/sandi", form("lama", "salah-ketik", "sandi", "empat gajah makan kelapa", "ulang", "empat gajah makan kelapa"), "", "", 422, []string{`href="#lama"`}, []string{"salah-ketik", "gajah"}},
		{"another password", "operator", "POST", "/saya/sandi", form("lama", world.Passphrase, "sandi", "empat gajah makan kelapa", "ulang", "empat gajah makan kelapa"), "", "", 303, []string{"/saya?tersimpan=1"}, nil},
		{"the old one leads nowhere", "", "POST", "/masuk", form("nama", "operator", "sandi", world.Passphrase), "", "", 422, []string{"Perlu diperbaiki"}, nil},
		{"a password chosen already", "operator", "GET", "/sandi-baru", nil, "", "", 303, []string{"/saya"}, nil},
		{"no password for a visitor", "", "GET", "/sandi-baru", nil, "", "", 303, []string{"/masuk"}, nil},
		{"nor with a form", "", "POST", "/sandi-baru", form("sandi", world.Passphrase, "ulang", world.Passphrase), "", "", 303, []string{"/masuk"}, nil},
	},
	"the second step": {
		{"no second step before the first", "", "GET", "/masuk/kode", nil, "", "", 303, []string{"/masuk"}, nil},
		{"nor with a code", "", "POST", "/masuk/kode", form("kode", "000000"), "", "", 303, []string{"/masuk"}, nil},
		{"the page", "operator", "GET", "/dua-langkah?ke=/saya", nil, "", "", 200, []string{"/dua-langkah/mulai"}, []string{"otpauth"}},
		{"a code before it has begun", "operator", "POST", "/dua-langkah", form("kode", "1"), "", "", 409, []string{"Keadaan verifikasi sudah berubah"}, nil},
		{"nothing to end", "operator", "POST", "/dua-langkah/matikan", form("kode", "1"), "", "", 409, nil, nil},
		{"no recovery codes to renew", "operator", "POST", "/dua-langkah/pemulihan", form("kode", "1"), "", "", 409, nil, []string{"Tersisa"}},
		{"beginning", "operator", "POST", "/dua-langkah/mulai", form("ke", "//jahat.example"), "", "", 303, []string{"/dua-langkah?ke=%2F"}, []string{"jahat", "otpauth"}},
		{"the secret is shown", "operator", "GET", "/dua-langkah", nil, "", "", 200, []string{"otpauth://totp/"}, []string{"Menyala"}},
		{"to nobody else", "pendamping", "GET", "/dua-langkah", nil, "", "", 200, []string{"/dua-langkah/mulai"}, []string{"otpauth"}},
		{"a wrong code", "operator", "POST", "/dua-langkah", form("kode", "1"), "", "", 422, []string{`href="#kode"`}, []string{"Tersisa"}},
		{"not demanded by BRIDA", "brida", "POST", "/orang/dua-langkah", form("wajib", "1"), "", "", 403, nil, nil},
		{"demanded by an admin", "admin", "POST", "/orang/dua-langkah", form("wajib", "1"), "", "", 303, []string{"/orang?tersimpan=1"}, nil},
	},
}

// selfOf is who a persona is.
func selfOf(t *testing.T, w *world.Regions, persona string) string {
	t.Helper()
	who, err := w.Accounts.Resume(actor.With(t.Context(), actor.Actor{Region: w.Home.Code}), w.People[persona])
	world.Must(t, err)
	return who.ID
}

// An admin keeps himself in, and BRIDA gives no code to who is above it.
func TestTheAdminIsKept(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	boss := "/orang/" + selfOf(t, w, "admin")
	for _, r := range []request{
		{"BRIDA sees the admin and no way to his code", "brida", "GET", boss, nil, "", "", 200, []string{"Admin Kabupaten Satu"}, []string{boss + "/kode"}},
		{"BRIDA gives the admin no code", "brida", "POST", boss + "/kode", nil, "", "", 403, []string{"berperan lebih tinggi"}, []string{"hanya tampil sekali"}},
		{"the admin does not stop himself", "admin", "POST", boss + "/nonaktif", nil, "", "", 409, []string{"tidak dapat menonaktifkan diri sendiri"}, nil},
		{"nor gives himself a code", "admin", "POST", boss + "/kode", nil, "", "", 409, []string{"Akun saya"}, []string{"hanya tampil sekali"}},
		{"he is there still", "admin", "GET", boss, nil, "", "", 200, []string{"Admin Kabupaten Satu"}, []string{boss + "/nonaktif"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// A code is on its slip, and nowhere afterwards.
func TestACodeIsShownOnce(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	person := "/orang/" + w.IDs["own"].Person
	code := world.CodeOnSlip.FindString(w.Ask(t, handler, "brida", http.MethodPost, person+"/kode", "").Body.String())
	if code == "" {
		t.Fatal("the slip shows no code")
	}
	for _, r := range []request{
		{"the person's page", "brida", "GET", person, nil, "", "", 200, []string{"Orang rahasia-own"}, []string{code}},
		{"the admin's", "admin", "GET", person, nil, "", "", 200, nil, []string{code}},
		{"the page that makes another", "brida", "GET", person + "/kode", nil, "", "", 200, nil, []string{code}},
		{"the code leads to a password of one's own", "", "POST", "/masuk", form("nama", "rahasia-own", "sandi", code), "", "", 303, []string{"/sandi-baru"}, []string{code}},
	} {
		r.check(t, send(t, w, handler, r))
	}
	if again := w.Ask(t, handler, "brida", http.MethodGet, person, "").Body.String(); world.CodeOnSlip.MatchString(again) {
		t.Error("the page of the person shows a code")
	}
}

// A task is ended on a later day by an admin, and by nobody below him.
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
		{"BRIDA sees the task and no way to end it", "brida", "GET", person, nil, "", "", 200, []string{"Orang operator"}, []string{path}},
		{"nor the page", "brida", "GET", path, nil, "", "", 403, nil, []string{`name="akhir"`}},
		{"nor its form", "brida", "POST", path, form("akhir", "31-12-2090"), "", "", 403, nil, nil},
		{"another region has none", "outsider", "GET", path, nil, "", "", 404, nil, []string{"Orang operator"}},
		{"the page", "admin", "GET", path, nil, "", "", 200, []string{"Orang operator", `name="akhir"`}, nil},
		{"a day that is none", "admin", "POST", path, form("akhir", "<besok>"), "", "", 422, []string{`href="#akhir"`, "&lt;besok&gt;"}, []string{"<besok>"}},
		{"a day that has passed", "admin", "POST", path, form("akhir", "1-1-2020"), "", "", 422, []string{"Tulis hari ini atau hari sesudahnya", `value="1-1-2020"`}, nil},
		{"a later day", "admin", "POST", path, form("akhir", "31-12-2090"), "", "", 303, []string{person + "?tersimpan"}, nil},
		{"it counts until then", "admin", "GET", person, nil, "", "", 200, []string{"31 Desember 2090", path}, nil},
		{"he goes on", "operator", "GET", "/inovasi", nil, "", "", 200, []string{"rahasia-own"}, nil},
		{"now", "admin", "POST", path, nil, "", "", 303, []string{person}, nil},
		{"it has ended", "admin", "GET", path, nil, "", "", 303, []string{person}, nil},
		{"he sees nothing any more", "operator", "GET", "/inovasi", nil, "", "", 200, nil, []string{"rahasia-own"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
