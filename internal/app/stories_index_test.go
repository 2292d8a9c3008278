package app

// indexStories are about the index, its pages in small, its history and what
// the ministry has published.
var indexStories = map[string][]request{
	"the index": {
		{"of now", "operator", "GET", "/indeks", nil, "", "", 200, []string{"rahasia-own", "1 inovasi perangkat daerah lain", "Surat Kepala BSKDN", "belum diumumkan", "Anda melihat perangkat daerah Anda sendiri"}, []string{"rahasia-other", "rahasia-away", "Perkiraan", "Dinas other"}},
		{"of a year", "brida", "GET", "/indeks/2026", nil, "", "", 200, []string{"rahasia-own", "rahasia-other", "Kurang Inovatif", "12,00", "2 jawaban belum diputuskan", "Dinas Induk", "Baru 1 dari 5 urusan"}, []string{"rahasia-away"}},
		{"of a year that is not open", "brida", "GET", "/indeks/1999", nil, "", "", 404, []string{"belum dibuka"}, nil},
		{"what moves it most leads to where it is done", "operator", "GET", "/indeks", nil, "", "", 200, []string{"/2026/SID-35", "Naikkan 35"}, []string{"/daerah/2026/SPD-06\""}},
		{"BRIDA is told of the region's own rows too", "brida", "GET", "/indeks", nil, "", "", 200, []string{"/daerah/2026/SPD-"}, nil},
		{"of an agency", "operator", "GET", "/indeks/2026/perangkat-daerah/{agency}", nil, "", "", 200, []string{"Dinas own", "rahasia-own", "+0,20"}, []string{"rahasia-other"}},
		{"of another agency", "operator", "GET", "/indeks/2026/perangkat-daerah/{other}", nil, "", "", 404, nil, []string{"rahasia"}},
		{"of an innovation", "operator", "GET", "/indeks/2026/inovasi/{innovation}", nil, "", "", 200, []string{"6,00", "dari 111,00", "1 jawaban menunggu", "/2026/SID-16"}, nil},
		{"of one that is not there", "operator", "GET", "/indeks/2026/inovasi/x", nil, "", "", 404, nil, nil},
		{"an indicator", "brida", "GET", "/indeks/2026/indikator/SID-16", nil, "", "", 200, []string{"rahasia-own", "rahasia-other", `lang="id"`}, []string{"rahasia-away"}},
		{"an indicator of the region", "operator", "GET", "/indeks/2026/indikator/SPD-04", nil, "", "", 200, []string{"/daerah/2026/SPD-04"}, nil},
		{"one that is not there", "operator", "GET", "/indeks/2026/indikator/SID-99", nil, "", "", 404, nil, nil},
		{"the ranking", "pimpinan", "GET", "/indeks/2026/peringkat?menurut=tertinggi", nil, "", "", 200, []string{"1. Dinas other", "1. Dinas own", `aria-current`}, nil},
		{"an order that is none", "pimpinan", "GET", "/indeks/2026/peringkat?menurut=x", nil, "", "", 200, []string{"Perangkat daerah: Jumlah kematangan terbesar"}, nil},
		{"an agency ranks its own alone", "operator", "GET", "/indeks/2026/peringkat", nil, "", "", 200, []string{"1. Dinas own"}, []string{"Dinas other"}},
		{"the sheet for a meeting", "brida", "GET", "/indeks/2026/rakor", nil, "", "", 200, []string{"Indeks Inovasi Daerah Kabupaten Satu", "Dinas Induk", "WIB"}, nil},
	},
	"the index of other days": {
		{"nothing is kept yet", "operator", "GET", "/indeks/2026/riwayat", nil, "", "", 200, []string{"Belum ada yang disimpan"}, []string{`name="nilai"`}},
		{"a day before anything was kept", "operator", "GET", "/indeks/2026?hari=2020-01-01", nil, "", "", 404, []string{"Belum ada indeks yang tersimpan"}, nil},
		{"no day", "operator", "GET", "/indeks/2026?hari=kemarin", nil, "", "", 404, nil, nil},
		{"comparing with such a day", "operator", "GET", "/indeks/2026/riwayat?dari=1-1-2020", nil, "", "", 422, []string{`href="#dari"`, `value="1-1-2020"`}, nil},
		{"days that are none", "operator", "GET", "/indeks/2026/riwayat?dari=x&sampai=%3Cy%3E", nil, "", "", 422, []string{`href="#dari"`, `href="#sampai"`, `value="&lt;y&gt;"`}, nil},
		{"closing keeps one", "brida", "POST", "/periode/2026/tutup", nil, "", "", 303, nil, nil},
		{"the index is that of the close", "operator", "GET", "/indeks/2026", nil, "", "", 200, []string{"Periode ditutup. Angka ini disimpan", "rahasia-own"}, []string{"rahasia-other", "Naikkan"}},
		{"an agency that is called otherwise since", "admin", "POST", "/perangkat-daerah/{agency}/ganti-nama", form("nama", "Dinas Berganti", "nomor", "1/2026", "tanggal", "1/2/2026", "berlaku", "2/2/2026"), "", "", 303, nil, nil},
		{"keeps its name in the closed year", "brida", "GET", "/indeks/2026", nil, "", "", 200, []string{"Dinas own"}, []string{"Dinas Berganti"}},
		{"the history", "operator", "GET", "/indeks/2026/riwayat", nil, "", "", 200, []string{"Saat penutupan", "/indeks/2026?hari="}, nil},
	},
	"the national index": {
		{"all mistakes at once", "brida", "POST", "/indeks/2026/nasional", form("nilai", "<101>", "tanggal", "besok", "sumber", " "), "", "", 422, []string{`href="#nilai"`, `href="#tanggal"`, `href="#sumber"`, "&lt;101&gt;"}, []string{"<101>"}},
		{"an operator does not enter it", "operator", "POST", "/indeks/2026/nasional", form("nilai", "62,06", "tanggal", "1/2/2026", "sumber", "Keputusan"), "", "", 403, nil, nil},
		{"BRIDA does", "brida", "POST", "/indeks/2026/nasional", form("nilai", "62,06", "tanggal", "1/2/2026", "sumber", "Keputusan <1>"), "", "", 303, []string{"/indeks/2026/riwayat?tersimpan"}, nil},
		{"all see it", "operator", "GET", "/indeks", nil, "", "", 200, []string{"62,06", "Keputusan &lt;1&gt;"}, []string{"belum diumumkan"}},
		{"of a year that is not open", "brida", "POST", "/indeks/1999/nasional", form("nilai", "1"), "", "", 404, nil, nil},
	},
}
