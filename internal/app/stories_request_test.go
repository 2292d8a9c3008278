package app

import (
	"slices"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/region"
)

const (
	askPath = "/permintaan-data"
	oneAsk  = "/permintaan-data/{request}"
)

// asking is a whole request for one row.
var asking = form("periode", "2026", "baris", "SPD-04", "kepada", "{agency}", "tenggat", "2099-01-02", "catatan", "Angka <2025>")

// lastRequest is the data request of the first region that was made last.
func (w *twoRegions) lastRequest(t *testing.T) (last string) {
	t.Helper()
	brida := actor.Actor{ID: "x", Region: w.home.Code, Assignments: []actor.Assignment{{Role: actor.Brida}}}
	l, err := w.Regional.Listing(actor.With(region.Within(t.Context(), w.home), brida), "2026")
	must(t, err)
	ids := []string{""}
	for _, r := range l.List {
		ids = append(ids, r.ID)
	}
	return slices.Max(ids)
}

// dataRequestStories are of what BRIDA asks agencies for, and of their answers.
var dataRequestStories = map[string][]request{
	"a data request": {
		{"none yet", "operator", "GET", askPath, nil, "", "", 200, []string{"Belum ada permintaan data"}, []string{`href="/permintaan-data/baru"`}},
		{"BRIDA may ask", "brida", "GET", askPath, nil, "", "", 200, []string{`href="/permintaan-data/baru"`}, nil},
		{"from the row itself", "brida", "GET", ownRow, nil, "", "", 200, []string{`href="/permintaan-data/baru?baris=SPD-04"`}, nil},
		{"of a period that is not open", "brida", "GET", askPath + "?periode=1999", nil, "", "", 404, nil, nil},
		{"a visitor signs in first", "", "GET", askPath, nil, "", "", 303, []string{"/masuk?"}, nil},
		{"whose task has ended", "ended", "GET", askPath, nil, "", "", 403, nil, nil},
		{
			"the form, with the row", "brida", "GET", askPath + "/baru?baris=SPD-04", nil, "", "", 200,
			[]string{`value="SPD-04" checked`, `value="SPD-08"`, "Semua Deputi Dinas own", "Orang pendamping", `value="{agency}"`},
			[]string{"Orang kepala", "Orang ended", "Orang later", "rahasia-away"},
		},
		{"not for an operator", "operator", "GET", askPath + "/baru", nil, "", "", 403, nil, []string{`name="baris"`}},
		{"nor by hand", "operator", "POST", askPath, asking, "", "", 403, nil, nil},
		{"all mistakes at once", "brida", "POST", askPath, form("kepada", "x", "tenggat", "2020-01-01", "catatan", "Angka <2025>"), "", "", 422, []string{`href="#baris"`, `href="#kepada"`, `href="#tenggat"`, `value="2020-01-01"`, "Angka &lt;2025&gt;"}, []string{"<2025>"}},
		{"nothing is asked", "brida", "GET", askPath, nil, "", "", 200, []string{"Belum ada permintaan data"}, nil},
		{"with a form of another year", "brida", "POST", askPath, form("periode", "2025", "baris", "SPD-04", "kepada", "{agency}", "tenggat", "2099-01-02"), "", "", 422, []string{"Periode 2026 kini berjalan", `value="SPD-04" checked`, `name="periode" value="2026"`}, []string{`value="2025"`}},
		{"asking", "brida", "POST", askPath, asking, "", "", 303, []string{askPath}, nil},
		{"the agency sees it first thing", "operator", "GET", "/", nil, "", "", 200, []string{"Jawab permintaan data: ", `href="/permintaan-data/{request}"`, "2 Januari 2099"}, nil},
		{"its pendamping too", "pendamping", "GET", "/", nil, "", "", 200, []string{`href="/permintaan-data/{request}"`}, nil},
		{"its head answers nothing", "kepala", "GET", "/", nil, "", "", 200, nil, []string{"permintaan-data/"}},
		{"nor does another agency", "child", "GET", "/", nil, "", "", 200, nil, []string{"permintaan-data/"}},
		{"nobody else reads it", "child", "GET", oneAsk, nil, "", "", 404, nil, []string{"2025"}},
		{"nor lists it", "parent", "GET", askPath, nil, "", "", 200, []string{"Belum ada permintaan data"}, []string{"{request}"}},
		{"another region has none", "outsider", "GET", oneAsk, nil, "", "", 404, nil, []string{"2025"}},
		{"the agency's list", "kepala", "GET", askPath, nil, "", "", 200, []string{"Diminta", "Semua Deputi", `href="/permintaan-data/{request}"`}, nil},
		{"the row tells of it", "operator", "GET", ownRow, nil, "", "", 200, []string{`href="/permintaan-data/{request}"`}, []string{`href="/permintaan-data/baru`}},
		{"and not to another agency", "child", "GET", ownRow, nil, "", "", 200, nil, []string{"permintaan-data/"}},
		{"its page", "operator", "GET", oneAsk, nil, "", "", 200, []string{"Angka &lt;2025&gt;", "2 Januari 2099", `name="angka"`, `name="versi" value="1"`}, []string{"<2025>", "/terima", "/tarik"}},
		{"a head reads it", "kepala", "GET", oneAsk, nil, "", "", 200, []string{"Angka &lt;2025&gt;"}, []string{`name="angka"`}},
		{"no file yet", "operator", "GET", oneAsk + "/berkas", nil, "", "", 404, nil, nil},
		{"BRIDA does not answer itself", "brida", "POST", oneAsk + "/jawab", form("angka", "1", "tahun", "2025", "sumber", "BPS", "versi", "1"), "", "", 403, nil, nil},
		{"nor accepts what is not answered", "brida", "POST", oneAsk + "/terima", form("versi", "1"), "", "", 409, []string{"Langkah ini tidak ada"}, nil},
		{
			"all mistakes, and the file is kept", "operator", "POST", oneAsk + "/jawab", form("angka", "5,2", "tahun", "dulu", "satuan", "%", "versi", "1"), "rilis.pdf", "%PDF-1.7 rahasia-own",
			422,
			[]string{`href="#tahun"`, `href="#sumber"`, `value="5,2"`, `value="dulu"`, "rilis.pdf sudah tersimpan", `name="terkirim"`},
			[]string{`href="#berkas"`},
		},
		{"neither figure nor file", "operator", "POST", oneAsk + "/jawab", form("sumber", "BPS <b>", "versi", "1"), "", "", 422, []string{`href="#berkas"`, "BPS &lt;b&gt;"}, []string{"<b>"}},
		{"a file of no kind that counts", "operator", "POST", oneAsk + "/jawab", form("sumber", "BPS", "versi", "1"), "rilis.txt", "isi", 422, []string{`href="#berkas"`, `value="BPS"`}, nil},
		{"answering", "operator", "POST", oneAsk + "/jawab", form("angka", "5,2", "tahun", "2025", "satuan", "%", "sumber", "BPS <b>", "versi", "1"), "rilis.pdf", "%PDF-1.7 rahasia-own", 303, []string{"/permintaan-data/{request}?tersimpan"}, nil},
		{"nothing waits there any more", "operator", "GET", "/", nil, "", "", 200, nil, []string{"Jawab permintaan data"}},
		{"BRIDA is told", "brida", "GET", "/", nil, "", "", 200, []string{"Periksa jawaban Dinas own", `href="/permintaan-data/{request}"`}, nil},
		{"and reads it", "brida", "GET", oneAsk, nil, "", "", 200, []string{"5,2 %", "BPS &lt;b&gt;", "Orang operator", "rilis.pdf", "/terima", "/kembalikan", "/tarik"}, []string{"<b>", "/ambil"}},
		{"its file", "brida", "GET", oneAsk + "/berkas", nil, "", "", 200, []string{"%PDF-1.7 rahasia-own"}, nil},
		{"is for nobody else", "child", "GET", oneAsk + "/berkas", nil, "", "", 404, nil, []string{"%PDF"}},
		{"nothing earns yet", "operator", "GET", "/daerah", nil, "", "", 200, []string{"0 dari 20 terbukti"}, nil},
		{"returning without a reason", "brida", "POST", oneAsk + "/kembalikan", form("versi", "2"), "", "", 422, []string{`href="#alasan_kembalikan"`}, []string{`href="#alasan_tarik"`}},
		{"returning", "brida", "POST", oneAsk + "/kembalikan", form("versi", "2", "alasan_kembalikan", "Tahun <2024>"), "", "", 303, []string{"/permintaan-data/{request}"}, nil},
		{"the agency reads why", "operator", "GET", oneAsk, nil, "", "", 200, []string{"Dikembalikan", "Tahun &lt;2024&gt;", `value="5,2"`, `name="versi" value="3"`}, []string{"<2024>"}},
		{"an old form", "operator", "POST", oneAsk + "/jawab", form("angka", "9,9", "tahun", "2025", "sumber", "BPS", "versi", "1"), "", "", 409, []string{"Orang lain baru saja mengubah permintaan ini", `value="9,9"`, `name="versi" value="3"`}, nil},
		{"answering again keeps the file", "pendamping", "POST", oneAsk + "/jawab", form("angka", "5,3", "tahun", "2025", "satuan", "%", "sumber", "BPS", "versi", "3"), "", "", 303, nil, nil},
		{"accepting what was seen before", "brida", "POST", oneAsk + "/terima", form("versi", "2"), "", "", 409, []string{"Orang lain baru saja mengubah permintaan ini"}, nil},
		{"taking before accepting", "brida", "POST", oneAsk + "/ambil", nil, "", "", 409, []string{"belum diterima"}, nil},
		{"accepting", "brida", "POST", oneAsk + "/terima", form("versi", "4"), "", "", 303, []string{"/permintaan-data/{request}"}, nil},
		{"the agency changes it no more", "operator", "POST", oneAsk + "/jawab", form("angka", "1", "tahun", "2025", "sumber", "BPS", "versi", "5"), "", "", 409, []string{"Langkah ini tidak ada", `value="1"`}, nil},
		{"nor takes it", "operator", "POST", oneAsk + "/ambil", nil, "", "", 403, nil, nil},
		{"taking", "brida", "POST", oneAsk + "/ambil", nil, "", "", 303, []string{ownRow}, nil},
		{"it is in the answer, without an option", "child", "GET", ownRow, nil, "", "", 200, []string{"5,3 %", "rilis.pdf", "Belum dijawab"}, nil},
		{"it says so", "operator", "GET", oneAsk, nil, "", "", 200, []string{"Diterima", "Sudah dipakai"}, []string{`name="angka"`, "/ambil"}},
		{"taking twice", "admin", "POST", oneAsk + "/ambil", nil, "", "", 409, []string{"sudah dipakai"}, nil},
		{"one that is not there", "brida", "POST", askPath + "/tidak-ada/terima", form("versi", "1"), "", "", 404, nil, nil},
		{"a move that is none", "brida", "POST", oneAsk + "/hapus", form("versi", "5"), "", "", 404, nil, nil},
	},
	"a data request that is withdrawn": {
		{"to one person", "brida", "POST", askPath, form("baris", "SPD-08", "kepada", "{agency}", "tenggat", "2099-01-02"), "", "", 303, nil, nil},
		{"withdrawing", "brida", "POST", oneAsk + "/tarik", form("versi", "1", "alasan_tarik", "Sudah ada"), "", "", 303, nil, nil},
		{"the agency has nothing to do", "operator", "GET", "/", nil, "", "", 200, nil, []string{"permintaan-data/"}},
		{"and reads why", "operator", "GET", oneAsk, nil, "", "", 200, []string{"Ditarik", "Sudah ada"}, []string{`name="angka"`}},
		{"one more", "brida", "POST", askPath, form("baris", "SPD-08", "kepada", "{agency}", "tenggat", "2099-01-02"), "", "", 303, nil, nil},
		{"closing the period", "brida", "POST", "/periode/2026/tutup", nil, "", "", 303, nil, nil},
		{"nobody is asked any more", "operator", "GET", "/", nil, "", "", 200, nil, []string{"permintaan-data/"}},
		{"it is still read", "operator", "GET", oneAsk, nil, "", "", 200, []string{"tutup"}, []string{`name="angka"`}},
		{"and not answered; what was typed comes back", "operator", "POST", oneAsk + "/jawab", form("angka", "7,7", "tahun", "2025", "sumber", "BPS", "versi", "1"), "", "", 409, []string{"tutup", `value="7,7"`}, nil},
		{"nor withdrawn", "brida", "POST", oneAsk + "/tarik", form("versi", "1", "alasan_tarik", "Lain"), "", "", 409, []string{"tutup"}, nil},
		{"the form says so, and asks for nothing", "brida", "GET", askPath + "/baru", nil, "", "", 200, []string{"Periode 2026 ditutup sejak", "membuka periode"}, []string{`name="baris"`}},
		{"no new one; what was typed comes back", "brida", "POST", askPath, asking, "", "", 409, []string{"Periode 2026 ditutup sejak", `value="SPD-04" checked`, `value="2099-01-02"`, "Angka &lt;2025&gt;"}, []string{"<2025>"}},
	},
}
