package scenarios

import "strings"

const limits = "/kemajuan/pengaturan"

// boardScenarios are about the progress board.
var boardScenarios = []scenario{
	{name: "the progress board", requests: []request{
		{name: "BRIDA sees all agencies", as: "brida", method: "GET", path: "/kemajuan", status: 200, want: []string{
			"Papan kemajuan", "Dinas own", "Dinas other", "yang terlambat dulu", `href="/kemajuan?kelompok=terlambat"`, `href="/kemajuan/pengaturan"`, `aria-current="page"`,
			`href="/inovasi?perangkat={agency}"`, `href="/perangkat-daerah/{agency}"`, "0 dari 1",
		}, not: []string{"rahasia-away", "Dinas away"}},
		{name: "the pimpinan too, without the settings", as: "pimpinan", method: "GET", path: "/kemajuan", status: 200, want: []string{"Dinas other"}, not: []string{"/kemajuan/pengaturan"}},
		{name: "a pendamping sees their own", as: "pendamping", method: "GET", path: "/kemajuan", status: 200, want: []string{"Dinas own"}, not: []string{"Dinas other"}},
		{name: "so does the kepala", as: "kepala", method: "GET", path: "/kemajuan", status: 200, want: []string{"Dinas own"}, not: []string{"Dinas other"}},
		{name: "an operator has none, and no entry in the menu", as: "operator", method: "GET", path: "/kemajuan", status: 403, not: []string{"Dinas own", `href="/kemajuan"`}},
		{name: "a visitor signs in first", method: "GET", path: "/kemajuan", status: 303, want: []string{"/masuk?"}},
		{name: "a group", as: "brida", method: "GET", path: "/kemajuan?kelompok=terlambat", status: 200, want: []string{"Belum mendaftarkan inovasi"}, not: []string{"Dinas own"}},
		{name: "an empty group", as: "brida", method: "GET", path: "/kemajuan?kelompok=selesai", status: 200, want: []string{"Tidak ada perangkat daerah di kelompok ini"}},
		{name: "no group", as: "brida", method: "GET", path: "/kemajuan?kelompok=%27%22%3B--", status: 200, want: []string{"Dinas own"}},
		{name: "a very long one", as: "brida", method: "GET", path: "/kemajuan?kelompok=" + strings.Repeat("a", 10_000), status: 200, want: []string{"Dinas own"}},
		{name: "a reminder for all that are late", as: "brida", method: "GET", path: "/kemajuan?pengingat=terlambat", status: 200, want: []string{
			"Pengingat untuk ", "Masih terlambat: ", "<textarea", "readonly", `data-copy="pengingat-teks"`, `href="https://wa.me/?text=Isian+inovasi+2026`, "Buka tugas Anda: http", "Tutup",
		}, not: []string{"Orang kepala", "Orang operator"}},
		{name: "a reminder for one", as: "brida", method: "GET", path: "/kemajuan?kelompok=berjalan&pengingat={agency}", status: 200, want: []string{
			"Pengingat untuk Dinas own", "Dinas own: ", "Selesai 1 dari 20 indikator, 1 berbukti, 0 dari 1 inovasi disahkan", `href="/kemajuan?kelompok=berjalan"`,
		}},
		{name: "for one that is not theirs", as: "pendamping", method: "GET", path: "/kemajuan?pengingat={other}", status: 200, want: []string{"tidak ada di papan Anda"}, not: []string{"Dinas other", "wa.me"}},
		{name: "for none", as: "brida", method: "GET", path: "/kemajuan?pengingat=" + strings.Repeat("%27x", 3_000), status: 200, want: []string{"tidak ada di papan Anda"}, not: []string{"wa.me"}},
		{name: "in English", as: "brida", method: "POST", path: "/bahasa", form: form("bahasa", "en", "ke", "/kemajuan"), status: 303},
		{name: "it is English", as: "brida", method: "GET", path: "/kemajuan?pengingat=terlambat", status: 200, want: []string{"Progress board", "Still late: ", "No innovation registered"}},
		{name: "back", as: "brida", method: "POST", path: "/bahasa", form: form("bahasa", "id", "ke", "/kemajuan"), status: 303},
	}},
	{name: "the requests that the board counts", requests: []request{
		{name: "data is asked for", as: "brida", method: "POST", path: "/permintaan-data", form: form("periode", "2026", "baris", "SPD-04", "kepada", "{agency}", "tenggat", "2099-01-02"), status: 303},
		{name: "the board counts it", as: "brida", method: "GET", path: "/kemajuan", status: 200, want: []string{`href="/permintaan-data?keadaan=menunggu&amp;perangkat={agency}&amp;periode=2026"`}},
		{name: "of an agency", as: "brida", method: "GET", path: "/permintaan-data?keadaan=menunggu&perangkat={agency}&periode=2026", status: 200, want: []string{"Dinas own", "hapus"}, not: []string{"Dinas other"}},
		{name: "that wait", as: "brida", method: "GET", path: "/permintaan-data?keadaan=menunggu", status: 200, want: []string{"Menunggu jawaban", "hapus"}},
		{name: "of one whose requests they may not read", as: "operator", method: "GET", path: "/permintaan-data?perangkat={other}", status: 200, not: []string{"Dinas other"}},
	}},
	{name: "the limits of the board", requests: []request{
		{name: "the defaults", as: "brida", method: "GET", path: limits, status: 200, want: []string{`value="20"`, `value="14"`}},
		{name: "not for the pimpinan", as: "pimpinan", method: "GET", path: limits, status: 403},
		{name: "nor their form", as: "kepala", method: "POST", path: limits, form: form("diam", "30", "laju", "7"), status: 403},
		{name: "no numbers", as: "brida", method: "POST", path: limits, form: form("diam", "dua puluh", "laju", "0"), status: 422, want: []string{`href="#diam"`, `href="#laju"`, `value="dua puluh"`, "dari 1 sampai 180", "dari 1 sampai 90"}},
		{name: "too many", as: "admin", method: "POST", path: limits, form: form("diam", "181", "laju", "99999999999999999999"), status: 422, want: []string{`href="#diam"`, `href="#laju"`}},
		{name: "other ones", as: "brida", method: "POST", path: limits, form: form("diam", " 30 ", "laju", "7"), status: 303, want: []string{"/kemajuan?tersimpan=1"}},
		{name: "they stay", as: "admin", method: "GET", path: limits, status: 200, want: []string{`value="30"`, `value="7"`}},
		{name: "the board says so", as: "brida", method: "GET", path: "/kemajuan", status: 200, want: []string{"tidak bergerak lebih dari 30 hari"}},
		{name: "not in another region", as: "outsider", method: "GET", path: limits, status: 200, want: []string{`value="20"`}},
	}},
}
