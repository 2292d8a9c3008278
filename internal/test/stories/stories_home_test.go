package stories

import (
	"net/http"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
	"siida.id/internal/test/world"
)

// homeStories are of what each role sees first, and of what comes next where
// there is nothing to do.
var homeStories = map[string][]request{
	"home": {
		{"an operator", "operator", "GET", "/", nil, "", "", 200, []string{"Lengkapi Inovasi rahasia-own: 20 indikator belum selesai", "0 dari 20 selesai"}, []string{"rahasia-other", "Daerah Anda", "Sahkan"}},
		{"a pendamping", "pendamping", "GET", "/", nil, "", "", 200, []string{"Lengkapi Inovasi rahasia-own"}, []string{"rahasia-other", "Sahkan"}},
		{"a head fills nothing in", "kepala", "GET", "/", nil, "", "", 200, []string{"Inovasi rahasia-own", "0 dari 20 selesai", "Tidak ada yang perlu dikerjakan", "setelah semua jawabannya selesai"}, []string{"Lengkapi", "rahasia-other"}},
		{"an agency above without innovations", "parent", "GET", "/", nil, "", "", 200, []string{"Daftarkan inovasi pertama", "1 inovasi dapat Anda baca"}, []string{"rahasia-own", "Lengkapi"}},
		{"an agency below", "child", "GET", "/", nil, "", "", 200, []string{"Daftarkan inovasi pertama"}, []string{"rahasia", "dapat Anda baca"}},
		{"without an assignment any more", "ended", "GET", "/", nil, "", "", 200, []string{"belum mendapat penugasan"}, []string{"rahasia", "Daftarkan"}},
		{"BRIDA", "brida", "GET", "/", nil, "", "", 200, []string{"Tetapkan batas waktu periode 2026", "0 dari 2 inovasi", "2 dari 4 perangkat daerah", "/indeks"}, []string{"Lengkapi", "Daftarkan", "rahasia-away"}},
		{"an admin", "admin", "GET", "/", nil, "", "", 200, []string{"Tetapkan batas waktu periode 2026", "0 dari 2 inovasi"}, []string{"Lengkapi", "Daftarkan", "Sahkan"}},
		{"pimpinan", "pimpinan", "GET", "/", nil, "", "", 200, []string{"Tidak ada yang perlu dikerjakan", "0 dari 2 inovasi", "/indeks"}, []string{"Tetapkan", "Lengkapi", "rahasia-away"}},
		{"a window", "brida", "POST", "/periode/2026/ubah", form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-02", "tutup_jam", "16.00", "catatan", ""), "", "", 303, nil, nil},
		{"its end is told", "operator", "GET", "/", nil, "", "", 200, []string{"sampai 2 Januari 2099 pukul 16.00 WIB"}, nil},
		{"to those without a task too", "pimpinan", "GET", "/", nil, "", "", 200, []string{"Periode 2026 ditutup 2 Januari 2099"}, nil},
		{"BRIDA has set it", "brida", "GET", "/", nil, "", "", 200, nil, []string{"Tetapkan"}},
		{"a window that has ended", "brida", "POST", "/periode/2026/ubah", form("buka_tanggal", "2020-01-01", "buka_jam", "08.00", "tutup_tanggal", "2021-01-02", "tutup_jam", "16.00", "catatan", "", "versi", "1"), "", "", 303, nil, nil},
		{"asks for nothing", "operator", "GET", "/", nil, "", "", 200, []string{"Periode 2026 sudah ditutup", "rahasia-own"}, []string{"Lengkapi"}},
		{"more time for one agency", "brida", "POST", "/periode/2026/perpanjangan", form("perangkat", "{agency}", "sampai_tanggal", "2099-03-04", "sampai_jam", "16.00", "alasan", "Listrik padam"), "", "", 303, nil, nil},
		{"asks it again, until then", "operator", "GET", "/", nil, "", "", 200, []string{"Lengkapi Inovasi rahasia-own", "sampai 4 Maret 2099"}, nil},
	},
}

// A head is asked for what is finished, five at most with their number, and
// again for what has changed since.
func TestHomeOfAHead(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	home := func(persona string, want, not []string) {
		t.Helper()
		r := request{"home of " + persona, persona, http.MethodGet, "/", nil, "", "", 200, want, not}
		r.check(t, send(t, w, handler, r))
	}
	operator := world.Acting(t, w.Program, w.Home, "operator")
	sheet, err := w.Evidence.Sheet(operator, w.IDs["own"].Innovation, "2026")
	world.Must(t, err)
	for _, row := range sheet.Period.Pack.Rows(instrument.PerInnovation) {
		entry := evidence.Entry{Choice: "0", Finished: true}
		if row.Code == "SID-16" {
			entry.Choice, entry.Version = "2", 1
		}
		world.Must(t, w.Evidence.Save(operator, w.IDs["own"].Innovation, "2026", row.Code, entry, nil))
	}
	home("operator", []string{"Berikutnya kepala mengesahkannya", "20 dari 20 selesai"}, []string{"Sahkan"})
	home("kepala", []string{"Sahkan Inovasi rahasia-own"}, []string{"rahasia-other", "Sahkan 1 inovasi"})
	r := request{"endorsing", "kepala", "POST", endorsePath, with(ownHead, "isi", marked(t, w, handler, "kepala")), "", "", 303, nil, nil}
	r.check(t, send(t, w, handler, r))
	home("kepala", []string{"Tidak ada yang perlu dikerjakan"}, []string{"Sahkan"})
	world.Must(t, w.Evidence.Save(operator, w.IDs["own"].Innovation, "2026", "SID-17", evidence.Entry{Choice: "1", Version: 1}, nil))
	home("kepala", []string{"Sahkan lagi Inovasi rahasia-own: berubah sejak Anda sahkan"}, nil)
}

// Whoever holds all offices at once is told of all of them: of a head's
// endorsements, an operator's transfers and the region's sums.
func TestHomeOfManyOffices(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	admin := world.Acting(t, w.Program, w.Home, "admin")
	own := w.IDs["own"].Agency
	made, err := w.Accounts.Enrol(admin, account.Person{Name: "Orang banyak", Login: "banyak"}, world.Passphrase, account.Assignment{Assignment: actor.Assignment{Role: actor.Operator, Agency: own}})
	world.Must(t, err)
	for _, as := range []actor.Assignment{{Role: actor.Kepala, Agency: own}, {Role: actor.Brida}} {
		world.Must(t, (&accountsql.Store{DB: w.DB}).Assign(admin, made.ID, account.Assignment{ID: string(as.Role), Assignment: as, Acting: account.Plt, From: time.Now().Add(-time.Hour)}))
	}
	tokens, err := w.Accounts.SignIn(admin, "banyak", world.Passphrase, account.Visit{Address: "192.0.2.1"})
	world.Must(t, err)
	w.People["banyak"] = tokens.Session
	for _, r := range []request{
		{"a window", "brida", "POST", "/periode/2026/ubah", form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-02", "tutup_jam", "16.00", "catatan", ""), "", "", 303, nil, nil},
		{"asking", "brida", "POST", askPath, asking, "", "", 303, nil, nil},
		{"home", "banyak", "GET", "/", nil, "", "", 200, []string{"Jawab permintaan data", "Lengkapi Inovasi rahasia-own", "2 dari 4 perangkat daerah"}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
