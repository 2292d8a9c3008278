package scenarios

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
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
		{name: "an operator", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Dinas own, inovasi 2026", "dari 20 indikator selesai", "Tiga langkah paling bernilai", `/2026/SID-35"`, "Kerjakan", "paling banyak", "Kurang 19", "1 dari 20", "1 dijawab, 1 ada buktinya"}, not: []string{"rahasia-other", "Indeks Inovasi Daerah", "Sahkan", "Tidak ada yang perlu dikerjakan"}},
		{name: "all of it", as: "operator", method: "GET", path: "/tugas", status: 200, want: []string{"19 langkah menurut nilai", `/2026/SID-35"`}, not: []string{"rahasia-other", `/2026/SID-16"`}},
		{name: "a page beyond the end", as: "operator", method: "GET", path: "/tugas?halaman=99", status: 200, want: []string{"19 langkah menurut nilai"}},
		{name: "a pendamping", as: "pendamping", method: "GET", path: "/", status: 200, want: []string{`/2026/SID-35"`, "Kerjakan"}, not: []string{"rahasia-other", "Sahkan"}},
		{name: "a head fills nothing in", as: "kepala", method: "GET", path: "/", status: 200, want: []string{"Inovasi rahasia-own", "dari 20 indikator selesai", "Tidak ada yang perlu dikerjakan", "setelah semua jawabannya selesai", "Dikerjakan operator"}, not: []string{"Kerjakan", "/2026/SID-", "rahasia-other"}},
		{name: "an agency above without innovations", as: "parent", method: "GET", path: "/", status: 200, want: []string{"Daftarkan inovasi pertama", "1 inovasi dapat Anda baca"}, not: []string{"rahasia-own", "Tiga langkah"}},
		{name: "an agency below", as: "child", method: "GET", path: "/", status: 200, want: []string{"Daftarkan inovasi pertama"}, not: []string{"rahasia", "dapat Anda baca"}},
		{name: "without an assignment any more", as: "ended", method: "GET", path: "/", status: 200, want: []string{"belum mendapat penugasan"}, not: []string{"rahasia", "Daftarkan"}},
		{name: "nor has anything to do", as: "ended", method: "GET", path: "/tugas", status: 200, want: []string{"belum mendapat penugasan"}, not: []string{"rahasia"}},
		{name: "BRIDA", as: "brida", method: "GET", path: "/", status: 200, want: []string{"Indeks Inovasi Daerah 2026, sementara", "Tetapkan batas waktu periode 2026", "Kurang Inovatif", `menuju <span lang="id">Inovatif</span>`, "Terlambat: 2 dari 4", "Belum mendaftarkan inovasi", "Tiga langkah paling bernilai", "/indeks"}, not: []string{"Daftarkan inovasi pertama", "rahasia-away"}},
		{name: "an admin", as: "admin", method: "GET", path: "/", status: 200, want: []string{"Indeks Inovasi Daerah 2026, sementara", "Tetapkan batas waktu periode 2026"}, not: []string{"Daftarkan inovasi pertama", "Sahkan"}},
		{name: "pimpinan", as: "pimpinan", method: "GET", path: "/", status: 200, want: []string{"Tidak ada yang perlu dikerjakan", "Indeks Inovasi Daerah 2026, sementara", "Terdepan", "Lembar rapat koordinasi", "/indeks"}, not: []string{"Tetapkan", "rahasia-away"}},
		{name: "a window", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-02", "tutup_jam", "16.00", "catatan", "Pesan <b>untuk semua"), status: 303},
		{name: "its message is on every home", as: "child", method: "GET", path: "/", status: 200, want: []string{"Pesan BRIDA", "Pesan &lt;b&gt;untuk semua"}},
		{name: "its end is told", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Isian 2026 ditutup", "sampai 2 Januari 2099 pukul 16.00 WIB"}},
		{name: "a deadline", as: "brida", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Profil <b>lengkap", "tenggat_tanggal", "2098-05-06", "tenggat_jam", "16.00"), status: 303},
		{name: "a deadline is on every home", as: "kepala", method: "GET", path: "/", status: 200, want: []string{"Profil &lt;b&gt;lengkap", "6 Mei", "sampai 6 Mei 2098"}},
		{name: "on that of an agency without innovations", as: "child", method: "GET", path: "/", status: 200, want: []string{"Profil &lt;b&gt;lengkap"}},
		{name: "to those without a task too", as: "pimpinan", method: "GET", path: "/", status: 200, want: []string{"Pengisian periode 2026 ditutup 2 Januari 2099"}},
		{name: "BRIDA has set it", as: "brida", method: "GET", path: "/", status: 200, not: []string{"Tetapkan"}},
		{name: "a window that has ended", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2020-01-01", "buka_jam", "08.00", "tutup_tanggal", "2021-01-02", "tutup_jam", "16.00", "catatan", "", "versi", "1"), status: 303},
		{name: "asks for nothing", as: "operator", method: "GET", path: "/", status: 200, want: []string{"rahasia-own", "habis sejak"}, not: []string{"Tiga langkah"}},
		{name: "more time for one agency", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "2099-03-04", "sampai_jam", "16.00", "alasan", "Listrik padam"), status: 303},
		{name: "asks it again, until then", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Tiga langkah", "Kerjakan", "Perpanjangan waktu Dinas own berakhir", "sampai 4 Maret 2099"}},
		{name: "and nobody else", as: "child", method: "GET", path: "/", status: 200, not: []string{"Perpanjangan"}},
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
	home("operator", []string{"Berikutnya kepala mengesahkannya", "20 dari 20", "Lengkap"}, []string{"Sahkan"})
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
		{name: "home", as: "banyak", method: "GET", path: "/", status: 200, want: []string{"Jawab permintaan data", "Inovasi kami", "rahasia-own", "Indeks Inovasi Daerah 2026"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// links are the addresses that a page leads to, each once, without those of a place on it.
func links(body string) (list []string) {
	main := body[strings.Index(body, "<main"):strings.Index(body, "<footer")]
	for _, found := range regexp.MustCompile(`href="([^"#]+)`).FindAllStringSubmatch(main, -1) {
		if path := html.UnescapeString(found[1]); !slices.Contains(list, path) {
			list = append(list, path)
		}
	}
	return list
}

// Nothing on a home leads where its reader may not go (C1): every address on the home and
// on the list of all tasks answers its reader, before the window, in it, after it, and
// once the period is closed.
func TestCaseC1HomesLeadWhereTheirReadersMayGo(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		walk := func(when string) {
			t.Helper()
			for _, persona := range []string{"operator", "pendamping", "kepala", "parent", "child", "ended", "brida", "pimpinan", "admin"} {
				for _, page := range []string{"/", "/tugas"} {
					all := links(w.Ask(t, handler, persona, http.MethodGet, page, "").Body.String())
					if len(all) == 0 && persona != "ended" && page == "/" && when == "in its window" {
						t.Errorf("%s, %s: %s leads nowhere", when, persona, page)
					}
					for _, path := range all {
						if answer := w.Ask(t, handler, persona, http.MethodGet, path, ""); answer.Code != http.StatusOK {
							t.Errorf("%s, %s: %s leads to %s, %d", when, persona, page, path, answer.Code)
						}
					}
				}
			}
		}
		walk("without a window")
		version := 0
		window := func(opens, closes string) {
			t.Helper()
			version++
			answer := w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/ubah", form(
				"buka_tanggal", opens, "buka_jam", "08.00", "tutup_tanggal", closes, "tutup_jam", "16.00", "catatan", "Pesan", "versi", strconv.Itoa(version-1)).Encode())
			if answer.Code != http.StatusSeeOther {
				t.Fatalf("window %d: %d", version, answer.Code)
			}
		}
		window("2026-01-01", "2099-01-02")
		for _, r := range []request{
			{name: "asking", as: "brida", method: "POST", path: askPath, form: asking, status: 303},
			{name: "a deadline", as: "brida", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Profil", "tenggat_tanggal", "2098-05-06", "tenggat_jam", "16.00"), status: 303},
			{name: "more time", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "2099-03-04", "sampai_jam", "16.00", "alasan", "Listrik padam"), status: 303},
		} {
			r.check(t, send(t, w, handler, r))
		}
		walk("in its window")
		window("2098-01-01", "2099-01-02")
		walk("before its window")
		window("2020-01-01", "2021-01-02")
		walk("after its window, with more time for one")
		w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/tutup", "")
		walk("closed")
	})
}
