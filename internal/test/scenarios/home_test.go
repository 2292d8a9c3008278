package scenarios

import (
	"net/http"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/testclock"
	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
	"siida.id/internal/test/world"
)

// homeScenarios are about each role's home page, and what it suggests if there is
// nothing to do.
var homeScenarios = []scenario{
	{name: "home", requests: []request{
		{name: "an operator", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Lengkapi Inovasi rahasia-own: 19 indikator belum selesai", "1 dari 20 selesai", "1 dijawab, 1 ada buktinya"}, not: []string{"rahasia-other", "Daerah Anda", "Sahkan"}},
		{name: "a pendamping", as: "pendamping", method: "GET", path: "/", status: 200, want: []string{"Lengkapi Inovasi rahasia-own"}, not: []string{"rahasia-other", "Sahkan"}},
		{name: "a head fills nothing in", as: "kepala", method: "GET", path: "/", status: 200, want: []string{"Inovasi rahasia-own", "1 dari 20 selesai", "Tidak ada yang perlu dikerjakan", "setelah semua jawabannya selesai"}, not: []string{"Lengkapi", "rahasia-other"}},
		{name: "an agency above without innovations", as: "parent", method: "GET", path: "/", status: 200, want: []string{"Daftarkan inovasi pertama", "1 inovasi dapat Anda baca"}, not: []string{"rahasia-own", "Lengkapi"}},
		{name: "an agency below", as: "child", method: "GET", path: "/", status: 200, want: []string{"Daftarkan inovasi pertama"}, not: []string{"rahasia", "dapat Anda baca"}},
		{name: "without an assignment any more", as: "ended", method: "GET", path: "/", status: 200, want: []string{"belum mendapat penugasan"}, not: []string{"rahasia", "Daftarkan"}},
		{name: "BRIDA", as: "brida", method: "GET", path: "/", status: 200, want: []string{"Tetapkan batas waktu periode 2026", "0 dari 2 inovasi", "2 dari 4 perangkat daerah", "/indeks"}, not: []string{"Lengkapi", "Daftarkan", "rahasia-away"}},
		{name: "an admin", as: "admin", method: "GET", path: "/", status: 200, want: []string{"Tetapkan batas waktu periode 2026", "0 dari 2 inovasi"}, not: []string{"Lengkapi", "Daftarkan", "Sahkan"}},
		{name: "pimpinan", as: "pimpinan", method: "GET", path: "/", status: 200, want: []string{"Tidak ada yang perlu dikerjakan", "0 dari 2 inovasi", "/indeks"}, not: []string{"Tetapkan", "Lengkapi", "rahasia-away"}},
		{name: "a window", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-02", "tutup_jam", "16.00", "catatan", ""), status: 303},
		{name: "its end is told", as: "operator", method: "GET", path: "/", status: 200, want: []string{"sampai 2 Januari 2099 pukul 16.00 WIB"}},
		{name: "to those without a task too", as: "pimpinan", method: "GET", path: "/", status: 200, want: []string{"Pengisian periode 2026 ditutup 2 Januari 2099"}},
		{name: "BRIDA has set it", as: "brida", method: "GET", path: "/", status: 200, not: []string{"Tetapkan"}},
		{name: "a window that has ended", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2020-01-01", "buka_jam", "08.00", "tutup_tanggal", "2021-01-02", "tutup_jam", "16.00", "catatan", "", "versi", "1"), status: 303},
		{name: "asks for nothing", as: "operator", method: "GET", path: "/", status: 200, want: []string{"rahasia-own"}, not: []string{"Lengkapi"}},
		{name: "more time for one agency", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "2099-03-04", "sampai_jam", "16.00", "alasan", "Listrik padam"), status: 303},
		{name: "asks it again, until then", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Lengkapi Inovasi rahasia-own", "sampai 4 Maret 2099"}},
	}},
}

// A window that is over and a period that is closed are two sentences on every home
// (B19), and so is a window that has not begun.
func TestCaseB19TwoSentencesForTwoThings(t *testing.T) {
	const (
		over   = "Waktu mengisi periode 2026 habis sejak 2 Januari 2021"
		closed = "Periode 2026 sudah ditutup sejak"
		early  = "Periode 2026 baru dapat diisi mulai 2 Januari 2098"
	)
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/ubah", form("tutup_tanggal", "2021-01-02", "tutup_jam", "16.00").Encode())
		homes := func(want string, not []string, personas ...string) {
			t.Helper()
			for _, persona := range personas {
				request{name: "the home of " + persona, status: 200, want: []string{want}, not: not}.check(t, w.Ask(t, handler, persona, http.MethodGet, "/", ""))
			}
		}
		homes(over, []string{closed, early, "Daftarkan inovasi pertama"}, "operator", "pendamping", "kepala", "parent", "child", "brida", "pimpinan", "admin")
		w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/ubah", form("buka_tanggal", "2098-01-02", "buka_jam", "16.00", "versi", "1").Encode())
		homes(early, []string{closed, over}, "operator", "pendamping", "kepala")
		w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/tutup", "")
		homes(closed, []string{early, over}, "operator", "pendamping", "kepala", "parent", "child", "pimpinan")
		homes("Buka periode pengukuran", []string{early, over}, "brida", "admin")
		w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/arsipkan", form("tahun", "2026").Encode())
		homes(closed, []string{early, over}, "operator", "kepala", "pimpinan")
	})
}

// A head's home lists finished innovations, at most five and their number, and
// again those that have changed since.
func TestHomeOfAHead(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	home := func(persona string, want, not []string) {
		t.Helper()
		r := request{name: "home of " + persona, as: persona, method: http.MethodGet, path: "/", status: 200, want: want, not: not}
		r.check(t, send(t, w, handler, r))
	}
	operator := world.Acting(t, w.Program, w.Home, "operator")
	sheet, err := w.Evidence.Sheet(operator, w.IDs["own"].Innovation, "2026")
	world.Must(t, err)
	for _, row := range sheet.Period.Pack.Rows(instrument.PerInnovation) {
		entry := evidence.Entry{Choice: "0", Marked: true}
		if row.Code == "SID-16" {
			entry.Choice, entry.Version = "2", 1
		}
		world.Must(t, w.Evidence.Save(operator, w.IDs["own"].Innovation, "2026", row.Code, entry, nil))
	}
	home("operator", []string{"Berikutnya kepala mengesahkannya", "20 dari 20 selesai"}, []string{"Sahkan"})
	home("kepala", []string{"Sahkan Inovasi rahasia-own"}, []string{"rahasia-other", "Sahkan 1 inovasi"})
	r := request{name: "endorsing", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", marked(t, w, handler, "kepala")), status: 303}
	r.check(t, send(t, w, handler, r))
	home("kepala", []string{"Tidak ada yang perlu dikerjakan"}, []string{"Sahkan"})
	world.Must(t, w.Evidence.Save(operator, w.IDs["own"].Innovation, "2026", "SID-17", evidence.Entry{Choice: "1", Version: 1}, nil))
	home("kepala", []string{"Sahkan lagi Inovasi rahasia-own: berubah sejak Anda sahkan"}, nil)
}

// A person with all roles sees the tasks of all of them: endorsements,
// transfers and the region's totals.
func TestHomeOfManyOffices(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	admin := world.Acting(t, w.Program, w.Home, "admin")
	own := w.IDs["own"].Agency
	made, err := w.Auth.Enrol(admin, account.Person{Name: "Orang banyak", Login: "banyak"}, world.Passphrase, account.Assignment{Assignment: actor.Assignment{Role: actor.Operator, Agency: own}})
	world.Must(t, err)
	for _, as := range []actor.Assignment{{Role: actor.Kepala, Agency: own}, {Role: actor.Brida}} {
		world.Must(t, (&accountsql.Store{DB: w.DB}).Assign(admin, made.ID, account.Assignment{ID: string(as.Role), Assignment: as, Acting: account.Plt, From: testclock.Now().Add(-time.Hour)}))
	}
	tokens, err := w.Auth.SignIn(admin, "banyak", world.Passphrase, auth.ClientInfo{Address: "192.0.2.1"})
	world.Must(t, err)
	w.People["banyak"] = tokens.Session
	for _, r := range []request{
		{name: "a window", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-02", "tutup_jam", "16.00", "catatan", ""), status: 303},
		{name: "asking", as: "brida", method: "POST", path: askPath, form: asking, status: 303},
		{name: "home", as: "banyak", method: "GET", path: "/", status: 200, want: []string{"Jawab permintaan data", "Lengkapi Inovasi rahasia-own", "2 dari 4 perangkat daerah"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
