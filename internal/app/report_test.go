package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"siida.id/internal/index"
	"siida.id/internal/regional"
	"siida.id/internal/report"
)

// outside runs a reader that is not ours; without it the test fails.
func outside(t *testing.T, name, pkg string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is missing; install with: sudo apt-get install --no-install-recommends %s", name, pkg)
	}
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// fetched is the file at a path of the demo, on the disk under a name.
func fetched(t *testing.T, h http.Handler, token, path, name string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	file := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(file, w.Body.Bytes(), 0o600))
	return file
}

// crestPicture is a made-up crest, such as somebody might send: larger than what
// is kept, and with parts that can be seen through.
func crestPicture(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 800, 1000))
	for y := range 1000 {
		for x := range 800 {
			dx, dy := x-400, y-420
			switch {
			case y > 420 && abs(dx) > 380-(y-420)*2/3, y <= 420 && (abs(dx) > 380 || y < 20):
			case dx*dx+dy*dy < 150*150:
				img.Set(x, y, color.NRGBA{214, 168, 42, 255})
			default:
				img.Set(x, y, color.NRGBA{21, 89, 173, 255})
			}
		}
	}
	var out bytes.Buffer
	must(t, png.Encode(&out, img))
	return out.Bytes()
}

func abs(n int) int { return max(n, -n) }

// lettered sets up a letterhead as BRIDA would.
func lettered(t *testing.T, ctx context.Context, p *program) {
	t.Helper()
	logo, err := p.report.ReceiveLogo(ctx, bytes.NewReader(crestPicture(t)))
	must(t, err)
	must(t, p.report.SaveLetterhead(ctx, report.Entry{
		Government: "PEMERINTAH KABUPATEN LAMPUNG SELATAN", Agency: "BADAN RISET DAN INOVASI DAERAH",
		Address: "Jalan Contoh Nomor 1, Kalianda 35513", Contact: "Telepon (0727) 000000, pos-el brida@contoh.example",
		Pattern: "000.9.2/{nomor}/{kode OPD}/{bulan}/{tahun}", Code: "BRIDA", Place: "Kalianda", LogoID: logo.ID,
		Signer: report.Signer{
			Office: report.OtherOffice, Position: "Kepala Badan Riset dan Inovasi Daerah Kabupaten Lampung Selatan",
			Before: "Dr.", Name: "Sri Contoh Rahayu", After: "S.Sos., M.Si.", Rank: "Pembina Utama Muda, IV/c", NIP: "198001012005012001",
		},
	}, nil))
}

// at fetches with a clock of its own.
func (p *program) at(moment time.Time) { p.clock = func() time.Time { return moment } }

// Readers that are not ours find the figures of the index page in its files,
// drafts and issued ones, and on every page that they are made up.
func TestReportsAreReadByOthers(t *testing.T) {
	p := demoProgram(t)
	p.at(time.Date(2027, 3, 1, 20, 0, 0, 0, time.UTC)) // the second of March where people live
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	regions, err := p.regions.All(t.Context())
	must(t, err)
	ctx := clerk(t, regions[0])
	lettered(t, ctx, p)
	want, err := p.index.Of(ctx, "2026")
	must(t, err)
	issue(t, h, token, "2026")
	issued := p.lastIssuedOf(t, ctx)
	draft, letter := "/laporan/indeks/2026/", "/laporan/terbit/"+issued.ID+"/"

	for name, path := range map[string]string{"draft": draft, "issued": letter} {
		t.Run(name+" paper", func(t *testing.T) {
			file := fetched(t, h, token, path+"pdf", name+".pdf")
			holdsPaper(t, file, want, name == "draft")
		})
		t.Run(name+" workbook", func(t *testing.T) {
			holdsWorkbook(t, fetched(t, h, token, path+"xlsx", "indeks.xlsx"), want)
		})
	}
}

