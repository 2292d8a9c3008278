package scenarios

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"siida.id/internal/base/uow"
	"siida.id/internal/test/world"
)

// crest returns a picture with sides of so many pixels.
func crest(side int) string {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewRGBA(image.Rect(0, 0, side, side))) // a buffer does not fail
	return out.String()
}

// scans returns the start of a JPEG with so many scans.
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

// reportScenarios are about the index as PDF and workbook.
var reportScenarios = []scenario{
	{name: "reports", requests: []request{
		{name: "what can be had", as: "operator", method: "GET", path: "/laporan", status: 200, want: []string{"/laporan/indeks/2026/pdf", "/laporan/indeks/2026/xlsx"}, not: []string{"/laporan/kop", "terbitkan", "Laporan yang terbit"}},
		{name: "a visitor", method: "GET", path: "/laporan/indeks/2026/pdf", status: 303, want: []string{"/masuk"}},
		{name: "on paper", as: "operator", method: "GET", path: "/laporan/indeks/2026/pdf", status: 200, want: []string{"%PDF-"}},
		{name: "in a workbook", as: "operator", method: "GET", path: "/laporan/indeks/2026/xlsx", status: 200, want: []string{"PK\x03\x04", "xl/worksheets/sheet8.xml"}},
		{name: "of a year that is not open", as: "brida", method: "GET", path: "/laporan/indeks/1999/pdf", status: 404, want: []string{"belum dibuka"}},
		{name: "nor a workbook of it", as: "brida", method: "GET", path: "/laporan/indeks/1999/xlsx", status: 404, want: []string{"belum dibuka"}},
	}},
	{name: "the letterhead", requests: []request{
		{name: "nobody has set it up", as: "brida", method: "GET", path: "/laporan", status: 200, want: []string{"/laporan/kop", "setelah kop naskah diatur", "Belum ada laporan yang terbit"}, not: []string{"terbitkan\""}},
		{name: "the form, with something to begin with", as: "brida", method: "GET", path: "/laporan/kop", status: 200, want: []string{`value="PEMERINTAH KABUPATEN SATU"`, `name="versi" value="0"`, "{kode OPD}"}, not: []string{"Contoh nomor</dt>", "<img"}},
		{name: "an operator has no form", as: "operator", method: "GET", path: "/laporan/kop", status: 403, not: []string{`name="pola"`}},
		{name: "nor by hand", as: "operator", method: "POST", path: "/laporan/kop", form: letterheadForm(), status: 403},
		{name: "pimpinan reads and does not set up", as: "pimpinan", method: "POST", path: "/laporan/kop", form: letterheadForm(), status: 403},
		{name: "no crest yet", as: "brida", method: "GET", path: "/laporan/kop/lambang", status: 404},
		{name: "nothing can be issued", as: "brida", method: "GET", path: "/laporan/indeks/2026/terbitkan", status: 409, want: []string{"Atur kop naskah dahulu"}},
		{name: "nor by hand", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "0"), status: 409, want: []string{"Atur kop naskah dahulu"}},
		{
			name:   "all mistakes at once",
			as:     "brida",
			method: "POST",
			path:   "/laporan/kop",
			form:   form("kedudukan", "raja", "pola", "{nomor}/{hari}/{kode OPD}", "nip", "12a"),
			status: 422,
			want: []string{
				`href="#pemerintah"`, `href="#perangkat"`, `href="#alamat"`, `href="#pola"`, "{hari}", "Tulis {tahun}", `href="#kode"`, `href="#tempat"`,
				`href="#kedudukan"`, `href="#jabatan"`, `href="#nama"`, `href="#nip"`, `value="12a"`, `value="{nomor}/{hari}/{kode OPD}"`,
			},
			not: []string{`href="#kontak"`, `href="#berkas"`, `href="#pangkat"`},
		},
		{name: "rank and number of other officials", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm("pangkat", "", "nip", ""), status: 422, want: []string{`href="#pangkat"`, `href="#nip"`}, not: []string{`href="#nama"`}},
		{name: "what is no picture", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm("nama", ""), file: "lambang.png", bytes: "<svg onload=alert(1)>", status: 422, want: []string{`href="#berkas"`, `href="#nama"`, `value="Jalan Satu 1"`, "BADAN RISET &lt;b&gt;"}, not: []string{"<b>", `name="terkirim"`}},
		{name: "a picture that is too large", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm(), file: "lambang.png", bytes: crest(2001), status: 422, want: []string{`href="#berkas"`, "2.000 piksel"}, not: []string{`name="terkirim"`}},
		{name: "a picture of too many scans", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm(), file: "lambang.jpg", bytes: scans(51), status: 422, want: []string{`href="#berkas"`, "terlalu rumit"}, not: []string{`name="terkirim"`}},
		{name: "the crest of a refused form is kept", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm("nama", ""), file: "../../lambang.png", bytes: crest(20), status: 422, want: []string{`href="#nama"`, `name="terkirim"`}, not: []string{`href="#berkas"`, "../"}},
		{name: "an example of a number saves nothing", as: "brida", method: "POST", path: "/laporan/kop/contoh", form: letterheadForm("nama", ""), status: 200, want: []string{"000.9.2/1/BRIDA/20", `value="Jalan Satu 1"`}, not: []string{`href="#nama"`, "tersimpan"}},
		{name: "an operator sees no example", as: "operator", method: "POST", path: "/laporan/kop/contoh", form: letterheadForm(), status: 403},
		{name: "saving, with a crest", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm(), file: "lambang.png", bytes: crest(600), status: 303, want: []string{"/laporan/kop", "tersimpan"}},
		{name: "it is there", as: "admin", method: "GET", path: "/laporan/kop", status: 200, want: []string{`value="BADAN RISET &lt;b&gt;"`, `value="19800101 200501 2 001"`, `name="versi" value="1"`, "/laporan/kop/lambang", "000.9.2/1/BRIDA/20"}},
		{name: "the crest", as: "admin", method: "GET", path: "/laporan/kop/lambang", status: 200, want: []string{"\x89PNG"}},
		{name: "which an operator does not open here", as: "operator", method: "GET", path: "/laporan/kop/lambang", status: 403, not: []string{"\x89PNG"}},
		{name: "somebody else was faster", as: "admin", method: "POST", path: "/laporan/kop", form: letterheadForm("nama", "Nama Lain"), status: 409, want: []string{" menyimpan “", `value="Nama Lain"`, `name="versi" value="1"`}},
		{name: "then it is saved, without the crest", as: "admin", method: "POST", path: "/laporan/kop", form: letterheadForm("versi", "1", "pakai", "tidak", "lambang", "x"), status: 303, want: []string{"tersimpan"}},
		{name: "it has gone", as: "brida", method: "GET", path: "/laporan/kop/lambang", status: 404},
		{name: "another region has its own", as: "outsider", method: "GET", path: "/laporan/kop", status: 200, want: []string{"KABUPATEN DUA"}, not: []string{"BADAN RISET &lt;", "Sri Contoh"}},
	}},
	{name: "issuing", requests: []request{
		{name: "the letterhead", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm(), status: 303},
		{name: "now it can be issued", as: "brida", method: "GET", path: "/laporan", status: 200, want: []string{"/laporan/indeks/2026/terbitkan"}},
		{name: "pimpinan does not", as: "pimpinan", method: "GET", path: "/laporan", status: 200, want: []string{"Belum ada laporan yang terbit"}, not: []string{"terbitkan\"", "/laporan/kop"}},
		{name: "what would be issued", as: "brida", method: "GET", path: "/laporan/indeks/2026/terbitkan", status: 200, want: []string{"000.9.2/1/BRIDA/20", "Dr. Sri Contoh, M.Si.", "Kepala Badan", `name="nomor" value="1"`, `name="versi" value="1"`}},
		{name: "not by an operator", as: "operator", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "1"), status: 403},
		{name: "of a year that is not open", as: "brida", method: "GET", path: "/laporan/indeks/1999/terbitkan", status: 404},
		{name: "of a letterhead that was changed", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "7"), status: 409, want: []string{"Kop naskah baru saja diubah", `name="versi" value="1"`}},
		{name: "issuing", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "1"), status: 303, want: []string{"/laporan/terbit/"}},
		{name: "pressed twice", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "1"), status: 409, want: []string{"sudah dipakai", "000.9.2/2/BRIDA/20", `name="nomor" value="2"`}},
		{name: "the register", as: "pimpinan", method: "GET", path: "/laporan", status: 200, want: []string{"000.9.2/1/BRIDA/20", "/laporan/terbit/{issued}/pdf"}, not: []string{"000.9.2/2"}},
		{name: "which an operator does not see", as: "operator", method: "GET", path: "/laporan", status: 200, not: []string{"000.9.2/1"}},
		{name: "one of it", as: "pimpinan", method: "GET", path: "/laporan/terbit/{issued}", status: 200, want: []string{"000.9.2/1/BRIDA/20", "Orang brida", "SHA-256", "Dr. Sri Contoh, M.Si."}},
		{name: "its paper", as: "pimpinan", method: "GET", path: "/laporan/terbit/{issued}/pdf", status: 200, want: []string{"%PDF-"}},
		{name: "its workbook", as: "pimpinan", method: "GET", path: "/laporan/terbit/{issued}/xlsx", status: 200, want: []string{"PK\x03\x04"}},
		{name: "not for an operator", as: "operator", method: "GET", path: "/laporan/terbit/{issued}/pdf", status: 404, not: []string{"%PDF-"}},
		{name: "nor for another region", as: "outsider", method: "GET", path: "/laporan/terbit/{issued}/xlsx", status: 404, not: []string{"PK\x03\x04"}},
		{name: "one that is not there", as: "brida", method: "GET", path: "/laporan/terbit/tidak-ada", status: 404},

		{name: "anybody with its code checks it", method: "GET", path: "/v/{checked}", status: 200, want: []string{"000.9.2/1/BRIDA/20", "Dr. Sri Contoh, M.Si.", "Berlaku", "SHA-256 PDF", "Kabupaten Satu"}, not: []string{"Orang brida", "Dicabut", "/laporan/terbit", "alasan"}},
		{name: "nobody guesses one", method: "GET", path: "/v/BCDF-GHJK-MNPR", status: 404, want: []string{"tidak ada dalam register"}},
		{name: "half a code", method: "GET", path: "/v/BCDF", status: 404, want: []string{"tidak ada dalam register"}},
		{name: "the code of another region's report", as: "outsider", method: "GET", path: "/v/{checked}", status: 404, want: []string{"tidak ada dalam register"}, not: []string{"000.9.2/1"}},
		{name: "a reader does not revoke", as: "pimpinan", method: "GET", path: "/laporan/terbit/{issued}", status: 200, want: []string{"Berlaku"}, not: []string{"Cabut laporan"}},
		{name: "nor by hand", as: "pimpinan", method: "POST", path: "/laporan/terbit/{issued}/cabut", form: form("alasan", "x"), status: 403},
		{name: "nor an operator", as: "operator", method: "POST", path: "/laporan/terbit/{issued}/cabut", form: form("alasan", "x"), status: 403},
		{name: "nor reads what it does", as: "pimpinan", method: "GET", path: "/laporan/terbit/{issued}/cabut", status: 403},
		{name: "what it does", as: "brida", method: "GET", path: "/laporan/terbit/{issued}/cabut", status: 200, want: []string{"tidak dapat dibatalkan", `name="alasan"`}},
		{name: "one press does not do it", as: "brida", method: "GET", path: "/laporan/terbit/{issued}", status: 200, want: []string{`/cabut"`}, not: []string{`name="alasan"`}},
		{name: "a reason is asked", as: "brida", method: "POST", path: "/laporan/terbit/{issued}/cabut", form: form("alasan", "  "), status: 422, want: []string{`href="#alasan"`, "Tulis alasannya", "Cabut laporan"}, not: []string{"Dicabut"}},
		{name: "too long a reason is not lost", as: "brida", method: "POST", path: "/laporan/terbit/{issued}/cabut", form: form("alasan", strings.Repeat("panjang ", 80)), status: 422, want: []string{`href="#alasan"`, "500", "panjang panjang"}},
		{name: "revoking", as: "brida", method: "POST", path: "/laporan/terbit/{issued}/cabut", form: form("alasan", "Angka <b>keliru</b>"), status: 303, want: []string{"/laporan/terbit/{issued}?tersimpan"}},
		{name: "revoking again", as: "admin", method: "POST", path: "/laporan/terbit/{issued}/cabut", form: form("alasan", "Lagi"), status: 409, want: []string{"sudah dicabut", "Angka &lt;b&gt;keliru"}, not: []string{"Lagi<", "<b>keliru"}},
		{name: "the register says so", as: "pimpinan", method: "GET", path: "/laporan", status: 200, want: []string{"000.9.2/1/BRIDA/20", "Dicabut"}},
		{name: "so does the report, with the reason", as: "pimpinan", method: "GET", path: "/laporan/terbit/{issued}", status: 200, want: []string{"Dicabut oleh Orang brida", "keliru"}, not: []string{"Berlaku", "Cabut laporan"}},
		{name: "anybody learns that, and not why", method: "GET", path: "/v/{checked}", status: 200, want: []string{"Dicabut pada", "000.9.2/1/BRIDA/20"}, not: []string{"Berlaku", "keliru", "Orang brida"}},
		{name: "its number is not given again", as: "brida", method: "GET", path: "/laporan/indeks/2026/terbitkan", status: 200, want: []string{"000.9.2/2/BRIDA/20"}},
	}},
}

