package scenarios

import (
	"net/url"
	"regexp"
	"testing"

	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// sweptForms are the forms of all rooms that take files. Those that keep a sent file
// while the rest is mended have what refuses them; the others take no file that was
// sent before.
var sweptForms = []struct {
	room, as, path string
	before         []request // that save what there is before
	refuse         url.Values
	right          url.Values
	file, bytes    string
	missing        string  // the input for the file
	stays          request // what there was before
}{
	{
		room: "evidence", as: "operator", path: "/inovasi/{innovation}/2026/SID-17",
		refuse: form("pilihan", "1", "nomor", "7/2025"), right: form("pilihan", "1", "nomor", "7/2025", "tentang", "SK tim", "tanggal", "14/3/2025"),
		file: "sk.pdf", bytes: "%PDF-1.7 kedua", missing: "berkas",
		stays: request{path: "/inovasi/{innovation}/2026/SID-17", want: []string{`name="versi" value="0"`}, not: []string{"SK tim"}},
	},
	{
		room: "guidance", as: "brida", path: samplesPath,
		refuse: form("contoh", "benar"), right: form("contoh", "benar", "keterangan", "SK lengkap"),
		file: "sk.pdf", bytes: "%PDF-1.7 kedua", missing: "berkas",
		stays: request{path: "/panduan/2026/SID-16", not: []string{"SK lengkap", "hapus-contoh"}},
	},
	{
		room: "a proof of the region", as: "brida", path: ownRow,
		refuse: form("versi", "0", "tentang", "Tabel kami"), right: form("pilihan", "3", "versi", "0", "tentang", "Tabel kami"),
		file: "rilis.pdf", bytes: "%PDF-1.7 kedua", missing: "berkas",
		stays: request{path: ownRow, want: []string{`name="versi" value="0"`}, not: []string{"Tabel kami"}},
	},
	{
		room: "a proof of the region, with an address", as: "brida", path: ownRow,
		refuse: form("versi", "0", "tentang", "Tabel kami"), right: form("pilihan", "3", "versi", "0", "tentang", "Tabel kami", "alamat", "https://bps.go.id/rilis"),
		file: "rilis.pdf", bytes: "%PDF-1.7 kedua", missing: "berkas",
		stays: request{path: ownRow, want: []string{`name="versi" value="0"`}, not: []string{"Tabel kami"}},
	},
	{
		room: "a reply", as: "operator", path: oneAsk + "/jawab",
		before: []request{
			{name: "asking", as: "brida", method: "POST", path: askPath, form: asking, status: 303},
			{name: "replying", as: "operator", method: "POST", path: oneAsk + "/jawab", form: form("sumber", "BPS", "versi", "1"), file: "lama.pdf", bytes: "%PDF-1.7 lama", status: 303},
			{name: "returning", as: "brida", method: "POST", path: oneAsk + "/kembalikan", form: form("versi", "2", "alasan_kembalikan", "Lama"), status: 303},
		},
		refuse: form("angka", "5", "tahun", "2025", "versi", "3"), right: form("angka", "5", "tahun", "2025", "sumber", "BPS", "versi", "3"),
		file: "baru.pdf", bytes: "%PDF-1.7 baru", missing: "berkas",
		stays: request{path: oneAsk, want: []string{`name="versi" value="3"`, "lama.pdf"}, not: []string{`value="5"`}},
	},
	{
		room: "the letterhead", as: "brida", path: "/laporan/kop",
		before: []request{{name: "a letterhead", as: "brida", method: "POST", path: "/laporan/kop", form: letterheadForm(), file: "lambang.png", bytes: crest(20), status: 303}},
		refuse: letterheadForm("versi", "1", "nama", "", "pakai", "ya"), right: letterheadForm("versi", "1", "pakai", "ya"),
		file: "lambang.png", bytes: crest(30), missing: "berkas",
		stays: request{path: "/laporan/kop", want: []string{`name="versi" value="1"`, "/laporan/kop/lambang"}},
	},
	{
		room: "the files of a profile", as: "operator", path: "/inovasi/{innovation}/berkas/anggaran",
		right: form("terkirim", "x"), missing: "anggaran",
		stays: request{path: "/inovasi/{innovation}/berkas", want: []string{"Belum ada berkas"}},
	},
	{
		room: "the scan of an SK", as: "brida", path: "/sk/{decree}/pindaian",
		right: form("terkirim", "x"), missing: "sk",
		stays: request{path: "/sk/{decree}", want: []string{"Belum ada berkas"}},
	},
}

var keptFile = regexp.MustCompile(`name="terkirim" value="([^"]+)"`)

// A form that is left open until its file was swept says that the file must be sent
// again, keeps nothing of it, and changes nothing.
func TestFormsWhoseFileWasSwept(t *testing.T) {
	for _, tt := range sweptForms {
		t.Run(tt.room, func(t *testing.T) {
			t.Parallel()
			world.Each(t, func(t *testing.T, w *world.Regions) {
				handler := world.Pages(t, w.Program)
				for _, r := range tt.before {
					r.check(t, send(t, w, handler, r))
				}
				again := request{
					name: "without the file", as: tt.as, method: "POST", path: tt.path, form: tt.right, status: 422,
					want: []string{`href="#` + tt.missing + `"`}, not: []string{`name="terkirim"`},
				}
				if tt.refuse != nil {
					page := send(t, w, handler, request{as: tt.as, method: "POST", path: tt.path, form: tt.refuse, file: tt.file, bytes: tt.bytes}).Body.String()
					kept := keptFile.FindStringSubmatch(page)
					if kept == nil {
						t.Fatalf("the file is not kept: %s", page)
					}
					_, err := w.DB.Exec(t.Context(), `update files set saved_at = '2020-01-02T03:04:05.000Z' where id = $1`, kept[1])
					world.Must(t, err)
					world.Must(t, w.Program.Files.Sweep(region.Within(t.Context(), w.Home)))
					again.form = with(tt.right, "terkirim", kept[1])
					again.want = append(again.want, "Berkas yang dikirim sudah dihapus karena tidak dipakai selama sehari. Kirim lagi.")
				}
				again.check(t, send(t, w, handler, again))
				stays := tt.stays
				stays.name, stays.as, stays.method, stays.status = "nothing has changed", tt.as, "GET", 200
				stays.check(t, send(t, w, handler, stays))
				if tt.refuse != nil {
					saved := request{name: "with the file again", as: tt.as, method: "POST", path: tt.path, form: with(tt.right, "alamat", tt.right.Get("alamat")), file: tt.file, bytes: tt.bytes, status: 303}
					if tt.room == "a proof of the region, with an address" {
						saved.form = with(tt.right, "alamat", "")
					}
					saved.check(t, send(t, w, handler, saved))
				}
			})
		})
	}
}
