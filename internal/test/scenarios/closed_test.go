package scenarios

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// closedPages are the pages of the own innovation in a period that was closed.
var closedPages = []string{sheetPath + "?periode=2026", "/inovasi/{innovation}/cetak?periode=2026", "/inovasi/{innovation}/2026/SID-16"}

// closing endorses the own innovation and closes the period.
func closing(t *testing.T, w *world.Regions, handler http.Handler) {
	t.Helper()
	for _, r := range []request{
		{name: "endorsed", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", marked(t, w, handler, "kepala")), status: 303},
		{name: "closed", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// changing changes the profile of the own innovation so that it would not count, and
// withdraws it.
func changing(t *testing.T, w *world.Regions, handler http.Handler) {
	t.Helper()
	for _, r := range []request{
		{name: "changed", as: "operator", method: "POST", path: changePath, form: profileOf("nama", "Nama baru", "terap", "", "uji", "2024-02-01", "urusan", "Sosial", "rancang", "Cara baru"), status: 303},
		{name: "withdrawn", as: "operator", method: "POST", path: "/inovasi/{innovation}/tarik", form: form("alasan", "Ganda sekali"), status: 303},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// Pages of a closed period show what was stored when it was closed: profile, verdict and
// endorsement. What is changed between periods is on the page of today.
func TestCaseB1ClosedPagesShowTheClose(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		closing(t, w, handler)
		changing(t, w, handler)
		for _, as := range []string{"operator", "kepala", "brida", "pimpinan", "admin"} {
			for _, path := range closedPages {
				run(request{name: as + " " + path, as: as, method: "GET", path: path, status: 200, want: []string{"Inovasi rahasia-own"}, not: []string{
					"Nama baru", "Cara baru", "Ganda sekali", "ditarik", "belum penerapan", "Berubah sejak disahkan", "/ubah\"", "/sahkan",
				}})
			}
		}
		run(
			request{name: "why it counted", as: "operator", method: "GET", path: closedPages[0], status: 200, want: []string{"Dihitung pada periode 2026", "Disahkan", "Orang kepala, Kepala Dinas own", "1 Maret 2024", "Inilah keadaannya saat periode 2026 ditutup", "sudah berubah sejak itu", `href="/inovasi/` + w.IDs["own"].Innovation + `"`}},
			request{name: "on paper", as: "operator", method: "GET", path: closedPages[1], status: 200, want: []string{"Dihitung pada periode 2026", "Orang kepala, Kepala Dinas own", "Profil pada ", "saat periode 2026 ditutup"}},
			request{name: "today", as: "operator", method: "GET", path: sheetPath, status: 200, want: []string{"Nama baru", "Cara baru", "Ganda sekali", "?periode=2026"}, not: []string{"Dihitung pada periode", "Belum dihitung", "Berubah sejak"}},
			request{name: "something new", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Sesudahnya", "versi", "0"), status: 303},
			request{name: "archived", as: "admin", method: "POST", path: "/periode/2026/arsipkan", form: form("tahun", "2026"), status: 303},
		)
		for _, path := range closedPages {
			run(request{name: "archived: " + path, as: "operator", method: "GET", path: path, status: 200, want: []string{"Inovasi rahasia-own"}, not: []string{"Nama baru", "Belum dihitung", "Berubah sejak disahkan"}})
		}
	})
}

// What was registered after the close is not of that year.
func TestCaseB1ClosedPagesOfWhatCameLater(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		closing(t, w, handler)
		r := request{name: "registered", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Sesudahnya", "versi", "0"), status: 303}
		answer := send(t, w, handler, r)
		r.check(t, answer)
		path, _, _ := strings.Cut(answer.Header().Get("Location"), "?")
		for _, page := range []string{path + "?periode=2026", path + "/cetak?periode=2026"} {
			r = request{name: page, as: "operator", method: "GET", path: page, status: 200, want: []string{"didaftarkan setelah periode 2026 ditutup", "Profil saat ini, "}, not: []string{"Dihitung pada periode"}}
			r.check(t, send(t, w, handler, r))
		}
	})
}

// A period that was closed before profiles were stored shows what the index depends on as
// it was, and says of the rest that it is today's.
func TestCaseB1ClosedPagesBeforeProfilesWereStored(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		closing(t, w, handler)
		world.Must(t, forget(t.Context(), w.DB))
		changing(t, w, handler)
		for _, path := range closedPages[:2] {
			r := request{name: path, as: "operator", method: "GET", path: path, status: 200, want: []string{
				"Inovasi rahasia-own", "Kesehatan", "Dihitung pada periode 2026", "Profil saat ini, ", "Rancang bangun saat ini, ", "Cara baru", "Orang kepala",
			}, not: []string{"Nama baru", "Belum dihitung", "Berubah sejak disahkan", "saat periode 2026 ditutup"}}
			r.check(t, send(t, w, handler, r))
		}
	})
}

// forget removes the profiles of all closes, as in a database of an older version.
func forget(ctx context.Context, db *sqldb.DB) error {
	_, err := db.Exec(ctx, `delete from closed_profiles`)
	return err
}

// Everything that a closed period gives out stays as it was, byte by byte: issued reports,
// drafts, what siida score reads, and the printed page.
func TestCaseB1ClosedPapersStay(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		closing(t, w, handler)
		for _, r := range []request{
			{name: "the letterhead", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm(), status: 303},
			{name: "issued", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "1"), status: 303},
		} {
			r.check(t, send(t, w, handler, r))
		}
		paths := []string{
			"/laporan/terbit/{issued}/pdf", "/laporan/terbit/{issued}/xlsx", "/laporan/terbit/{issued}", "/laporan/indeks/2026/pdf", "/laporan/indeks/2026/xlsx",
			"/indeks/2026/jawaban", "/inovasi/{innovation}/cetak?periode=2026", "/inovasi/{innovation}/2026/SID-16",
		}
		read := func() (list []*httptest.ResponseRecorder) {
			for _, path := range paths {
				r := request{name: path, as: "brida", method: "GET", path: path, status: 200}
				answer := send(t, w, handler, r)
				if answer.Code != http.StatusOK || answer.Body.Len() == 0 {
					t.Errorf("%s: %d", path, answer.Code)
				}
				list = append(list, answer)
			}
			return list
		}
		before := read()
		changing(t, w, handler)
		for i, after := range read() {
			if was, is := before[i].Body.String(), after.Body.String(); was != is {
				t.Errorf("%s has changed (%d bytes, now %d)", paths[i], len(was), len(is))
			}
		}
	})
}