// What was issued stays as it was, to the byte, whatever becomes of the letterhead,
// of the answers and of the demo's people; a draft follows them.
func TestIssuedReportsNeverChange(t *testing.T) {
	p := demoProgram(t)
	p.at(time.Date(2027, 3, 2, 3, 0, 0, 0, time.UTC))
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	regions, err := p.regions.All(t.Context())
	must(t, err)
	ctx := clerk(t, regions[0])
	lettered(t, ctx, p)
	issue(t, h, token, "2027")
	issued := p.lastIssuedOf(t, ctx)
	draft, letter := "/laporan/indeks/2027/", "/laporan/terbit/"+issued.ID+"/"
	all := func() (list []string) {
		for _, path := range []string{letter + "pdf", letter + "xlsx", draft + "pdf", draft + "xlsx"} {
			list = append(list, answerTo(t, h, token, http.MethodGet, path, "").Body.String())
		}
		return list
	}
	before := all()
	for i, sum := range []string{issued.Paper.Sum, issued.Book.Sum} {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(before[i]))); got != sum {
			t.Errorf("the bytes have the sum %s, and the register says %s", got, sum)
		}
	}
	l, err := p.report.Letterhead(ctx)
	must(t, err)
	e := report.EntryOf(l)
	e.Agency, e.Signer.Name, e.LogoID = "DINAS LAIN", "Orang Lain", ""
	must(t, p.report.SaveLetterhead(ctx, e, nil))
	must(t, p.regional.Save(ctx, "2027", "SPD-04", regional.Entry{Choice: "1"}, nil))
	after := all()
	for i, changed := range []bool{false, false, true, true} {
		if (before[i] != after[i]) != changed {
			t.Errorf("file %d has changed: %v, want %v", i, !changed, changed)
		}
	}
	if found, err := p.report.Issued(ctx, issued.ID); err != nil || found != issued {
		t.Errorf("the register says %+v, %v, and said %+v", found, err, issued)
	}
}

// A draft is the same all day, to the byte, so that nobody loads it twice; the
// next day has another one.
func TestDraftsAreTheSameAllDay(t *testing.T) {
	p := demoProgram(t)
	h := pages(t, p)
	for _, form := range []string{"pdf", "xlsx"} {
		ask := func(moment time.Time) *httptest.ResponseRecorder {
			p.at(moment)
			return answerTo(t, h, session(t, p, "admin", demoLogin(t)), http.MethodGet, "/laporan/indeks/2027/"+form, "")
		}
		morning := ask(time.Date(2027, 3, 2, 3, 0, 0, 0, time.UTC))
		later := ask(time.Date(2027, 3, 2, 3, 21, 7, 9, time.UTC))
		next := ask(time.Date(2027, 3, 2, 17, 0, 0, 0, time.UTC)) // midnight where people live
		if morning.Code != http.StatusOK || morning.Body.String() != later.Body.String() || morning.Header().Get("ETag") != later.Header().Get("ETag") {
			t.Errorf("%s: %d, other bytes twenty minutes later", form, morning.Code)
		}
		if morning.Body.String() == next.Body.String() || next.Code != http.StatusOK {
			t.Errorf("%s: %d, the bytes of the day before", form, next.Code)
		}
	}
}

// issue issues the report of a period as a person does: he looks, and agrees.
func issue(t *testing.T, h http.Handler, token, period string) {
	t.Helper()
	path := "/laporan/indeks/" + period + "/terbitkan"
	form := url.Values{}
	for _, m := range regexp.MustCompile(`name="(nomor|versi)" value="(\d+)"`).FindAllStringSubmatch(answerTo(t, h, token, http.MethodGet, path, "").Body.String(), -1) {
		form.Set(m[1], m[2])
	}
	if w := answerTo(t, h, token, http.MethodPost, path, form.Encode()); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/laporan/terbit/") {
		t.Fatalf("issuing: %d %s", w.Code, w.Body)
	}
}

