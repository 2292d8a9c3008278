package scenarios

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

// profileOf is the form of the own innovation as it is, with further fields.
func profileOf(pairs ...string) url.Values {
	f := form("perangkat", "{agency}", "nama", "Inovasi rahasia-own", "urusan", "Kesehatan", "terap", "2024-03-01", "rancang", "Cara lain", "versi", "2")
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

const (
	changePath  = "/inovasi/{innovation}/ubah"
	openingPath = "/periode/2026/inovasi/{innovation}"
	windowOver  = "Perubahan ini mengubah hasil periode 2026"
	windowEnded = "Waktu mengisi periode 2026 habis sejak 1 Februari 2026"
)

// After the window, what counts in the period stays as it is: profile, registration,
// withdrawal and transfer. BRIDA opens one innovation with a reason and an end, which its
// people see, and can end that early.
func TestCaseB1ProfilesFollowTheWindow(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		opened := form("sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Salah ketik <b>")
		run(
			request{name: "while it is open", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"/ubah"}, not: []string{windowOver, windowEnded}},
			request{name: "no end, nothing to open", as: "brida", method: "POST", path: openingPath, form: opened, status: 422, want: []string{"Isi dahulu waktu penutupan"}},
			request{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303},
			request{name: "the page says why, without a way to the form", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{windowEnded, "BRIDA dapat membuka inovasi ini"}, not: []string{windowOver, "/ubah\"", "/periode/2026/inovasi"}},
			request{name: "no form", as: "operator", method: "GET", path: changePath, status: 409, want: []string{windowOver}},
			request{name: "no change; what was typed stays", as: "operator", method: "POST", path: changePath, form: profileOf("rancang", "Cara <i>lain"), status: 409, want: []string{windowOver, "Cara &lt;i&gt;lain"}, not: []string{"<i>"}},
			request{name: "no withdrawal", as: "operator", method: "POST", path: "/inovasi/{innovation}/tarik", form: form("alasan", "Ganda"), status: 409, want: []string{windowOver}},
			request{name: "nor a button", as: "operator", method: "GET", path: "/inovasi/{innovation}/pindah", status: 200, want: []string{windowEnded}, not: []string{windowOver, "/tarik\"", "/arsipkan\""}},
			request{name: "no file", as: "operator", method: "GET", path: "/inovasi/{innovation}/berkas", status: 200, want: []string{windowEnded}, not: []string{windowOver, "/berkas/foto\""}},
			request{name: "nothing new that counts; what was typed stays", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Satu lagi"), status: 409, want: []string{windowOver, `value="Satu lagi"`}},
			request{name: "something new that does not", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Untuk tahun depan", "terap", ""), status: 303},
			request{name: "not opened by an operator", as: "operator", method: "POST", path: openingPath, form: opened, status: 403},
			request{name: "BRIDA finds the way", as: "brida", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"/periode/2026/inovasi/"}},
			request{name: "the form", as: "brida", method: "GET", path: openingPath, status: 200, want: []string{"Inovasi rahasia-own", `name="alasan"`}},
			request{name: "all mistakes", as: "brida", method: "POST", path: openingPath, form: form("sampai_tanggal", "1-1-2026", "sampai_jam", "8.00"), status: 422, want: []string{"Isi alasannya", `value="1-1-2026"`}},
			request{name: "one that is not there", as: "brida", method: "POST", path: "/periode/2026/inovasi/tidak-ada", form: opened, status: 404},
			request{name: "opened", as: "brida", method: "POST", path: openingPath, form: opened, status: 303},
			request{name: "its people see it", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"sampai 4 September 2090 pukul 08.00 WIB", "Salah ketik &lt;b&gt;", "/ubah"}, not: []string{windowOver, windowEnded, "Salah ketik <b>"}},
			request{name: "an answer", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:2"), status: 303},
			request{name: "the profile", as: "operator", method: "POST", path: changePath, form: profileOf(), status: 303},
			request{name: "no other innovation", as: "admin", method: "POST", path: "/inovasi", form: profileOf("nama", "Satu lagi"), status: 409},
		)
		page := w.Ask(t, handler, "brida", http.MethodGet, "/periode/2026", "").Body.String()
		found := regexp.MustCompile(`href="/periode/2026/cabut-perpanjangan/([^"]+)"`).FindStringSubmatch(page)
		if found == nil {
			t.Fatalf("the extension cannot be ended: %s", page)
		}
		run(
			request{name: "what ending it does", as: "brida", method: "GET", path: "/periode/2026/cabut-perpanjangan/" + found[1], status: 200, want: []string{"Inovasi rahasia-own"}},
			request{name: "ended early", as: "brida", method: "POST", path: "/periode/2026/cabut-perpanjangan", form: form("perpanjangan", found[1]), status: 303},
			request{name: "as before", as: "operator", method: "POST", path: changePath, form: profileOf("versi", "3"), status: 409, want: []string{windowOver}},
			request{name: "nor an answer", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:3", "versi", "1"), status: 409},
			request{name: "closed", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
			request{name: "its figures are kept, and the profile is free", as: "operator", method: "POST", path: changePath, form: profileOf("versi", "3"), status: 303},
			request{name: "and so is a new one, before the next period", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Satu lagi"), status: 303},
			request{name: "nothing is opened in it", as: "brida", method: "GET", path: openingPath, status: 409},
		)
	})
}

// Figures of a closed period are of its stored facts: no page of the index changes when a
// profile does.
func TestCaseB1ClosedFiguresStay(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/tutup", "")
		own := w.IDs["own"]
		paths := []string{
			"/indeks/2026", "/indeks/2026/inovasi", "/indeks/2026/inovasi/" + own.Innovation, "/indeks/2026/perangkat-daerah/" + own.Agency, "/indeks/2026/indikator/SID-16",
			"/indeks/2026/peringkat", "/indeks/2026/rakor", "/indeks/2026/jawaban", "/indeks/2026/riwayat",
		}
		read := func() (list []string) {
			for _, path := range paths {
				answer := w.Ask(t, handler, "brida", http.MethodGet, path, "")
				list = append(list, answer.Body.String())
			}
			return list
		}
		before := read()
		f := profileOf("nama", "Nama baru", "terap", "", "urusan", "Pendidikan")
		r := request{name: "changed", as: "operator", method: "POST", path: changePath, form: f, status: 303}
		r.check(t, send(t, w, handler, r))
		r = request{name: "withdrawn", as: "operator", method: "POST", path: "/inovasi/" + own.Innovation + "/tarik", form: form("alasan", "Ganda"), status: 303}
		r.check(t, send(t, w, handler, r))
		for i, after := range read() {
			if after != before[i] {
				t.Errorf("%s has changed:\n%s\nbefore:\n%s", paths[i], after, before[i])
			}
		}
	})
}

