package scenarios

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// disk is a fake reserve of a database whose disk is full.
type disk struct {
	*sqldb.DB
	t        *testing.T
	released bool
}

// fill leaves the database no free space.
func fill(t *testing.T, db *sqldb.DB) {
	t.Helper()
	if db.Engine == sqldb.SQLite {
		_, err := db.Exec(t.Context(), `pragma max_page_count = 1`) // no more than it has
		world.Must(t, err)
		return
	}
	_, err := db.Exec(t.Context(), `
		create function full_disk() returns trigger language plpgsql as $$
		begin
			raise exception 'could not extend file: No space left on device' using errcode = '53100';
		end $$`)
	world.Must(t, err)
	_, err = db.Exec(t.Context(), `
		do $$
		declare r record;
		begin
			for r in select tablename from pg_tables where schemaname = current_schema() loop
				execute format('create trigger full_disk before insert or update or delete on %I execute function full_disk()', r.tablename);
			end loop;
		end $$`)
	world.Must(t, err)
}

// makeRoom undoes fill.
func makeRoom(t *testing.T, db *sqldb.DB) {
	t.Helper()
	if db.Engine == sqldb.SQLite {
		_, err := db.Exec(t.Context(), `pragma max_page_count = 1000000`)
		world.Must(t, err)
		return
	}
	_, err := db.Exec(t.Context(), `drop function full_disk cascade`)
	world.Must(t, err)
}

// Release implements sqldb.Reserve.
func (d *disk) Release() {
	if !d.released {
		makeRoom(d.t, d.DB)
	}
	d.released = true
}

// Restore implements sqldb.Reserve.
func (d *disk) Restore() bool { return !d.released }

// While the database's disk is full, a form comes back as typed with a message, and
// pages and evidence can be read.
func TestCaseS6FormsWhileTheDatabaseIsFull(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		s, err := w.Site(true)
		world.Must(t, err)
		handler := world.WithIDs(s.Handler())
		fill(t, w.DB)
		for _, r := range []request{
			{name: "evidence", as: "operator", method: "GET", path: "/bukti/{document}", status: 200, want: []string{"rahasia-own"}},
			{name: "its page", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Surat rahasia-own"}},
			{name: "who opened it", as: "admin", method: "GET", path: "/bukti/{document}/dibuka", status: 200},
			{
				name: "an innovation", as: "operator", method: "POST", path: "/inovasi", status: 507,
				form: with(profile, "rancang", long[:40_000]), want: []string{"Ruang penyimpanan server penuh", "Isian Anda masih ada di bawah", "Inovasi Baru", long[:40_000]},
			},
			{
				name: "guidance", as: "brida", method: "POST", path: "/panduan/2026/SID-16", status: 507,
				form: form("versi", "0", "panduan", strings.Repeat("petunjuk ", 440)), want: []string{"Ruang penyimpanan server penuh", strings.Repeat("petunjuk ", 100)},
			},
		} {
			r.check(t, send(t, w, handler, r))
		}
	})
}

// A file that does not fit on the disk is read to its end; its form comes back as
// typed, and says that the file has to be chosen again.
func TestCaseS6UploadsWhileTheDiskIsFull(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		s, err := w.Site(true)
		world.Must(t, err)
		w.Folder.MinFree = 1 << 62
		file := "%PDF-1.7 " + strings.Repeat("0", 900_000)
		for _, r := range []request{
			{
				name: "evidence", as: "operator", path: "/inovasi/{innovation}/2026/SID-16",
				form: form("versi", "1", "pilihan", "2", "nomor", "7/A", "tanggal", "2025-03-04", "tentang", "Surat tugas tim"), want: []string{"7/A", "Surat tugas tim"},
			},
			{
				name: "a proof of the region", as: "brida", path: ownRow,
				form: form("pilihan", "3", "versi", "1", "tentang", "Rilis BPS"), want: []string{`value="Rilis BPS"`},
			},
			{name: "a scan", as: "admin", path: "/sk/{decree}/pindaian"},
		} {
			r.method, r.file, r.bytes, r.status = "POST", "surat.pdf", file, http.StatusInsufficientStorage
			r.want = append(r.want, "Ruang penyimpanan server penuh", "Isian Anda masih ada di bawah", "pilih lagi berkas itu")
			r.check(t, send(t, w, world.WithIDs(s.Handler()), r))
		}
	})
}

