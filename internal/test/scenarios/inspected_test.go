package scenarios

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/file"
	"siida.id/internal/infra/samplefile"
	"siida.id/internal/period"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "inspect" { // a child of inspecting
		os.Exit(app.Run(context.Background(), os.Args[1:], app.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	os.Exit(m.Run())
}

// inspecting lets a world inspect files as a serving program does, in as much time as a
// busy machine needs.
func inspecting(w *world.Regions) {
	w.Program.Files.Inspector, w.Program.Files.QuickTime = app.NewInspector(os.Args[0], "inspect"), time.Minute
}

// caseFile returns a file of the cases.
func caseFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "infra", "inspect", "testdata", name))
	world.Must(t, err)
	return string(content)
}

// letter returns a PDF that opens.
func letter(t *testing.T) string {
	t.Helper()
	content, err := samplefile.PDF("CONTOH", "Surat", []string{"Isi"})
	world.Must(t, err)
	return string(content)
}

// A file that cannot be opened is refused by the form, with why, and proves nothing.
func TestCaseB5FilesThatCannotBeOpened(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		inspecting(w)
		handler := world.Pages(t, w.Program)
		const path = "/inovasi/{innovation}/2026/SID-17"
		answer := request{
			as: "operator", method: "POST", path: path, file: "sk.pdf", status: 422,
			form: form("versi", "0", "pilihan", "1", "nomor", "7/2025", "tentang", "SK tim", "tanggal", "14/3/2025"),
		}
		for name, want := range map[string]string{
			"hdr-only.pdf": "sk.pdf tidak dapat dibuka: rusak atau terpotong", "trunc.pdf": "sk.pdf tidak dapat dibuka",
			"zeropage.pdf": "sk.pdf tidak berisi satu halaman pun", "locked.pdf": "sk.pdf terkunci kata sandi",
		} {
			answer.name, answer.bytes, answer.want, answer.not = name, caseFile(t, name), []string{`href="#berkas"`, want, `value="SK tim"`}, []string{`name="terkirim"`}
			answer.check(t, send(t, w, handler, answer))
		}
		stays := request{name: "nothing was saved", as: "operator", method: "GET", path: path, status: 200, want: []string{`name="versi" value="0"`}, not: []string{"SK tim"}}
		stays.check(t, send(t, w, handler, stays))
		answer.name, answer.bytes, answer.status, answer.want, answer.not = "a letter", letter(t), 303, nil, nil
		answer.check(t, send(t, w, handler, answer))
	})
}

// Every form that takes a file refuses one that cannot be opened.
func TestCaseB5EveryForm(t *testing.T) {
	for _, tt := range sweptForms {
		t.Run(tt.room, func(t *testing.T) {
			w := world.New(t)
			handler := world.Pages(t, w.Program)
			for _, r := range tt.before {
				r.check(t, send(t, w, handler, r))
			}
			inspecting(w)
			name, bytes := "sk.pdf", caseFile(t, "locked.pdf")
			want := []string{`href="#` + tt.missing + `"`, "terkunci kata sandi"}
			if strings.HasSuffix(tt.file, ".png") { // decoding it says why
				name, bytes, want = "lambang.png", crest(30)[:60], want[:1]
			}
			r := request{name: "what cannot be opened", as: tt.as, method: "POST", path: tt.path, form: tt.right, file: name, bytes: bytes, status: 422, want: want}
			r.check(t, send(t, w, handler, r))
		})
	}
}

// Films of cameras are taken.
func TestCaseB10FilmsOfCameras(t *testing.T) {
	w := world.New(t)
	inspecting(w)
	handler := world.Pages(t, w.Program)
	for _, name := range []string{"brand-3gp4.mp4", "brand-M4V_.mp4"} {
		r := request{
			name: name, as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-35", file: "film.mp4", bytes: caseFile(t, name), status: 422,
			form: form("versi", "0", "pilihan", "1"), want: []string{`href="#tentang"`, `name="terkirim"`}, not: []string{`href="#berkas"`},
		}
		r.check(t, send(t, w, handler, r))
	}
}

// On a server without its tool a PDF is taken and not checked, which the admin reads; once
// the tool is there the job inspects it.
func TestCaseB5ServerWithoutTheTool(t *testing.T) {
	w := world.New(t)
	inspecting(w)
	handler := world.Pages(t, w.Program)
	path := os.Getenv("PATH")
	t.Setenv("PATH", t.TempDir())
	r := request{name: "a locked letter", as: "brida", method: "POST", path: "/sk/{decree}/pindaian", file: "sk.pdf", bytes: caseFile(t, "locked.pdf"), status: 303}
	r.check(t, send(t, w, handler, r))
	status := request{name: "without", as: "admin", method: "GET", path: "/keadaan", status: 200, want: []string{"pdfinfo tidak ada di server", "1 berkas belum diperiksa isinya"}}
	status.check(t, send(t, w, handler, status))
	t.Setenv("PATH", path)
	more, err := w.Program.Files.Inspect(region.Within(t.Context(), w.Home))
	if more || err != nil {
		t.Errorf("more %v, %v", more, err)
	}
	status.name, status.want, status.not = "with it", nil, []string{"pdfinfo", "belum diperiksa"}
	status.check(t, send(t, w, handler, status))
	list, err := w.Program.Files.Records.All(region.Within(t.Context(), w.Home))
	world.Must(t, err)
	found := 0
	for _, f := range list {
		if f.State == file.Unopenable && f.Reason == string(file.Locked) {
			found++
		}
	}
	if found != 1 {
		t.Errorf("%d files are locked", found)
	}
}