// What pages say of a window that is over is for their reader: people of an agency learn
// who can open it, and those who can find one link that does.
func TestCaseB1EndedWindowsAreWordedByReader(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		r := request{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303}
		r.check(t, send(t, w, handler, r))
		const asking, yours = "BRIDA dapat membuka inovasi ini", "Anda dapat membuka inovasi ini"
		link := `href="/periode/2026/inovasi/` + w.IDs["own"].Innovation + `"`
		for _, page := range []struct {
			as, path  string
			want, not string
			links     int
		}{
			{"operator", sheetPath, asking, yours, 0},
			{"operator", "/inovasi/{innovation}/pindah", asking, yours, 0},
			{"pendamping", "/inovasi/{innovation}/berkas", asking, yours, 0},
			{"admin", sheetPath, yours, asking, 1},
			{"admin", "/inovasi/{innovation}/pindah", yours, asking, 1},
			{"admin", "/inovasi/{innovation}/berkas", yours, asking, 1},
			{"brida", sheetPath, yours, asking, 1},
		} {
			r := request{name: page.as + " " + page.path, as: page.as, method: "GET", path: page.path, status: 200, want: []string{windowEnded, page.want}, not: []string{windowOver, page.not}}
			answer := send(t, w, handler, r)
			r.check(t, answer)
			if n := strings.Count(answer.Body.String(), link); n != page.links {
				t.Errorf("%s: %d links, want %d", r.name, n, page.links)
			}
		}
		r = request{name: "a change of an admin is not sent to themselves", as: "admin", method: "GET", path: changePath, status: 409, want: []string{windowOver}, not: []string{"Minta BRIDA"}}
		r.check(t, send(t, w, handler, r))
	})
}

