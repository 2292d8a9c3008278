package stories

import (
	"net/http"
	"regexp"
	"testing"

	"siida.id/internal/test/world"
)

const answerPath = "/inovasi/{innovation}/2026/SID-33"

// periodStories are of a period's calendar and of what it holds back.
var periodStories = map[string][]request{
	"a period": {
		{"the page", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"Belum ditentukan", "/indeks/2026"}, []string{"/ubah", "Tutup periode", "Beri perpanjangan"}},
		{"who may change it sees how", "brida", "GET", "/periode/2026", nil, "", "", 200, []string{"/ubah", "/tenggat", "/tutup"}, nil},
		{"one that is not open", "brida", "GET", "/periode/1999", nil, "", "", 404, nil, nil},
		{"a visitor signs in first", "", "GET", "/periode/2026", nil, "", "", 303, []string{"/masuk"}, nil},
		{"the window", "brida", "GET", "/periode/2026/ubah", nil, "", "", 200, []string{`name="tutup_tanggal"`}, nil},
		{"not for an operator", "operator", "GET", "/periode/2026/ubah", nil, "", "", 403, nil, []string{`name="tutup_jam"`}},
		{"nor the form", "operator", "POST", "/periode/2026/ubah", form("catatan", ""), "", "", 403, nil, nil},
		{
			"all mistakes at once", "brida", "POST", "/periode/2026/ubah", form("buka_tanggal", "besok", "tutup_tanggal", "1-1-2090", "catatan", "<i>Isi"), "", "", 422,
			[]string{`value="besok"`, `value="1-1-2090"`, "Isi jamnya", "&lt;i&gt;Isi"},
			[]string{"<i>"},
		},
		{"saving", "brida", "POST", "/periode/2026/ubah", form("tutup_tanggal", "31-8-2090", "tutup_jam", "23.59", "catatan", "<i>Isi"), "", "", 303, []string{"/periode/2026?tersimpan"}, nil},
		{
			"from a page that somebody else has overtaken", "admin", "POST", "/periode/2026/ubah", form("tutup_tanggal", "1-1-2091", "tutup_jam", "12.00", "catatan", "Lain", "versi", "0"), "", "", 409,
			[]string{"Orang lain baru saja mengubah", `value="1-1-2091"`, `name="versi" value="1"`}, nil,
		},
		{"everybody sees it", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"31 Agustus 2090 pukul 23.59 WIB", "&lt;i&gt;Isi"}, []string{"<i>"}},
		{"not another region", "outsider", "GET", "/periode/2026", nil, "", "", 200, []string{"Belum ditentukan"}, []string{"2090"}},
		{"a deadline with all mistakes", "brida", "POST", "/periode/2026/tenggat", form("tenggat_jam", "7"), "", "", 422, []string{"Isi tanggalnya", "Tulis jam seperti", `value="7"`}, nil},
		{"not by an operator", "operator", "POST", "/periode/2026/tenggat", form("tenggat_nama", "Palsu", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), "", "", 403, nil, nil},
		{"a deadline", "brida", "POST", "/periode/2026/tenggat", form("tenggat_nama", "Bukti <b>", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), "", "", 303, []string{"/periode/2026"}, nil},
		{"it is there", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"Bukti &lt;b&gt;", "1 Agustus 2090 pukul 12.00 WIB"}, []string{"Palsu", "Hapus", "<b>"}},
		{"one that is not there", "brida", "POST", "/periode/2026/hapus-tenggat", form("tenggat", "tidak-ada"), "", "", 404, nil, nil},
		{"a move that is none", "brida", "POST", "/periode/2026/lain", nil, "", "", 404, nil, nil},
		{"archived before it is closed", "brida", "POST", "/periode/2026/arsipkan", nil, "", "", 409, nil, nil},
	},
	"a window that has passed": {
		{"an answer while it is open", "operator", "POST", answerPath, form("pilihan", "b:2"), "", "", 303, []string{"tersimpan"}, nil},
		{"the window passes", "brida", "POST", "/periode/2026/ubah", form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00"), "", "", 303, []string{"/periode/2026"}, nil},
		{"an answer comes too late", "operator", "POST", answerPath, form("pilihan", "b:3", "versi", "1"), "", "", 409, []string{"BRIDA dapat memberi perpanjangan"}, nil},
		{"an extension with all mistakes", "brida", "POST", "/periode/2026/perpanjangan", form("perangkat", "{agency}", "sampai_tanggal", "1-1-2026", "sampai_jam", "8.00"), "", "", 422, []string{"setelah penutupan", "Isi alasannya", `value="{agency}" selected`}, nil},
		{"not by an operator", "operator", "POST", "/periode/2026/perpanjangan", form("perangkat", "{agency}", "sampai_tanggal", "3-9-2090", "sampai_jam", "8.00", "alasan", "Mau"), "", "", 403, nil, nil},
		{"an extension for another agency", "brida", "POST", "/periode/2026/perpanjangan", form("perangkat", "{other}", "sampai_tanggal", "3-9-2090", "sampai_jam", "8.00", "alasan", "Banjir <b>"), "", "", 303, []string{"/periode/2026"}, nil},
		{"is none for this one", "operator", "POST", answerPath, form("pilihan", "b:3", "versi", "1"), "", "", 409, []string{"BRIDA dapat memberi perpanjangan"}, nil},
		{"an extension for this one", "brida", "POST", "/periode/2026/perpanjangan", form("perangkat", "{agency}", "sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Longsor"), "", "", 303, []string{"/periode/2026"}, nil},
		{"everybody sees them", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"3 September 2090 pukul 08.00 WIB", "Banjir &lt;b&gt;", "Longsor", "Orang brida"}, []string{"<b>", "Mau"}},
		{"an answer is in time", "operator", "POST", answerPath, form("pilihan", "b:3", "versi", "1"), "", "", 303, []string{"tersimpan"}, nil},
	},
	"a period that is closed": {
		{"no extension to take back", "brida", "POST", "/periode/2026/cabut-perpanjangan", form("perpanjangan", "tidak-ada"), "", "", 404, nil, nil},
		{"not by an operator", "operator", "POST", "/periode/2026/tutup", nil, "", "", 403, nil, nil},
		{"closing", "brida", "POST", "/periode/2026/tutup", nil, "", "", 303, []string{"/periode/2026"}, nil},
		{"an answer is refused", "operator", "POST", answerPath, form("pilihan", "b:2"), "", "", 409, []string{"ditutup"}, nil},
		{"what is there can be read", "operator", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"Surat rahasia-own", "ditutup"}, []string{`name="pilihan"`}},
		{"evidence stays where it is", "operator", "POST", "/inovasi/{innovation}/2026/SID-16/lepas", form("bukti", "{document}"), "", "", 409, nil, nil},
		{"no window of what is closed", "brida", "GET", "/periode/2026/ubah", nil, "", "", 409, nil, []string{`name="tutup_jam"`}},
		{"nor a change", "brida", "POST", "/periode/2026/ubah", form("catatan", ""), "", "", 409, nil, nil},
		{"nor is one taken back", "brida", "POST", "/periode/2026/cabut-perpanjangan", form("perpanjangan", "tidak-ada"), "", "", 409, nil, nil},
		{"nor a deadline", "brida", "POST", "/periode/2026/tenggat", form("tenggat_nama", "Bukti", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), "", "", 409, nil, nil},
		{"the page says so", "brida", "GET", "/periode/2026", nil, "", "", 200, []string{"Ditutup", "Buka lagi", "Arsipkan"}, []string{"Beri perpanjangan"}},
		{"opened again", "brida", "POST", "/periode/2026/buka-lagi", nil, "", "", 303, []string{"/periode/2026"}, nil},
		{"an answer is taken again", "operator", "POST", answerPath, form("pilihan", "b:2"), "", "", 303, []string{"tersimpan"}, nil},
		{"closed again", "admin", "POST", "/periode/2026/tutup", nil, "", "", 303, []string{"/periode/2026"}, nil},
		{"archived", "admin", "POST", "/periode/2026/arsipkan", nil, "", "", 303, []string{"/periode/2026"}, nil},
		{"for good", "admin", "GET", "/periode/2026", nil, "", "", 200, []string{"Diarsipkan"}, []string{"Buka lagi", "/tenggat"}},
	},
}

