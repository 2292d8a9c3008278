package scenarios

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

// While another process holds the write lock, pages are shown, and no page
// waits for a write, such as of its session's last use. A POST gets 503 with
// Retry-After and the form as it was sent.
func TestCaseS11PagesGoOnWhileTheDatabaseIsHeld(t *testing.T) {
	world.EachWith(t, sqldb.Limits{Lock: 30 * time.Millisecond}, func(t *testing.T, w *world.Regions, other *sqldb.DB) {
		s, err := w.Site(true)
		world.Must(t, err)
		handler, now := world.WithIDs(s.Handler()), w.Clock()
		w.Clock = func() time.Time { return now.Add(2 * time.Minute) } // the session's use must be recorded
		own := w.IDs["own"]
		_, err = w.Regional.Ask(world.Acting(t, w.Program, w.Home, "admin"), regional.AskEntry{Codes: []string{"SPD-04"}, To: own.Agency, Due: "2099-01-01"})
		world.Must(t, err)
		world.Must(t, other.InTx(t.Context(), func(ctx context.Context) error {
			if other.Engine == sqldb.Postgres {
				_, err := other.Exec(ctx, `
					do $$
					declare r record;
					begin
						for r in select tablename from pg_tables where schemaname = current_schema() loop
							execute format('lock table %I in exclusive mode', r.tablename);
						end loop;
					end $$`)
				world.Must(t, err)
			}
			for _, path := range []string{
				"/", "/inovasi", "/inovasi/" + own.Innovation, "/inovasi/" + own.Innovation + "/2026/SID-16", "/inovasi/" + own.Innovation + "/ubah",
				"/bukti/" + own.Document, "/indeks", "/indeks/2026/peringkat", "/sk", "/periode", "/perangkat-daerah", "/orang", "/saya", "/laporan", "/siap",
			} {
				if answer := w.Ask(t, handler, "admin", http.MethodGet, path, ""); answer.Code != http.StatusOK {
					t.Errorf("%s: %d while the database is held", path, answer.Code)
				}
			}
			for _, form := range []struct{ persona, path, sent, want string }{
				{"visitor", "/masuk", url.Values{"nama": {"admin"}, "sandi": {world.Passphrase}}.Encode(), `value="admin"`},
				{"admin", "/orang", url.Values{"lengkap": {"Sari Dewi"}, "nama": {"sari.dewi"}, "peran": {"brida"}}.Encode(), "Sari Dewi"},
				{"admin", "/saya", url.Values{"lengkap": {"Nama Baru"}}.Encode(), "Nama Baru"},
				{"operator", "/inovasi/" + own.Innovation + "/tarik", url.Values{"alasan": {"Ditarik untuk diperbaiki"}}.Encode(), "Ditarik untuk diperbaiki"},
			} {
				answer := w.Ask(t, handler, form.persona, http.MethodPost, form.path, form.sent)
				text := answer.Body.String()
				if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") != "5" {
					t.Errorf("%s: %d, Retry-After %q", form.path, answer.Code, answer.Header().Get("Retry-After"))
				}
				wants := []string{"Basis data sedang sibuk", "Belum tersimpan", "Isian Anda masih ada di bawah", form.want}
				if form.persona == "visitor" { // has nothing to save
					wants = []string{"Basis data sedang sibuk", "Belum dapat masuk", "Ketik lagi kata sandinya", form.want}
				}
				for _, want := range wants {
					if !strings.Contains(text, want) {
						t.Errorf("%s does not say %q:\n%s", form.path, want, text[max(0, strings.Index(text, "<main")):])
					}
				}
			}
			waits := countWaits(w)
			for _, r := range []request{
				{
					name: "evidence", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16", file: "surat.pdf", bytes: "%PDF-1.7 baru", status: 503,
					form: form("versi", "1", "pilihan", "2", "nomor", "7/A", "tanggal", "2025-03-04", "tentang", "Surat tugas tim"),
					want: []string{"Basis data sedang sibuk", "Isian Anda masih ada di bawah", "pilih lagi berkas itu", "7/A", "Surat tugas tim"},
				},
				{
					name: "a sample", as: "brida", method: "POST", path: "/panduan/2026/SID-16/contoh", file: "contoh.pdf", bytes: "%PDF-1.7 baru", status: 503,
					form: form("contoh", "benar", "keterangan", "Surat tugas yang lengkap"), want: []string{"Isian Anda masih ada di bawah", "Surat tugas yang lengkap"},
				},
				{
					name: "a proof of the region", as: "brida", method: "POST", path: "/daerah/2026/SPD-04", file: "perda.pdf", bytes: "%PDF-1.7 baru", status: 503,
					form: form("pilihan", "1", "versi", "0", "tentang", "Perda inovasi"), want: []string{"Isian Anda masih ada di bawah", "Perda inovasi"},
				},
				{
					name: "a reply", as: "operator", method: "POST", path: "/permintaan-data/{request}/jawab", file: "angka.pdf", bytes: "%PDF-1.7 baru", status: 503,
					form: form("angka", "12", "tahun", "2025", "sumber", "Dinas Kesehatan"), want: []string{"Isian Anda masih ada di bawah", "Dinas Kesehatan"},
				},
				{
					name: "guidance", as: "brida", method: "POST", path: "/panduan/2026/SID-16", status: 503,
					form: form("versi", "0", "panduan", "Unggah surat tugas"), want: []string{"Isian Anda masih ada di bawah", "Unggah surat tugas"},
				},
				{ // has no form of its own to come back in
					name: "a button", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/lepas", status: 503, form: form("bukti", "{document}"),
					want: []string{
						"Belum tersimpan", "Yang Anda kirim masih ada di halaman ini", `action="/inovasi/` + own.Innovation + `/2026/SID-16/lepas"`,
						`<input type="hidden" name="bukti" value="` + own.Document + `"`, "Kirim lagi",
					},
				},
			} {
				before := waits.Load()
				r.check(t, send(t, w, handler, r))
				if n := waits.Load() - before; n != 1 {
					t.Errorf("%s waits %d times for the right to write", r.name, n)
				}
			}
			if answer := w.Ask(t, handler, "kepala", http.MethodPost, "/keluar", ""); answer.Code != http.StatusSeeOther || !forgets(answer) {
				t.Errorf("/keluar: %d, cookies %v", answer.Code, answer.Result().Cookies())
			}
			if answer := w.Ask(t, handler, "kepala", http.MethodGet, "/saya", ""); answer.Code != http.StatusSeeOther {
				t.Errorf("/saya after signing out: %d", answer.Code)
			}
			return nil
		}))
		if answer := w.Ask(t, handler, "kepala", http.MethodGet, "/saya", ""); answer.Code != http.StatusSeeOther || w.Auth.Endings.Len() > 0 {
			t.Errorf("afterwards /saya: %d, %d endings wait", answer.Code, w.Auth.Endings.Len())
		}
		for _, path := range []string{"/saya", "/bukti/" + own.Document + "/dibuka"} { // the queued notes are written by now
			if answer := w.Ask(t, handler, "admin", http.MethodGet, path, ""); answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), "Admin") {
				t.Errorf("afterwards %s: %d", path, answer.Code)
			}
		}
	})
}

// countWaits counts the transactions that time out waiting for the write lock.
func countWaits(w *world.Regions) *atomic.Int64 {
	var n atomic.Int64
	for _, tx := range []*uow.Transactor{&w.Program.Files.Tx, &w.Evidence.Tx, &w.Guidance.Tx, &w.Regional.Tx} {
		*tx = waiting{*tx, &n}
	}
	return &n
}

type waiting struct {
	uow.Transactor
	inVain *atomic.Int64
}

func (c waiting) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	err := c.Transactor.InTx(ctx, fn)
	if fault.KindOf(err) == fault.Busy {
		c.inVain.Add(1)
	}
	return err
}
