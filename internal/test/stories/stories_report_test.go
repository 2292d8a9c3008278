package stories

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"strings"
)

// crest is a picture of so many pixels a side.
func crest(side int) string {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewRGBA(image.Rect(0, 0, side, side))) // a buffer takes all
	return out.String()
}

// scans is what begins like a JPEG of so many scans.
func scans(n int) string {
	return "\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00" + strings.Repeat("\xff\xda", n)
}

func letterheadForm(more ...string) url.Values {
	return with(form(
		"pemerintah", "PEMERINTAH KABUPATEN SATU", "perangkat", "BADAN RISET <b>", "alamat", "Jalan Satu 1", "kontak", "(0727) 1",
		"pola", "000.9.2/{nomor}/{kode OPD}/{tahun}", "kode", "BRIDA", "tempat", "Kalianda", "kedudukan", "pejabat-lain",
		"jabatan", "Kepala Badan", "gelar_depan", "Dr.", "nama", "Sri Contoh", "gelar_belakang", "M.Si.",
		"pangkat", "Pembina, IV/a", "nip", "19800101 200501 2 001", "versi", "0",
	), more...)
}

// reportStories are about the index on paper and in a workbook.
var reportStories = map[string][]request{
	"reports": {
		{"what can be had", "operator", "GET", "/laporan", nil, "", "", 200, []string{"/laporan/indeks/2026/pdf", "/laporan/indeks/2026/xlsx"}, []string{"/laporan/kop", "terbitkan", "Laporan yang terbit"}},
		{"a visitor", "", "GET", "/laporan/indeks/2026/pdf", nil, "", "", 303, []string{"/masuk"}, nil},
		{"on paper", "operator", "GET", "/laporan/indeks/2026/pdf", nil, "", "", 200, []string{"%PDF-"}, nil},
		{"in a workbook", "operator", "GET", "/laporan/indeks/2026/xlsx", nil, "", "", 200, []string{"PK\x03\x04", "xl/worksheets/sheet8.xml"}, nil},
		{"of a year that is not open", "brida", "GET", "/laporan/indeks/1999/pdf", nil, "", "", 404, []string{"belum dibuka"}, nil},
		{"nor a workbook of it", "brida", "GET", "/laporan/indeks/1999/xlsx", nil, "", "", 404, []string{"belum dibuka"}, nil},
	},
	"the letterhead": {
		{"nobody has set it up", "brida", "GET", "/laporan", nil, "", "", 200, []string{"/laporan/kop", "setelah kop naskah diatur", "Belum ada laporan yang terbit"}, []string{"terbitkan\""}},
		{"the form, with something to begin with", "brida", "GET", "/laporan/kop", nil, "", "", 200, []string{`value="PEMERINTAH KABUPATEN SATU"`, `name="versi" value="0"`, "{kode OPD}"}, []string{"Contoh nomor</dt>", "<img"}},
		{"an operator has no form", "operator", "GET", "/laporan/kop", nil, "", "", 403, nil, []string{`name="pola"`}},
		{"nor by hand", "operator", "POST", "/laporan/kop", letterheadForm(), "", "", 403, nil, nil},
		{"pimpinan reads and does not set up", "pimpinan", "POST", "/laporan/kop", letterheadForm(), "", "", 403, nil, nil},
		{"no crest yet", "brida", "GET", "/laporan/kop/lambang", nil, "", "", 404, nil, nil},
		{"nothing can be issued", "brida", "GET", "/laporan/indeks/2026/terbitkan", nil, "", "", 409, []string{"Atur kop naskah dahulu"}, nil},
		{"nor by hand", "brida", "POST", "/laporan/indeks/2026/terbitkan", form("nomor", "1", "versi", "0"), "", "", 409, []string{"Atur kop naskah dahulu"}, nil},
		{
			"all mistakes at once", "brida", "POST", "/laporan/kop", form("kedudukan", "raja", "pola", "{nomor}/{hari}/{kode OPD}", "nip", "12a"), "", "", 422,
			[]string{
				`href="#pemerintah"`, `href="#perangkat"`, `href="#alamat"`, `href="#pola"`, "{hari}", "Tulis {tahun}", `href="#kode"`, `href="#tempat"`,
				`href="#kedudukan"`, `href="#jabatan"`, `href="#nama"`, `href="#nip"`, `value="12a"`, `value="{nomor}/{hari}/{kode OPD}"`,
			},
			[]string{`href="#kontak"`, `href="#berkas"`, `href="#pangkat"`},
		},
		{"rank and number of other officials", "brida", "POST", "/laporan/kop", letterheadForm("pangkat", "", "nip", ""), "", "", 422, []string{`href="#pangkat"`, `href="#nip"`}, []string{`href="#nama"`}},
		{"what is no picture", "brida", "POST", "/laporan/kop", letterheadForm("nama", ""), "lambang.png", "<svg onload=alert(1)>", 422, []string{`href="#berkas"`, `href="#nama"`, `value="Jalan Satu 1"`, "BADAN RISET &lt;b&gt;"}, []string{"<b>", `name="terkirim"`}},
		{"a picture that is too large", "brida", "POST", "/laporan/kop", letterheadForm(), "lambang.png", crest(2001), 422, []string{`href="#berkas"`, "2.000 piksel"}, []string{`name="terkirim"`}},
		{"a picture of too many scans", "brida", "POST", "/laporan/kop", letterheadForm(), "lambang.jpg", scans(51), 422, []string{`href="#berkas"`, "terlalu rumit"}, []string{`name="terkirim"`}},
		{"the crest of a refused form is kept", "brida", "POST", "/laporan/kop", letterheadForm("nama", ""), "../../lambang.png", crest(20), 422, []string{`href="#nama"`, `name="terkirim"`}, []string{`href="#berkas"`, "../"}},
		{"an example of a number saves nothing", "brida", "POST", "/laporan/kop/contoh", letterheadForm("nama", ""), "", "", 200, []string{"000.9.2/1/BRIDA/20", `value="Jalan Satu 1"`}, []string{`href="#nama"`, "tersimpan"}},
		{"an operator sees no example", "operator", "POST", "/laporan/kop/contoh", letterheadForm(), "", "", 403, nil, nil},
		{"saving, with a crest", "brida", "POST", "/laporan/kop", letterheadForm(), "lambang.png", crest(600), 303, []string{"/laporan/kop", "tersimpan"}, nil},
		{"it is there", "admin", "GET", "/laporan/kop", nil, "", "", 200, []string{`value="BADAN RISET &lt;b&gt;"`, `value="19800101 200501 2 001"`, `name="versi" value="1"`, "/laporan/kop/lambang", "000.9.2/1/BRIDA/20"}, nil},
		{"the crest", "admin", "GET", "/laporan/kop/lambang", nil, "", "", 200, []string{"\x89PNG"}, nil},
		{"which an operator does not open here", "operator", "GET", "/laporan/kop/lambang", nil, "", "", 403, nil, []string{"\x89PNG"}},
		{"somebody else was faster", "admin", "POST", "/laporan/kop", letterheadForm("nama", "Nama Lain"), "", "", 409, []string{"Orang lain baru saja menyimpan", `value="Nama Lain"`, `name="versi" value="1"`}, nil},
		{"then it is saved, without the crest", "admin", "POST", "/laporan/kop", letterheadForm("versi", "1", "pakai", "tidak", "lambang", "x"), "", "", 303, []string{"tersimpan"}, nil},
		{"it has gone", "brida", "GET", "/laporan/kop/lambang", nil, "", "", 404, nil, nil},
		{"another region has its own", "outsider", "GET", "/laporan/kop", nil, "", "", 200, []string{"KABUPATEN DUA"}, []string{"BADAN RISET &lt;", "Sri Contoh"}},
	},
	"issuing": {
		{"the letterhead", "brida", "POST", "/laporan/kop", letterheadForm(), "", "", 303, nil, nil},
		{"now it can be issued", "brida", "GET", "/laporan", nil, "", "", 200, []string{"/laporan/indeks/2026/terbitkan"}, nil},
		{"pimpinan does not", "pimpinan", "GET", "/laporan", nil, "", "", 200, []string{"Belum ada laporan yang terbit"}, []string{"terbitkan\"", "/laporan/kop"}},
		{"what would be issued", "brida", "GET", "/laporan/indeks/2026/terbitkan", nil, "", "", 200, []string{"000.9.2/1/BRIDA/20", "Dr. Sri Contoh, M.Si.", "Kepala Badan", `name="nomor" value="1"`, `name="versi" value="1"`}, nil},
		{"not by an operator", "operator", "POST", "/laporan/indeks/2026/terbitkan", form("nomor", "1", "versi", "1"), "", "", 403, nil, nil},
		{"of a year that is not open", "brida", "GET", "/laporan/indeks/1999/terbitkan", nil, "", "", 404, nil, nil},
		{"of a letterhead that was changed", "brida", "POST", "/laporan/indeks/2026/terbitkan", form("nomor", "1", "versi", "7"), "", "", 409, []string{"Kop naskah baru saja diubah", `name="versi" value="1"`}, nil},
		{"issuing", "brida", "POST", "/laporan/indeks/2026/terbitkan", form("nomor", "1", "versi", "1"), "", "", 303, []string{"/laporan/terbit/"}, nil},
		{"pressed twice", "brida", "POST", "/laporan/indeks/2026/terbitkan", form("nomor", "1", "versi", "1"), "", "", 409, []string{"sudah dipakai", "000.9.2/2/BRIDA/20", `name="nomor" value="2"`}, nil},
		{"the register", "pimpinan", "GET", "/laporan", nil, "", "", 200, []string{"000.9.2/1/BRIDA/20", "/laporan/terbit/{issued}/pdf"}, []string{"000.9.2/2"}},
		{"which an operator does not see", "operator", "GET", "/laporan", nil, "", "", 200, nil, []string{"000.9.2/1"}},
		{"one of it", "pimpinan", "GET", "/laporan/terbit/{issued}", nil, "", "", 200, []string{"000.9.2/1/BRIDA/20", "Orang brida", "SHA-256", "Dr. Sri Contoh, M.Si."}, nil},
		{"its paper", "pimpinan", "GET", "/laporan/terbit/{issued}/pdf", nil, "", "", 200, []string{"%PDF-"}, nil},
		{"its workbook", "pimpinan", "GET", "/laporan/terbit/{issued}/xlsx", nil, "", "", 200, []string{"PK\x03\x04"}, nil},
		{"not for an operator", "operator", "GET", "/laporan/terbit/{issued}/pdf", nil, "", "", 404, nil, []string{"%PDF-"}},
		{"nor for another region", "outsider", "GET", "/laporan/terbit/{issued}/xlsx", nil, "", "", 404, nil, []string{"PK\x03\x04"}},
		{"one that is not there", "brida", "GET", "/laporan/terbit/tidak-ada", nil, "", "", 404, nil, nil},

		{"anybody with its code checks it", "", "GET", "/v/{checked}", nil, "", "", 200, []string{"000.9.2/1/BRIDA/20", "Dr. Sri Contoh, M.Si.", "Berlaku", "SHA-256 PDF", "Kabupaten Satu"}, []string{"Orang brida", "Dicabut", "/laporan/terbit", "alasan"}},
		{"nobody guesses one", "", "GET", "/v/BCDF-GHJK-MNPR", nil, "", "", 404, []string{"tidak ada dalam register"}, nil},
		{"half a code", "", "GET", "/v/BCDF", nil, "", "", 404, []string{"tidak ada dalam register"}, nil},
		{"the code of another region's report", "outsider", "GET", "/v/{checked}", nil, "", "", 404, []string{"tidak ada dalam register"}, []string{"000.9.2/1"}},
		{"a reader does not revoke", "pimpinan", "GET", "/laporan/terbit/{issued}", nil, "", "", 200, []string{"Berlaku"}, []string{"Cabut laporan"}},
		{"nor by hand", "pimpinan", "POST", "/laporan/terbit/{issued}/cabut", form("alasan", "x"), "", "", 403, nil, nil},
		{"nor an operator", "operator", "POST", "/laporan/terbit/{issued}/cabut", form("alasan", "x"), "", "", 403, nil, nil},
		{"a reason is asked", "brida", "POST", "/laporan/terbit/{issued}/cabut", form("alasan", "  "), "", "", 422, []string{`href="#alasan"`, "Tulis alasannya", "Cabut laporan"}, []string{"Dicabut"}},
		{"too long a reason is not lost", "brida", "POST", "/laporan/terbit/{issued}/cabut", form("alasan", strings.Repeat("panjang ", 80)), "", "", 422, []string{`href="#alasan"`, "500", "panjang panjang"}, nil},
		{"revoking", "brida", "POST", "/laporan/terbit/{issued}/cabut", form("alasan", "Angka <b>keliru</b>"), "", "", 303, []string{"/laporan/terbit/{issued}?tersimpan"}, nil},
		{"revoking again", "admin", "POST", "/laporan/terbit/{issued}/cabut", form("alasan", "Lagi"), "", "", 409, []string{"sudah dicabut", "Angka &lt;b&gt;keliru"}, []string{"Lagi<", "<b>keliru"}},
		{"the register says so", "pimpinan", "GET", "/laporan", nil, "", "", 200, []string{"000.9.2/1/BRIDA/20", "Dicabut"}, nil},
		{"so does the report, with the reason", "pimpinan", "GET", "/laporan/terbit/{issued}", nil, "", "", 200, []string{"Dicabut oleh Orang brida", "keliru"}, []string{"Berlaku", "Cabut laporan"}},
		{"anybody learns that, and not why", "", "GET", "/v/{checked}", nil, "", "", 200, []string{"Dicabut pada", "000.9.2/1/BRIDA/20"}, []string{"Berlaku", "keliru", "Orang brida"}},
		{"its number is not given again", "brida", "GET", "/laporan/indeks/2026/terbitkan", nil, "", "", 200, []string{"000.9.2/2/BRIDA/20"}, nil},
	},
}
