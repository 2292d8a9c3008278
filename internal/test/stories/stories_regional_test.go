package stories

const (
	ownRow  = "/daerah/2026/SPD-04"
	someRow = "/daerah/2026/SPD-08"
)

// regionalStories are of what the region answers for itself.
var regionalStories = map[string][]request{
	"the region's own answers": {
		{"the list", "operator", "GET", "/daerah", nil, "", "", 200, []string{"Data daerah", `href="/daerah/2026/SPD-02a"`, "2a APBD", "0 dari 20 terbukti"}, []string{`name="pilihan"`}},
		{"of a period", "pimpinan", "GET", "/daerah/2026", nil, "", "", 200, []string{"10b Penurunan kemiskinan"}, nil},
		{"of one that is not open", "brida", "GET", "/daerah/2031", nil, "", "", 404, []string{"belum dibuka"}, nil},
		{"a visitor signs in first", "", "GET", "/daerah", nil, "", "", 303, []string{"/masuk?"}, []string{"Visi dan Misi"}},
		{"whose task has ended", "ended", "GET", "/daerah", nil, "", "", 403, nil, []string{"Visi dan Misi"}},
		{"a row, its ranges as the pack has them", "brida", "GET", ownRow, nil, "", "", 200, []string{"2,05% s.d. 5,23%", "≥ 5,23%", `name="versi" value="0"`, `value="2025"`, `rel="prev"`, `rel="next"`}, nil},
		{"an operator reads it and has no form", "operator", "GET", ownRow, nil, "", "", 200, []string{"Belum dijawab"}, []string{`name="pilihan"`}},
		{"nor by hand", "operator", "POST", ownRow, form("pilihan", "3", "versi", "0"), "", "", 403, nil, nil},
		{"a row of innovations", "brida", "GET", "/daerah/2026/SID-16", nil, "", "", 404, nil, nil},
		{"nothing typed", "brida", "POST", ownRow, nil, "", "", 422, []string{`href="#pilihan"`}, nil},
		{
			"all mistakes, and the file is kept", "brida", "POST", ownRow, form("pilihan", "9", "angka_1", "5,21", "tahun_1", "kemarin", "alamat", "javascript:alert(1)"), "rilis.pdf", "%PDF-1.7 rahasia-own",
			422,
			[]string{`href="#pilihan"`, `href="#tahun_1"`, `href="#sumber"`, `href="#tentang"`, `href="#alamat"`, `value="5,21"`, `value="kemarin"`, "rilis.pdf sudah tersimpan"},
			[]string{`href="javascript`},
		},
		{"an answer without a proof", "brida", "POST", ownRow, form("pilihan", "3", "versi", "0", "angka_1", "5,23", "tahun_1", "2025", "satuan", "%", "sumber", "BPS <b>"), "", "", 303, []string{ownRow}, nil},
		{"earns nothing", "operator", "GET", "/daerah", nil, "", "", 200, []string{"0 dari 20 terbukti", "1 dari 20 dijawab", "Belum ada bukti, 0 poin"}, nil},
		{"its figure is read by all", "child", "GET", ownRow, nil, "", "", 200, []string{"Angka tahun 2025", "5,23 %", "BPS &lt;b&gt;"}, []string{"<b>"}},
		{"a file of no kind that counts", "brida", "POST", ownRow, form("pilihan", "3", "versi", "1", "tentang", "Rilis"), "rilis.txt", "isi", 422, []string{`href="#berkas"`, `value="Rilis"`}, nil},
		{"with its proof", "brida", "POST", ownRow, form("pilihan", "3", "versi", "1", "tentang", "Rilis BPS"), "rilis.pdf", "%PDF-1.7 isi", 303, []string{"tersimpan"}, nil},
		{"earns its points", "operator", "GET", "/daerah/2026", nil, "", "", 200, []string{"1 dari 20 terbukti", "3,00 dari 63,00"}, nil},
		{"somebody else was faster", "admin", "POST", ownRow, form("pilihan", "1", "versi", "1"), "", "", 409, []string{"Orang lain baru saja mengubah jawaban ini", `name="versi" value="2"`}, nil},
		{"taking off what is not there", "brida", "POST", ownRow + "/lepas", form("bukti", "tidak-ada"), "", "", 404, nil, nil},
		{"a proof that is not there", "brida", "GET", "/daerah/bukti/tidak-ada", nil, "", "", 404, nil, nil},
		{"another region has its own", "outsider", "GET", ownRow, nil, "", "", 200, nil, []string{`value="5,23"`, "/daerah/bukti/"}},
		{"closing the period", "brida", "POST", "/periode/2026/tutup", nil, "", "", 303, nil, nil},
		{"it is still read", "brida", "GET", ownRow, nil, "", "", 200, []string{"Rilis BPS", "tutup"}, []string{`name="pilihan"`}},
		{"and not changed", "brida", "POST", ownRow, form("pilihan", "1", "versi", "2"), "", "", 409, []string{"tutup"}, nil},
	},
}