// People can sign in and out on a full disk while there is a reserve.
func TestCaseS6SigningInAndOutWhileTheDiskIsFull(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		s, err := w.Site(true)
		world.Must(t, err)
		handler := world.WithIDs(s.Handler())
		fill(t, w.DB)
		reserve := &disk{DB: w.DB, t: t}
		w.DB.SetReserve(reserve)
		var session string
		for n := 0; !reserve.released; n++ { // a partly filled database page takes the first of them
			answer := w.Ask(t, handler, "visitor", "POST", "/masuk", form("nama", "operator", "sandi", world.Passphrase).Encode())
			if session = cookie(answer, "sesi"); answer.Code != http.StatusSeeOther || session == "" {
				t.Fatalf("sign-in %d: %d\n%s", n, answer.Code, answer.Body)
			}
			if n == 1000 {
				t.Fatal("the database does not fill")
			}
		}
		w.People["operator"] = session
		ask := func(path, sent string, status int) {
			t.Helper()
			method := http.MethodPost
			if sent == "" {
				method = http.MethodGet
			}
			if answer := w.Ask(t, handler, "operator", method, path, sent); answer.Code != status {
				t.Errorf("%s: %d, want %d", path, answer.Code, status)
			}
		}
		ask("/bukti/"+w.IDs["own"].Document, "", http.StatusOK)
		ask("/inovasi/"+w.IDs["own"].Innovation+"/tarik", "alasan=Ditarik+untuk+diperbaiki", http.StatusInsufficientStorage)
		ask("/masuk", "nama=operator&sandi=salah", http.StatusUnprocessableEntity)
		ask("/keluar", "ke=/", http.StatusSeeOther)
		ask("/saya", "", http.StatusSeeOther) // to /masuk
		reserve.released = false
		w.People["operator"] = cookie(w.Ask(t, handler, "visitor", "POST", "/masuk", form("nama", "operator", "sandi", world.Passphrase).Encode()), "sesi")
		ask("/inovasi/"+w.IDs["own"].Innovation+"/tarik", "alasan=Ditarik+untuk+diperbaiki", http.StatusSeeOther)
	})
}

// PostgreSQL has no reserve: signing in is 507 with the form; signing out works in
// the browser, in the program, and later in the database.
func TestCaseS6SigningOutWhileNothingCanBeWritten(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		if w.DB.Engine == sqldb.SQLite {
			return
		}
		s, err := w.Site(true)
		world.Must(t, err)
		handler := world.WithIDs(s.Handler())
		fill(t, w.DB)
		r := request{
			name: "sign-in", as: "visitor", method: "POST", path: "/masuk", status: 507, form: form("nama", "operator", "sandi", world.Passphrase),
			want: []string{"Ruang penyimpanan server penuh", `value="operator"`}, not: []string{world.Passphrase},
		}
		r.check(t, send(t, w, handler, r))
		if answer := w.Ask(t, handler, "operator", "POST", "/keluar", ""); answer.Code != http.StatusSeeOther || !forgets(answer) {
			t.Errorf("/keluar: %d, cookies %v", answer.Code, answer.Result().Cookies())
		}
		out := func(when string, waiting int) {
			t.Helper() // somebody may have copied the cookie
			if answer := w.Ask(t, handler, "operator", "GET", "/saya", ""); answer.Code != http.StatusSeeOther || w.Auth.Endings.Len() != waiting {
				t.Errorf("/saya %s: %d, %d endings wait, want %d", when, answer.Code, w.Auth.Endings.Len(), waiting)
			}
		}
		out("while the disk is full", 1)
		makeRoom(t, w.DB)
		out("once it is written", 0)
	})
}

// cookie returns the cookie of that name set by an answer.
func cookie(answer *httptest.ResponseRecorder, name string) string {
	for _, c := range answer.Result().Cookies() {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// forgets reports whether an answer deletes the session cookie.
func forgets(answer *httptest.ResponseRecorder) bool {
	for _, c := range answer.Result().Cookies() {
		if c.Name == "sesi" {
			return c.Value == "" && c.MaxAge < 0
		}
	}
	return false
}