// A file that is found later to be one that cannot be opened proves nothing from then on,
// on every page; a closed period keeps its figures.
func TestCaseB5FoundLater(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		home := region.Within(t.Context(), w.Home)
		w.Program.Files.Inspector = nil
		handler := world.Pages(t, w.Program)
		admin := world.Acting(t, w.Program, w.Home, "admin")
		earned := func() string {
			t.Helper()
			sheet, err := w.Evidence.Sheet(admin, w.IDs["own"].Innovation, "2026")
			world.Must(t, err)
			return sheet.Maturity.Round(2).String()
		}
		const sheet, path = "/inovasi/{innovation}", "/inovasi/{innovation}/2026/SID-17"
		before := earned()
		for _, r := range []request{
			{
				name: "an answer", as: "operator", method: "POST", path: path, file: "sk.pdf", bytes: caseFile(t, "locked.pdf"), status: 303,
				form: form("versi", "0", "pilihan", "1", "nomor", "7/2025", "tentang", "SK tim", "tanggal", "14/3/2025"),
			},
			{
				name: "an answer of the region", as: "brida", method: "POST", path: "/daerah/2026/SPD-08", file: "opini.pdf", bytes: caseFile(t, "zeropage.pdf"), status: 303,
				form: form("versi", "0", "pilihan", "2", "tentang", "Opini BPK"),
			},
		} {
			r.check(t, send(t, w, handler, r))
		}
		claimed := earned()
		if claimed == before {
			t.Fatalf("the answer earns nothing: %s", claimed)
		}
		facts, err := w.Index.Store.Facts(home, "2026")
		world.Must(t, err)
		if facts.Region.Proven.Of("SPD-08") != 2 {
			t.Errorf("the region's answer is not proven: %+v", facts.Region)
		}
		inspect := func() {
			t.Helper()
			if _, err := w.Program.Files.Inspect(home); err != nil {
				t.Fatal(err)
			}
			world.Must(t, w.Evidence.VoidUnopenable(home))
			world.Must(t, w.Regional.VoidUnopenable(home))
		}
		world.Must(t, w.Periods.Do(admin, "2026", period.Close))
		inspecting(w)
		inspect()
		if got := earned(); got != claimed {
			t.Errorf("the closed period has %s, not %s", got, claimed)
		}
		world.Must(t, w.Periods.Do(admin, "2026", period.Reopen))
		for range 2 {
			inspect()
			if got := earned(); got != before {
				t.Errorf("what cannot be opened earns: %s, want %s", got, before)
			}
		}
		facts, err = w.Index.Store.Facts(home, "2026")
		world.Must(t, err)
		if facts.Region.Proven.Of("SPD-08") != 0 || facts.Region.Unproven.Of("SPD-08") != 2 {
			t.Errorf("the region's answer: %+v", facts.Region)
		}
		if list, err := w.Status.Derived.Mismatches(home); len(list) != 0 || err != nil {
			t.Errorf("summaries %v, %v", list, err)
		}
		for _, r := range []request{
			{name: "the sheet", as: "operator", method: "GET", path: sheet, status: 200, want: []string{"Perlu diperbaiki 1", "Perbaiki", "Berkasnya tidak dapat dibuka: 0 poin"}},
			{name: "the indicator", as: "operator", method: "GET", path: path, status: 200, want: []string{"sk.pdf terkunci kata sandi"}},
			{name: "the print", as: "operator", method: "GET", path: sheet + "/cetak", status: 200, want: []string{"terkunci kata sandi"}},
			{name: "the list of weak evidence", as: "brida", method: "GET", path: "/bukti-lemah", status: 200, want: []string{"SK tim", "Tidak dapat dibuka", "terkunci kata sandi"}},
			{name: "the region's indicator", as: "brida", method: "GET", path: "/daerah/2026/SPD-08", status: 200, want: []string{"opini.pdf tidak berisi satu halaman pun", "Perbaiki", "Berkasnya tidak dapat dibuka: 0 poin"}},
			{name: "the region's sheet", as: "brida", method: "GET", path: "/daerah", status: 200, want: []string{"Perbaiki", "Berkasnya tidak dapat dibuka: 0 poin"}},
			{name: "another indicator", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-18", status: 200, not: []string{"SK tim"}},
		} {
			r.check(t, send(t, w, handler, r))
		}
	})
}

