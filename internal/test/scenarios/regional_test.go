package scenarios

const (
	ownRow  = "/daerah/2026/SPD-04"
	someRow = "/daerah/2026/SPD-08"
)

// regionalScenarios are about the region's own answers.
var regionalScenarios = []scenario{
	{name: "the region's own answers", requests: []request{
		{name: "the list", as: "operator", method: "GET", path: "/daerah", status: 200, want: []string{"Data daerah", `href="/daerah/2026/SPD-02a"`, "2a APBD", "0 dari 20 selesai"}, not: []string{`name="pilihan"`}},
		{name: "of a period", as: "pimpinan", method: "GET", path: "/daerah/2026", status: 200, want: []string{"10b Penurunan kemiskinan"}},
		{name: "of one that is not open", as: "brida", method: "GET", path: "/daerah/2031", status: 404, want: []string{"belum dibuka"}},
		{name: "a visitor signs in first", method: "GET", path: "/daerah", status: 303, want: []string{"/masuk?"}, not: []string{"Visi dan Misi"}},
		{name: "whose task has ended", as: "ended", method: "GET", path: "/daerah", status: 403, not: []string{"Visi dan Misi"}},
		{name: "a row, its ranges as the pack has them", as: "brida", method: "GET", path: ownRow, status: 200, want: []string{"2,05% s.d. 5,23%", "≥ 5,23%", `name="versi" value="0"`, `value="2025"`, `rel="prev"`, `rel="next"`}},
		{name: "an operator reads it and has no form", as: "operator", method: "GET", path: ownRow, status: 200, want: []string{"Belum diisi"}, not: []string{`name="pilihan"`}},
		{name: "nor by hand", as: "operator", method: "POST", path: ownRow, form: form("pilihan", "3", "versi", "0"), status: 403},
		{name: "a row of innovations", as: "brida", method: "GET", path: "/daerah/2026/SID-16", status: 404},
		{name: "nothing typed", as: "brida", method: "POST", path: ownRow, status: 422, want: []string{`href="#pilihan"`}},
		{
			name:   "all mistakes, and the file is kept",
			as:     "brida",
			method: "POST",
			path:   ownRow,
			form:   form("pilihan", "9", "angka_1", "5,21", "tahun_1", "kemarin", "alamat", "javascript:alert(1)"),
			file:   "rilis.pdf",
			bytes:  "%PDF-1.7 rahasia-own",
			status: 422,
			want:   []string{`href="#pilihan"`, `href="#tahun_1"`, `href="#sumber"`, `href="#tentang"`, `href="#alamat"`, `value="5,21"`, `value="kemarin"`, "rilis.pdf sudah diterima"},
			not:    []string{`href="javascript`},
		},
		{name: "an answer without a proof", as: "brida", method: "POST", path: ownRow, form: form("pilihan", "3", "versi", "0", "angka_1", "5,23", "tahun_1", "2025", "satuan_1", "%", "sumber", "BPS <b>"), status: 303, want: []string{ownRow}},
		{name: "earns nothing", as: "operator", method: "GET", path: "/daerah", status: 200, want: []string{"0 dari 20 selesai", "1 dijawab, 0 ada buktinya", "Belum ada bukti: 0 poin"}},
		{name: "its figure is read by all", as: "child", method: "GET", path: ownRow, status: 200, want: []string{"Angka tahun 2025", "5,23 %", "BPS &lt;b&gt;"}, not: []string{"<b>"}},
		{name: "a file of no kind that counts", as: "brida", method: "POST", path: ownRow, form: form("pilihan", "3", "versi", "1", "tentang", "Rilis"), file: "rilis.txt", bytes: "isi", status: 422, want: []string{`href="#berkas"`, `value="Rilis"`}},
		{name: "with its proof", as: "brida", method: "POST", path: ownRow, form: form("pilihan", "3", "versi", "1", "tentang", "Rilis BPS"), file: "rilis.pdf", bytes: "%PDF-1.7 isi", status: 303, want: []string{"tersimpan"}},
		{name: "earns its points", as: "operator", method: "GET", path: "/daerah/2026", status: 200, want: []string{"1 dari 20 selesai", "3,00 dari 63,00"}},
		{name: "somebody else was faster", as: "admin", method: "POST", path: ownRow, form: form("pilihan", "1", "versi", "1"), status: 409, want: []string{" menyimpan “", `name="versi" value="2"`}},
		{name: "taking off what is not there", as: "brida", method: "POST", path: ownRow + "/lepas", form: form("bukti", "tidak-ada"), status: 404},
		{name: "putting back what was not taken off", as: "brida", method: "POST", path: ownRow + "/urungkan", form: form("bukti", "tidak-ada"), status: 404},
		{name: "nor by an operator", as: "operator", method: "POST", path: ownRow + "/urungkan", form: form("bukti", "tidak-ada"), status: 403},
		{name: "a proof that is not there", as: "brida", method: "GET", path: "/daerah/bukti/tidak-ada", status: 404},
		{name: "another region has its own", as: "outsider", method: "GET", path: ownRow, status: 200, not: []string{`value="5,23"`, "/daerah/bukti/"}},
		{name: "closing the period", as: "brida", method: "POST", path: "/periode/2026/tutup", status: 303},
		{name: "it is still read", as: "brida", method: "GET", path: ownRow, status: 200, want: []string{"Rilis BPS", "tutup"}, not: []string{`name="pilihan"`}},
		{name: "and not changed", as: "brida", method: "POST", path: ownRow, form: form("pilihan", "1", "versi", "2"), status: 409, want: []string{"tutup"}},
	}},
}
