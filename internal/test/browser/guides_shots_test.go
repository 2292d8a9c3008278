package browser

// guideShots are the pictures, in the order in which they are taken.
var guideShots = []shot{
	{name: "operator-masuk", before: signedOut, window: narrow},
	{name: "operator-sandi", before: firstSign, window: narrow},
	{name: "operator-beranda", path: "/", window: narrow},
	{name: "operator-daftar", path: "/inovasi/baru", window: narrow},
	{name: "operator-inovasi", path: "{travis}", window: narrow},
	{name: "operator-indikator", path: "{travis}", at: "Pedoman teknis", window: narrow},
	{name: "operator-jawaban", path: "{travis}/2027/SID-26", before: proveTeknis, at: "Pilihan", window: narrow},
	{name: "operator-bukti", at: "Tambah bukti", window: narrow},
	{name: "operator-selesai", at: "Tidak dapat dilengkapi?", window: narrow},
	{name: "operator-tersimpan", before: save, window: narrow},
	{name: "operator-permintaan", path: "/permintaan-data", before: press("15 Fasilitasi", `document.querySelector("main [name=angka]") != null`), at: "Jawab permintaan", window: narrow},

	{name: "pendamping-beranda", path: "/", window: narrow},
	{name: "pendamping-periksa", path: "{travis}", at: "Replikasi", window: narrow},
	{name: "pendamping-indikator", path: "{travis}/2027/SID-31", window: narrow},

	{name: "kepala-beranda", path: "/", window: narrow},
	{name: "kepala-sahkan", path: "{kadis}", at: "Pengesahan", window: narrow},
	{name: "kepala-disahkan", before: press("Sahkan", `document.body.innerText.includes("Cabut pengesahan")`), at: "Pengesahan", window: narrow},
	{name: "kepala-sumbangan", path: "{sumbangan}", window: narrow},

	{name: "brida-beranda", path: "/", window: wide},
	{name: "brida-waktu", path: "/periode/2027/ubah", before: windowTyped, at: "Pengisian ditutup", window: wide},
	{name: "brida-perpanjangan", before: windowSaved, at: "Beri perpanjangan", window: wide},
	{name: "brida-daerah", path: "/daerah/2027/SPD-04", at: "Jawaban", window: wide},
	{name: "brida-permintaan", path: "/permintaan-data/baru", before: someRows, window: wide},
	{name: "brida-periksa", path: "/permintaan-data", before: press("9 Nilai", `document.body.innerText.includes("Jawaban perangkat daerah")`), at: "Jawaban perangkat daerah", window: wide},
	{name: "brida-panduan", path: "/panduan/2027/SID-16", window: wide},
	{name: "brida-sk", path: "/sk/baru", at: "Inovasi yang dimuat", window: wide},
	{name: "brida-indeks", path: "/indeks/2026", window: wide},
	{name: "brida-langkah", path: "/indeks/2027", at: "Yang paling menaikkan indeks", window: wide},
	{name: "brida-laporan", path: "/laporan", window: wide},
	{name: "brida-kop", path: "/laporan/kop", window: wide},
	{name: "brida-terbit", path: "/laporan/indeks/2026/terbitkan", window: wide},
	{name: "brida-cabut", before: press("Terbitkan dengan", `document.body.innerText.includes("Cabut laporan")`), window: wide},

	{name: "pimpinan-beranda", path: "/", window: narrow},
	{name: "pimpinan-indeks", path: "/indeks/2026", window: narrow},
	{name: "pimpinan-alasan", path: "/indeks/2026", before: unfold, at: "Dari mana angka ini", window: narrow},
	{name: "pimpinan-peringkat", path: "/indeks/2026/peringkat", at: "Perangkat daerah:", window: narrow},
	{name: "pimpinan-rakor", path: "/indeks/2026/rakor", window: wide},

	{name: "admin-orang", path: "/orang/baru", before: fillPerson, window: wide},
	{name: "admin-slip", before: addPerson, window: wide},
	{name: "admin-tugas", path: "{rina}", window: wide},
	{name: "admin-perangkat", path: "{dinas}", window: wide},
	{name: "admin-ganti-nama", path: "{dinas}/ganti-nama", window: wide},
	{name: "admin-dua-langkah", path: "/dua-langkah", window: wide},
	{name: "admin-keadaan", path: "/keadaan", window: wide},
}