// The kind "Tautan" with a file is asked about at the file; link and file both stay, and
// the person can let go of either.
func TestCaseB11LinkWithAFile(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		const path = "/inovasi/{innovation}/2026/SID-26"
		typed := form("versi", "0", "pilihan", "1", "jenis", "link", "tentang", "Halaman layanan", "alamat", "https://contoh.go.id/layanan")
		both := request{
			name: "both", as: "operator", method: "POST", path: path, file: "foto.png", bytes: picture, status: 422, form: typed,
			want: []string{`href="#berkas"`, "Hapus centang foto.png", `value="https://contoh.go.id/layanan"`, "foto.png sudah diterima", "Hapus centang untuk melepas berkas ini."},
		}
		page := send(t, w, handler, both)
		both.check(t, page)
		kept := keptFile.FindStringSubmatch(page.Body.String())
		if kept == nil {
			t.Fatal("the file is not kept")
		}
		for _, r := range []request{
			{name: "both again", as: "operator", method: "POST", path: path, status: 422, form: with(typed, "terkirim", kept[1]), want: []string{`href="#berkas"`, kept[1]}},
			{name: "a photo with a link", as: "operator", method: "POST", path: path, status: 422, form: with(with(typed, "terkirim", kept[1]), "jenis", "photo"), want: []string{`href="#alamat"`, kept[1]}},
			{name: "a letter", as: "operator", method: "POST", path: path, status: 422, form: with(with(typed, "terkirim", kept[1]), "jenis", "document"), want: []string{`href="#berkas"`, "foto.png sudah diterima, tetapi bukan PDF"}, not: []string{"tidak dapat dipakai"}},
			{name: "the link alone", as: "operator", method: "POST", path: path, status: 303, form: typed},
			{name: "it is a link", as: "operator", method: "GET", path: path, status: 200, want: []string{"Halaman layanan", "https://contoh.go.id/layanan"}, not: []string{"foto.png"}},
		} {
			r.check(t, send(t, w, handler, r))
		}
	})
}

// Evidence of 2015 where the pack asks for the last three years is taken, with a warning
// beside it and on every list.
func TestCaseB4EvidenceOfAnotherYear(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		const path = "/inovasi/{innovation}/2026/SID-17"
		for _, r := range []request{
			{
				name: "a letter of 2015", as: "operator", method: "POST", path: path, file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 303,
				form: form("versi", "0", "pilihan", "1", "nomor", "7/2015", "tentang", "SK lama", "tanggal", "14/3/2015"),
			},
			{name: "beside it", as: "operator", method: "GET", path: path, status: 200, want: []string{"Lemah", "di luar tahun yang diminta: 2024–2026"}},
			{name: "the sheet", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"1 bukti lemah"}},
			{name: "the print", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak", status: 200, want: []string{"di luar tahun yang diminta"}},
			{name: "the list", as: "operator", method: "GET", path: "/bukti-lemah", status: 200, want: []string{"SK lama", "Inovasi rahasia-own", "/2026/SID-17", "di luar tahun yang diminta", "14 Maret 2015"}, not: []string{"rahasia-other"}},
			{name: "that of BRIDA", as: "brida", method: "GET", path: "/bukti-lemah", status: 200, want: []string{`href="/daerah/2026"`, "SK lama", "Dinas own"}},
			{name: "of the agency", as: "brida", method: "GET", path: "/bukti-lemah?periode=2026&perangkat={agency}", status: 200, want: []string{"SK lama", "Dinas own"}},
			{name: "of another agency", as: "brida", method: "GET", path: "/bukti-lemah?perangkat={other}", status: 200, not: []string{"SK lama"}},
			{name: "of a page that is not there", as: "brida", method: "GET", path: "/bukti-lemah?halaman=99", status: 404},
			{name: "of a word for a page", as: "brida", method: "GET", path: "/bukti-lemah?halaman=dua", status: 404},
			{name: "of a period that is not there", as: "brida", method: "GET", path: "/bukti-lemah?periode=1999", status: 404},
			{name: "an agency below", as: "child", method: "GET", path: "/bukti-lemah", status: 200, not: []string{"SK lama", "rahasia-own"}},
			{name: "another region", as: "outsider", method: "GET", path: "/bukti-lemah", status: 200, not: []string{"SK lama", "rahasia-own"}},
			{name: "withdrawing", as: "operator", method: "POST", path: "/inovasi/{innovation}/tarik", form: form("alasan", "Ganda"), status: 303},
			{name: "its indicator offers no form", as: "operator", method: "GET", path: path, status: 200, want: []string{"ditarik atau dalam arsip", "SK lama"}, not: []string{`name="pilihan"`, "Lepas bukti"}},
			{name: "the list after it", as: "operator", method: "GET", path: "/bukti-lemah", status: 200, not: []string{"SK lama"}},
		} {
			r.check(t, send(t, w, handler, r))
		}
	})
}