// Who opens a closed period again is told what is not as it was.
func TestCaseB1ReopeningSaysWhatHasChanged(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		closing(t, w, handler)
		page := func(name string, want, not []string) {
			t.Helper()
			r := request{name: name, as: "brida", method: "GET", path: "/periode/2026/buka-lagi", status: 200, want: want, not: not}
			r.check(t, send(t, w, handler, r))
		}
		page("nothing", []string{"Profil yang berubah sejak periode ditutup"}, []string{"tidak berlaku lagi", "profil saat ini"})
		changing(t, w, handler)
		r := request{name: "registered", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Sesudahnya", "versi", "0"), status: 303}
		r.check(t, send(t, w, handler, r))
		page("changed", []string{"tidak berlaku lagi", "dihitung dari profil saat ini"}, nil)
		body := w.Ask(t, handler, "brida", http.MethodGet, "/periode/2026/buka-lagi", "").Body.String()
		for label, want := range map[string]string{"Profil yang berubah sejak periode ditutup": "1", "ikut dihitung, dulu tidak": "1", "tidak akan dihitung lagi": "1", "sudah pindah perangkat daerah": "0"} {
			found := regexp.MustCompile(label + `</dt>\s*<dd[^>]*>\s*(\d+)`).FindStringSubmatch(body)
			if found == nil || found[1] != want {
				t.Errorf("%s: %q, want %s", label, found, want)
			}
		}
	})
}

// After the window a decree neither begins nor ceases to name what a head has endorsed,
// and an innovation can be neither offered nor accepted.
func TestCaseB1DecreesAndTransfersFollowTheWindow(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		naming := form("nomor", "B/77/2026", "tanggal", "2026-01-05", "tentang", "Penetapan <b>", "inovasi", "{innovation}")
		run(
			request{name: "endorsed", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", marked(t, w, handler, "kepala")), status: 303},
			request{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303},
			request{name: "a decree", as: "brida", method: "POST", path: "/sk", form: naming, status: 409, want: []string{"Inovasi rahasia-own sudah disahkan dalam periode 2026", "1 Februari 2026"}},
			request{name: "one that names nothing", as: "brida", method: "POST", path: "/sk", form: with(naming, "nomor", "B/78/2026", "inovasi", ""), status: 303},
			request{name: "an offer; what was typed stays", as: "operator", method: "POST", path: "/inovasi/{innovation}/pindah", form: form("tujuan-pindah", "{other}", "catatan", "Tugas pindah"), status: 409, want: []string{"2026", "Tugas pindah"}},
			request{name: "no form of one", as: "operator", method: "GET", path: "/inovasi/{innovation}/pindah", status: 200, not: []string{"tujuan-pindah"}},
			request{name: "a withdrawal; its reason stays", as: "operator", method: "POST", path: "/inovasi/{innovation}/tarik", form: form("alasan", "Ganda sekali"), status: 409, want: []string{"2026", "Ganda sekali"}},
			request{name: "a file of the profile", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/foto", file: "foto.png", bytes: "\x89PNG", status: 409, want: []string{"2026", "/inovasi/"}},
		)
	})
}

// Revoking the time of one innovation leads back to it.
func TestRevokingAnOpeningLeadsBack(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	for _, r := range []request{
		{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303},
		{name: "opened", as: "brida", method: "POST", path: openingPath, form: form("sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Salah ketik"), status: 303},
	} {
		r.check(t, send(t, w, handler, r))
	}
	page := w.Ask(t, handler, "brida", http.MethodGet, "/periode/2026", "").Body.String()
	link := regexp.MustCompile(`href="(/periode/2026/cabut-perpanjangan/[^"]+)"`).FindStringSubmatch(page)
	if link == nil {
		t.Fatal("the extension has no link")
	}
	form := formOf(t, w.Ask(t, handler, "brida", http.MethodGet, link[1], "").Body.String())
	r := request{name: "revoked", as: "brida", method: "POST", path: "/periode/2026/cabut-perpanjangan", form: form, status: 303, want: []string{"/inovasi/" + w.IDs["own"].Innovation + "?tersimpan"}}
	r.check(t, send(t, w, handler, r))
}

// formOf returns the hidden fields of a page with one form.
func formOf(t *testing.T, page string) url.Values {
	t.Helper()
	values := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		values.Set(m[1], m[2])
	}
	return values
}