// A deadline is taken off by BRIDA, and by nobody below it.
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
		{"not by an operator", "operator", "POST", "/periode/2026/hapus-tenggat", form("tenggat", found[1]), "", "", 403, nil, nil},
		{"nor from another region", "outsider", "POST", "/periode/2026/hapus-tenggat", form("tenggat", found[1]), "", "", 404, nil, nil},
		{"it is there", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"Bukti awal"}, nil},
		{"by BRIDA", "brida", "POST", "/periode/2026/hapus-tenggat", form("tenggat", found[1]), "", "", 303, []string{"/periode/2026"}, nil},
		{"it is gone", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"Belum ada tenggat"}, []string{"Bukti awal"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// An extension is taken back by BRIDA, and by nobody below it; it stays to be
// read, and gives no more time.
func TestAnExtensionIsTakenBack(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	window := form("tutup_tanggal", "1-2-2026", "tutup_jam", "12.00")
	w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/ubah", window.Encode())
	entry := form("perangkat", "semua", "sampai_tanggal", "4-9-2090", "sampai_jam", "8.00", "alasan", "Banjir <b>")
	w.Ask(t, handler, "brida", http.MethodPost, "/periode/2026/perpanjangan", entry.Encode())
	page := w.Ask(t, handler, "brida", http.MethodGet, "/periode/2026", "").Body.String()
	found := regexp.MustCompile(`name="perpanjangan" value="([^"]+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the extension has no button")
	}
	const path = "/periode/2026/cabut-perpanjangan"
	its := form("perpanjangan", found[1])
	for _, r := range []request{
		{"an answer is in time", "operator", "POST", answerPath, form("pilihan", "b:2"), "", "", 303, []string{"tersimpan"}, nil},
		{"an operator sees no button", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"Banjir &lt;b&gt;"}, []string{path, "Dicabut", "<b>"}},
		{"not by an operator", "operator", "POST", path, its, "", "", 403, nil, nil},
		{"nor from another region", "outsider", "POST", path, its, "", "", 404, nil, nil},
		{"a visitor signs in first", "", "POST", path, its, "", "", 303, []string{"/masuk"}, nil},
		{"by BRIDA", "brida", "POST", path, its, "", "", 303, []string{"/periode/2026?tersimpan"}, nil},
		{"everybody sees by whom", "operator", "GET", "/periode/2026", nil, "", "", 200, []string{"Banjir &lt;b&gt;", "Dicabut oleh Orang brida"}, []string{"<b>"}},
		{"not twice", "brida", "POST", path, its, "", "", 404, nil, nil},
		{"there is no button any more", "brida", "GET", "/periode/2026", nil, "", "", 200, []string{"Dicabut oleh"}, []string{path}},
		{"an answer is too late", "operator", "POST", answerPath, form("pilihan", "b:3", "versi", "1"), "", "", 409, []string{"BRIDA dapat memberi perpanjangan"}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