// asked is the answer to a request with a session.
func answerTo(t *testing.T, h http.Handler, token, method, path, form string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func (p *program) lastIssuedOf(t *testing.T, ctx context.Context) report.Issued {
	t.Helper()
	list, err := p.report.Register(ctx)
	must(t, err)
	if len(list) == 0 {
		t.Fatal("nothing was issued")
	}
	return list[0]
}

// holdsPaper has poppler read a PDF, and keeps a picture of its pages.
func holdsPaper(t *testing.T, file string, want index.Report, draft bool) {
	t.Helper()
	if info := outside(t, "pdfinfo", "poppler-utils", file); !strings.Contains(info, "(A4)") {
		t.Errorf("not on A4:\n%s", info)
	}
	outside(t, "pdftoppm", "poppler-utils", "-r", "60", "-png", file, filepath.Join(t.ArtifactDir(), "halaman"))
	text := outside(t, "pdftotext", "poppler-utils", "-layout", file, "-")
	sheets := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(sheets) < 4 {
		t.Errorf("%d pages, want the letter and three annexes", len(sheets))
	}
	for i, sheet := range sheets {
		words := []string{"CONTOH", fmt.Sprintf("Halaman %d dari %d", i+1, len(sheets))}
		if draft != strings.Contains(sheet, "KONSEP") {
			t.Errorf("page %d: a draft says that it is one, and no other does:\n%s", i+1, sheet)
		}
		if !draft {
			words = append(words, "000.9.2/1/BRIDA/III/2027")
		}
		for _, word := range words {
			if !strings.Contains(sheet, word) {
				t.Errorf("page %d lacks %q:\n%s", i+1, word, sheet)
			}
		}
	}
	flat := strings.Join(strings.Fields(text), " ")
	words := []string{
		"PEMERINTAH KABUPATEN LAMPUNG SELATAN", "BADAN RISET DAN INOVASI DAERAH", "Kalianda, 2 Maret 2027", "Dr. Sri Contoh Rahayu, S.Sos., M.Si.",
		"Pembina Utama Muda, IV/c", "NIP 19800101 200501 2 001", strings.Replace(want.Result.Index.String(), ".", ",", 1), want.Result.Predicate,
		"max(minimum, n)", "Lampiran 3. Alasan setiap angka", want.Affairs[0].Name, strings.Replace(want.Published().Figure.Round(2).String(), ".", ",", 1),
	}
	for _, words := range words {
		if !strings.Contains(flat, words) {
			t.Errorf("%q is not on paper:\n%s", words, text)
		}
	}
	for _, never := range []string{"BSrE", "sertifikat elektronik", "/v/"} {
		if strings.Contains(text, never) {
			t.Errorf("paper tells of %q, which there is not", never)
		}
	}
}

// holdsWorkbook has LibreOffice read a workbook: its words, and the types of its cells.
func holdsWorkbook(t *testing.T, file string, want index.Report) {
	t.Helper()
	folder := filepath.Dir(file)
	convert := func(to string) {
		outside(t, "soffice", "libreoffice-calc-nogui", "-env:UserInstallation=file://"+folder+"/profile", "--headless",
			"--convert-to", to, "--outdir", folder, file)
	}
	convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1")
	figures := cells(t, folder, "Ringkasan")
	if got := figures["Indeks Inovasi Daerah"]; got != want.Result.Index.String() {
		t.Errorf("the index is %q, want %s", got, want.Result.Index)
	}
	found := cells(t, folder, "Inovasi")
	for i := range want.Counted {
		e := &want.Counted[i]
		if _, listed := found[e.Name]; !listed {
			t.Errorf("%s is not listed", e.Name)
		}
	}
	for _, name := range []string{"Aspek", "Urusan", "Perangkat daerah", "Indikator", "Tidak dihitung", "Alasan"} {
		if len(cells(t, folder, name)) < 2 {
			t.Errorf("sheet %s is empty", name)
		}
	}
	convert("fods")
	flat, err := os.ReadFile(filepath.Join(folder, "indeks.fods"))
	must(t, err)
	for _, cell := range []string{
		`office:value-type="float" office:value="` + want.Result.Index.String() + `"`,
		`office:value-type="date" office:date-value="2027-03-02"`,
		`office:value-type="percentage"`,
	} {
		if !strings.Contains(string(flat), cell) {
			t.Errorf("no cell is %s", cell)
		}
	}
}

// cells are the rows of a sheet: the second column by the first, and where the
// first is a number, the third by the second.
func cells(t *testing.T, folder, name string) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "indeks-"+name+".csv"))
	must(t, err)
	defer func() { _ = f.Close() }()
	reader := csv.NewReader(f)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	must(t, err)
	found := map[string]string{}
	for _, row := range rows {
		for i := 0; i+1 < min(len(row), 3); i++ {
			if _, taken := found[row[i]]; !taken {
				found[row[i]] = row[i+1]
			}
		}
	}
	return found
}