// before calls act before each of the first times transactions.
type before struct {
	uow.Transactor
	times int
	act   func()
}

func (b *before) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if b.times > 0 {
		b.times--
		b.act()
	}
	return b.Transactor.InTx(ctx, fn)
}

// Issuing a report whose figures change while it is rendered is retried
// unnoticed; if they keep changing, the person is asked again.
func TestIssuingWhileFiguresChange(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler, published, tx := world.Pages(t, w.Program), 0, w.Report.Tx
		w.Ask(t, handler, "brida", http.MethodPost, "/laporan/kop", letterheadForm().Encode())
		for _, tt := range []struct {
			times int
			request
		}{
			{1, request{name: "once", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "1", "versi", "1"), status: 303, want: []string{"/laporan/terbit/"}}},
			{
				9, request{
					name: "always", as: "brida", method: "POST", path: "/laporan/indeks/2026/terbitkan", form: form("nomor", "2", "versi", "1"), status: 409,
					want: []string{"Data indeks baru saja berubah", "000.9.2/2/BRIDA/20", `name="nomor" value="2"`},
				},
			},
		} {
			w.Report.Tx = &before{tx, tt.times, func() {
				published++
				national := form("nilai", strconv.Itoa(published), "tanggal", "1/2/2026", "sumber", "Keputusan")
				if answer := w.Ask(t, handler, "admin", http.MethodPost, "/indeks/2026/nasional", national.Encode()); answer.Code != http.StatusSeeOther {
					t.Errorf("published: %d", answer.Code)
				}
			}}
			tt.check(t, send(t, w, handler, tt.request))
		}
	})
}
