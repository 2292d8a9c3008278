package scenarios

import (
	"net/http"
	"net/url"
	"regexp"
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
			request{name: "while it is open", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"/ubah"}, not: []string{windowOver}},
			request{name: "no end, nothing to open", as: "brida", method: "POST", path: openingPath, form: opened, status: 422, want: []string{"Isi dahulu waktu penutupan"}},
			request{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303},
			request{name: "the page says why, without a way to the form", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{windowOver, "Minta BRIDA"}, not: []string{"/ubah\"", "/periode/2026/inovasi"}},
			request{name: "no form", as: "operator", method: "GET", path: changePath, status: 409, want: []string{windowOver}},
			request{name: "no change; what was typed stays", as: "operator", method: "POST", path: changePath, form: profileOf("rancang", "Cara <i>lain"), status: 409, want: []string{windowOver, "Cara &lt;i&gt;lain"}, not: []string{"<i>"}},
			request{name: "no withdrawal", as: "operator", method: "POST", path: "/inovasi/{innovation}/tarik", form: form("alasan", "Ganda"), status: 409, want: []string{windowOver}},
			request{name: "nor a button", as: "operator", method: "GET", path: "/inovasi/{innovation}/pindah", status: 200, want: []string{windowOver}, not: []string{"/tarik\"", "/arsipkan\""}},
			request{name: "no file", as: "operator", method: "GET", path: "/inovasi/{innovation}/berkas", status: 200, want: []string{windowOver}, not: []string{"/berkas/foto\""}},
			request{name: "nothing new that counts; what was typed stays", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Satu lagi"), status: 409, want: []string{windowOver, `value="Satu lagi"`}},
			request{name: "something new that does not", as: "operator", method: "POST", path: "/inovasi", form: profileOf("nama", "Untuk tahun depan", "terap", ""), status: 303},
			request{name: "not opened by an operator", as: "operator", method: "POST", path: openingPath, form: opened, status: 403},
			request{name: "BRIDA finds the way", as: "brida", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"/periode/2026/inovasi/"}},
			request{name: "the form", as: "brida", method: "GET", path: openingPath, status: 200, want: []string{"Inovasi rahasia-own", `name="alasan"`}},
			request{name: "all mistakes", as: "brida", method: "POST", path: openingPath, form: form("sampai_tanggal", "1-1-2026", "sampai_jam", "8.00"), status: 422, want: []string{"Isi alasannya", `value="1-1-2026"`}},
			request{name: "one that is not there", as: "brida", method: "POST", path: "/periode/2026/inovasi/tidak-ada", form: opened, status: 404},
			request{name: "opened", as: "brida", method: "POST", path: openingPath, form: opened, status: 303},
			request{name: "its people see it", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"sampai 4 September 2090 pukul 08.00 WIB", "Salah ketik &lt;b&gt;", "/ubah"}, not: []string{windowOver, "<b>"}},
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