// The form of a new innovation says beforehand that the window is over.
func TestCaseB1NewFormSaysThatTheWindowIsOver(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		const only, some = "hanya inovasi yang tidak dihitung", "kecuali bagi perangkat daerah yang mendapat perpanjangan"
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		run(
			request{name: "open", as: "operator", method: "GET", path: "/inovasi/baru", status: 200, not: []string{"habis sejak", only}},
			request{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303},
			request{name: "said", as: "operator", method: "GET", path: "/inovasi/baru", status: 200, want: []string{windowEnded, only, `name="nama"`}, not: []string{some}},
			request{name: "to an admin", as: "admin", method: "GET", path: "/inovasi/baru", status: 200, want: []string{windowEnded, only}, not: []string{some}},
			request{name: "what was refused says it once", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Satu lagi"), status: 409, want: []string{windowOver}, not: []string{windowEnded}},
			request{name: "more time for one agency", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "2099-03-04", "sampai_jam", "16.00", "alasan", "Listrik padam"), status: 303},
			request{name: "which has none of it", as: "operator", method: "GET", path: "/inovasi/baru", status: 200, not: []string{windowEnded, only}},
			request{name: "an admin sees both", as: "admin", method: "GET", path: "/inovasi/baru", status: 200, want: []string{windowEnded, some}},
			request{name: "closed", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
			request{name: "nothing of it", as: "admin", method: "GET", path: "/inovasi/baru", status: 200, not: []string{windowEnded}},
		)
	})
}

// Heads see why they have no button, and every home says that the time is over, whatever
// else there is to do.
func TestCaseB1HeadsAndHomesSayThatTheWindowIsOver(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		const nothing = "tidak ada yang perlu disahkan lagi"
		run(
			request{name: "a request", as: "brida", method: "POST", path: askPath, form: asking, status: 303},
			request{name: "a button", as: "kepala", method: "GET", path: sheetPath, status: 200, want: []string{"/sahkan"}, not: []string{nothing, windowEnded}},
			request{name: "endorsed", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", marked(t, w, handler, "kepala")), status: 303},
			request{name: "nothing to endorse", as: "kepala", method: "GET", path: sheetPath, status: 200, want: []string{nothing}, not: []string{"/sahkan"}},
			request{name: "which is for the head", as: "operator", method: "GET", path: sheetPath, status: 200, not: []string{nothing}},
			request{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303},
			request{name: "over", as: "kepala", method: "GET", path: sheetPath, status: 200, want: []string{windowEnded}, not: []string{"/sahkan", "/cabut", nothing}},
			request{name: "a home with a task", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Jawab permintaan data", windowEnded}},
			request{name: "more time for one agency", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "2099-03-04", "sampai_jam", "16.00", "alasan", "Listrik padam"), status: 303},
			request{name: "whose time is not over", as: "operator", method: "GET", path: "/", status: 200, want: []string{"Jawab permintaan data"}, not: []string{"habis sejak"}},
			request{name: "nor that of its head", as: "kepala", method: "GET", path: "/", status: 200, not: []string{"habis sejak"}},
			request{name: "closed", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
			request{name: "the head of a closed one", as: "kepala", method: "GET", path: sheetPath + "?periode=2026", status: 200, want: []string{"Periode 2026 ditutup sejak"}, not: []string{"/sahkan", "/cabut"}},
		)
	})
}

// While a period has no closing time there is nothing to open, and the page says where to
// set one.
func TestCaseB1NothingIsOpenedWithoutAnEnd(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		const why = "Waktu penutupan periode 2026 belum ditentukan"
		for _, r := range []request{
			{name: "no form", as: "brida", method: "GET", path: openingPath, status: 200, want: []string{"Inovasi rahasia-own", why, `href="/periode/2026/ubah"`}, not: []string{`name="alasan"`}},
			{name: "an end", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2090", "tutup_jam", "12.00"), status: 303},
			{name: "the form", as: "brida", method: "GET", path: openingPath, status: 200, want: []string{`name="alasan"`}, not: []string{why}},
		} {
			r.check(t, send(t, w, handler, r))
		}
	})
}
