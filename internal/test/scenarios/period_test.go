package scenarios

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

const answerPath = "/inovasi/{innovation}/2026/SID-33"

// periodScenarios are about a period's calendar and its closed window.
var periodScenarios = []scenario{
	{name: "a period", requests: []request{
		{name: "the page", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Belum ditentukan", "/indeks/2026"}, not: []string{"Waktu mengisi habis", "/ubah", "Tutup periode", "Beri perpanjangan"}},
		{name: "who may change it sees how", as: "brida", method: "GET", path: "/periode/2026", status: 200, want: []string{"/ubah", "/tenggat", "/tutup"}},
		{name: "one that is not open", as: "brida", method: "GET", path: "/periode/1999", status: 404},
		{name: "a visitor signs in first", method: "GET", path: "/periode/2026", status: 303, want: []string{"/masuk"}},
		{name: "the window", as: "brida", method: "GET", path: "/periode/2026/ubah", status: 200, want: []string{`name="tutup_tanggal"`}},
		{name: "not for an operator", as: "operator", method: "GET", path: "/periode/2026/ubah", status: 403, not: []string{`name="tutup_jam"`}},
		{name: "nor the form", as: "operator", method: "POST", path: "/periode/2026/ubah", form: form("catatan", ""), status: 403},
		{
			name:   "all mistakes at once",
			as:     "brida",
			method: "POST",
			path:   "/periode/2026/ubah",
			form:   form("buka_tanggal", "besok", "tutup_tanggal", "1-1-2090", "catatan", "<i>Isi"),
			status: 422,
			want:   []string{`value="besok"`, `value="1-1-2090"`, "Isi jamnya", "&lt;i&gt;Isi"},
			not:    []string{"<i>"},
		},
		{name: "saving", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "31-8-2090", "tutup_jam", "23.59", "catatan", "<i>Isi"), status: 303, want: []string{"/periode/2026?tersimpan"}},
		{
			name:   "from a page that somebody else has overtaken",
			as:     "admin",
			method: "POST",
			path:   "/periode/2026/ubah",
			form:   form("tutup_tanggal", "1-1-2091", "tutup_jam", "12.00", "catatan", "Lain", "versi", "0"),
			status: 409,
			want:   []string{" menyimpan “", `value="1-1-2091"`, `name="versi" value="1"`},
		},
		{name: "everybody sees it", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"31 Agustus 2090 pukul 23.59 WIB", "&lt;i&gt;Isi"}, not: []string{"<i>"}},
		{name: "not another region", as: "outsider", method: "GET", path: "/periode/2026", status: 200, want: []string{"Belum ditentukan"}, not: []string{"2090"}},
		{name: "a deadline with all mistakes", as: "brida", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_jam", "7"), status: 422, want: []string{"Isi tanggalnya", "Tulis jam seperti", `value="7"`}},
		{name: "not by an operator", as: "operator", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Palsu", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), status: 403},
		{name: "a deadline", as: "brida", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Bukti <b>", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), status: 303, want: []string{"/periode/2026"}},
		{name: "it is there", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Bukti &lt;b&gt;", "1 Agustus 2090 pukul 12.00 WIB"}, not: []string{"Palsu", "Hapus", "<b>"}},
		{name: "one that is not there", as: "brida", method: "POST", path: "/periode/2026/hapus-tenggat", form: form("tenggat", "tidak-ada"), status: 404},
		{name: "a move that is none", as: "brida", method: "POST", path: "/periode/2026/lain", status: 404},
		{name: "archived before it is closed", as: "brida", method: "POST", path: "/periode/2026/arsipkan", status: 409},
	}},
	{name: "a window that has passed", requests: []request{
		{name: "an answer while it is open", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:2"), status: 303, want: []string{"tersimpan"}},
		{name: "the window passes", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), status: 303, want: []string{"/periode/2026"}},
		{name: "the page says so beside the state", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Dibuka", "Waktu mengisi habis"}},
		{name: "an answer comes too late", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:3", "versi", "1"), status: 409, want: []string{"BRIDA dapat memberi perpanjangan"}},
		{name: "an extension with all mistakes", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "1-1-2026", "sampai_jam", "8.00"), status: 422, want: []string{"setelah penutupan", "Isi alasannya", `value="{agency}" selected`}},
		{name: "not by an operator", as: "operator", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "3-9-2090", "sampai_jam", "8.00", "alasan", "Mau"), status: 403},
		{name: "an extension for another agency", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{other}", "sampai_tanggal", "3-9-2090", "sampai_jam", "8.00", "alasan", "Banjir <b>"), status: 303, want: []string{"/periode/2026"}},
		{name: "is none for this one", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:3", "versi", "1"), status: 409, want: []string{"BRIDA dapat memberi perpanjangan"}},
		{name: "an extension for this one", as: "brida", method: "POST", path: "/periode/2026/perpanjangan", form: form("perangkat", "{agency}", "sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Longsor"), status: 303, want: []string{"/periode/2026"}},
		{name: "everybody sees them", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"3 September 2090 pukul 08.00 WIB", "Banjir &lt;b&gt;", "Longsor", "Orang brida"}, not: []string{"<b>", "Mau"}},
		{name: "an answer is in time", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:3", "versi", "1"), status: 303, want: []string{"tersimpan"}},
	}},
	{name: "one innovation is opened", requests: []request{
		{name: "not by an operator", as: "operator", method: "GET", path: openingPath, status: 403},
		{name: "no form while there is no end", as: "brida", method: "GET", path: openingPath, status: 200, want: []string{"/periode/2026/ubah"}, not: []string{`name="alasan"`}},
		{name: "not from another region", as: "outsider", method: "POST", path: openingPath, form: form("alasan", "x"), status: 404},
		{name: "before the window has an end", as: "brida", method: "POST", path: openingPath, form: form("sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Salah ketik"), status: 422, want: []string{"Isi dahulu waktu penutupan"}},
	}},
	{name: "a period that is closed", requests: []request{
		{name: "a deadline while it is open", as: "brida", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Bukti awal", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), status: 303},
		{name: "which may be taken off", as: "brida", method: "GET", path: "/periode/2026", status: 200, want: []string{"Bukti awal", "/hapus-tenggat"}},
		{name: "nor to show what that does", as: "brida", method: "GET", path: "/periode/2026/cabut-perpanjangan/tidak-ada", status: 404},
		{name: "no extension to take back", as: "brida", method: "POST", path: "/periode/2026/cabut-perpanjangan", form: form("perpanjangan", "tidak-ada"), status: 404},
		{name: "not by an operator", as: "operator", method: "POST", path: "/periode/2026/tutup", status: 403},
		{name: "what a close will do is not for an operator", as: "operator", method: "GET", path: "/periode/2026/tutup", status: 403},
		{name: "what a close will do", as: "brida", method: "GET", path: "/periode/2026/tutup", status: 200, want: []string{"2 dari 2", "dapat dibuka lagi"}, not: []string{`name="tahun"`}},
		{name: "no archive yet", as: "brida", method: "GET", path: "/periode/2026/arsipkan", status: 409},
		{name: "no such move", as: "brida", method: "GET", path: "/periode/2026/lain", status: 404},
		{name: "closing", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303, want: []string{"/periode/2026?tersimpan=periode-ditutup"}},
		{name: "it says so", as: "brida", method: "GET", path: "/periode/2026?tersimpan=periode-ditutup", status: 200, want: []string{"Periode ditutup."}, not: []string{"Tersimpan."}},
		{name: "an answer is refused", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:2"), status: 409, want: []string{"ditutup"}},
		{name: "pages without a year show the newest", as: "brida", method: "GET", path: "/daerah", status: 200, want: []string{"2026"}, not: []string{"Belum ada periode"}},
		{name: "the requests too", as: "brida", method: "GET", path: "/permintaan-data", status: 200, want: []string{"2026"}, not: []string{"Minta data"}},
		{name: "the weak evidence too", as: "operator", method: "GET", path: "/bukti-lemah", status: 200, want: []string{"2026"}},
		{name: "and the index", as: "operator", method: "GET", path: "/indeks", status: 200, want: []string{"2026"}, not: []string{"Belum ada periode"}},
		{name: "what is there can be read", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Surat rahasia-own", "ditutup"}, not: []string{`name="pilihan"`}},
		{name: "evidence stays where it is", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/lepas", form: form("bukti", "{document}"), status: 409},
		{name: "no window of what is closed", as: "brida", method: "GET", path: "/periode/2026/ubah", status: 409, not: []string{`name="tutup_jam"`}},
		{name: "nor a change", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("catatan", ""), status: 409},
		{name: "nor is one taken back", as: "brida", method: "POST", path: "/periode/2026/cabut-perpanjangan", form: form("perpanjangan", "tidak-ada"), status: 409},
		{name: "nor a deadline", as: "brida", method: "POST", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Bukti", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), status: 409},
		{name: "nor is one taken off", as: "brida", method: "POST", path: "/periode/2026/hapus-tenggat", form: form("tenggat", "tidak-ada"), status: 409},
		{name: "the page says so", as: "brida", method: "GET", path: "/periode/2026", status: 200, want: []string{"Ditutup", "Buka lagi", "Arsipkan", "Bukti awal"}, not: []string{"Beri perpanjangan", "/hapus-tenggat"}},
		{name: "opened again", as: "brida", method: "POST", path: "/periode/2026/buka-lagi", status: 303, want: []string{"/periode/2026"}},
		{name: "an answer is taken again", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:2"), status: 303, want: []string{"tersimpan"}},
		{name: "closed again", as: "admin", method: "POST", path: "/periode/2026/tutup", status: 303, want: []string{"/periode/2026"}},
		{name: "what an archive will do", as: "admin", method: "GET", path: "/periode/2026/arsipkan", status: 200, want: []string{`name="tahun"`, "2 dari 2", "20 dari 20", "Paketnya tetap ditawarkan"}},
		{name: "without its year typed", as: "admin", method: "POST", path: "/periode/2026/arsipkan", form: form("tahun", "2025"), status: 422, want: []string{`href="#tahun"`, `value="2025"`}},
		{name: "archived", as: "admin", method: "POST", path: "/periode/2026/arsipkan", form: form("tahun", "2026"), status: 303, want: []string{"/periode/2026"}},
		{name: "for good", as: "admin", method: "GET", path: "/periode/2026", status: 200, want: []string{"Diarsipkan"}, not: []string{"Buka lagi", "/tenggat"}},
		{name: "its pack stays on offer", as: "admin", method: "GET", path: "/periode", status: 200, want: []string{`value="iid-2026"`}},
		{name: "and opens it again", as: "admin", method: "POST", path: "/periode", form: form("paket", "iid-2026"), status: 303},
		{name: "as it was", as: "admin", method: "GET", path: "/periode/2026", status: 200, want: []string{"Bukti awal"}, not: []string{"Diarsipkan"}},
		{name: "once", as: "admin", method: "POST", path: "/periode", form: form("paket", "iid-2026"), status: 422},
	}},
}

// Pages of a period's content say that there is none before the first.
func TestPagesBeforeTheFirstPeriod(t *testing.T) {
	p := world.Alone(t)
	session := world.Session(t, p, "admin", world.Passphrase)
	handler := world.Pages(t, p)
	for _, path := range []string{"/daerah", "/permintaan-data", "/bukti-lemah", "/indeks", "/laporan"} {
		if answer := world.AnswerTo(t, handler, session, http.MethodGet, path, ""); answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), "Admin atau BRIDA membuka periode dahulu") {
			t.Errorf("%s: status %d:\n%s", path, answer.Code, answer.Body)
		}
	}
	if answer := world.AnswerTo(t, handler, session, http.MethodGet, "/daerah/1999", ""); answer.Code != http.StatusNotFound {
		t.Errorf("a year without a period: status %d", answer.Code)
	}
}

// Only BRIDA can remove a deadline.
func TestADeadlineIsTakenOff(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	entry := form("tenggat_nama", "Bukti awal", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00")
	w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/tenggat", entry.Encode())
	page := w.Ask(t, handler, "brida", http.MethodGet, "/periode/2026", "").Body.String()
	found := regexp.MustCompile(`name="tenggat" value="([^"]+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the deadline has no button")
	}
	for _, r := range []request{
		{name: "not by an operator", as: "operator", method: "POST", path: "/periode/2026/hapus-tenggat", form: form("tenggat", found[1]), status: 403},
		{name: "nor from another region", as: "outsider", method: "POST", path: "/periode/2026/hapus-tenggat", form: form("tenggat", found[1]), status: 404},
		{name: "it is there", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Bukti awal"}},
		{name: "by BRIDA", as: "brida", method: "POST", path: "/periode/2026/hapus-tenggat", form: form("tenggat", found[1]), status: 303, want: []string{"/periode/2026"}},
		{name: "it is gone", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Belum ada tenggat"}, not: []string{"Bukti awal"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// Only BRIDA can withdraw an extension; it stays visible and has no effect.
func TestAnExtensionIsTakenBack(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	window := form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00")
	w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/ubah", window.Encode())
	entry := form("perangkat", "semua", "sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Banjir <b>")
	w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/perpanjangan", entry.Encode())
	page := w.Ask(t, handler, "brida", http.MethodGet, "/periode/2026", "").Body.String()
	found := regexp.MustCompile(`href="/periode/2026/cabut-perpanjangan/([^"]+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the extension has no link")
	}
	const path = "/periode/2026/cabut-perpanjangan"
	its := form("perpanjangan", found[1])
	for _, r := range []request{
		{name: "an answer is in time", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:2"), status: 303, want: []string{"tersimpan"}},
		{name: "an operator sees no button", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Banjir &lt;b&gt;"}, not: []string{path, "Dicabut", "<b>"}},
		{name: "what it does", as: "brida", method: "GET", path: path + "/" + found[1], status: 200, want: []string{"Semua perangkat daerah", "Banjir &lt;b&gt;", "1 Februari 2026", "2 dari 2", `value="` + found[1] + `"`}},
		{name: "that is not for an operator", as: "operator", method: "GET", path: path + "/" + found[1], status: 403},
		{name: "nor from elsewhere", as: "outsider", method: "GET", path: path + "/" + found[1], status: 404},
		{name: "nor of one that is not there", as: "brida", method: "GET", path: path + "/tidak-ada", status: 404},
		{name: "not by an operator", as: "operator", method: "POST", path: path, form: its, status: 403},
		{name: "nor from another region", as: "outsider", method: "POST", path: path, form: its, status: 404},
		{name: "a visitor signs in first", method: "POST", path: path, form: its, status: 401, want: []string{"/masuk?"}},
		{name: "by BRIDA", as: "brida", method: "POST", path: path, form: its, status: 303, want: []string{"/periode/2026?tersimpan"}},
		{name: "everybody sees by whom", as: "operator", method: "GET", path: "/periode/2026", status: 200, want: []string{"Banjir &lt;b&gt;", "Dicabut oleh Orang brida"}, not: []string{"<b>"}},
		{name: "not twice; the page says that it is done", as: "brida", method: "POST", path: path, form: its, status: 409, want: []string{"sudah dicabut oleh Orang brida pada ", "Banjir &lt;b&gt;"}},
		{name: "nor is it shown what that would do", as: "brida", method: "GET", path: path + "/" + found[1], status: 409, want: []string{"sudah dicabut oleh Orang brida pada "}},
		{name: "there is no button any more", as: "brida", method: "GET", path: "/periode/2026", status: 200, want: []string{"Dicabut oleh"}, not: []string{path}},
		{name: "an answer is too late", as: "operator", method: "POST", path: answerPath, form: form("pilihan", "b:3", "versi", "1"), status: 409, want: []string{"BRIDA dapat memberi perpanjangan"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
