package demo

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/index"
	"siida.id/internal/test/world"
)

// outside runs a third-party reader; without it the test fails.
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

// fetched saves the file at a path of the demo to the disk.
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
	world.Must(t, os.WriteFile(file, w.Body.Bytes(), 0o600))
	return file
}

// checkPDF has poppler read a PDF, and stores a picture of its pages.
func checkPDF(t *testing.T, file string, want index.Report, draft bool) {
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
		words := []string{"CONTOH", "Indeks " + want.Period.ID + ", Kabupaten Lampung Selatan", fmt.Sprintf("Halaman %d dari %d", i+1, len(sheets))}
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
	for _, never := range []string{"BSrE", "sertifikat elektronik"} {
		if strings.Contains(text, never) {
			t.Errorf("the report has %q, which does not exist", never)
		}
	}
	if draft == printedCode.MatchString(text) {
		t.Errorf("a draft has no code to check, any other has one:\n%s", text)
	}
}

// checkWorkbook has LibreOffice read a workbook: its text, and the types of its cells.
func checkWorkbook(t *testing.T, file string, want index.Report) {
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
	world.Must(t, err)
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

// cells returns the cells of a sheet: the second column by the first or, if the first
// is a number, the third by the second.
func cells(t *testing.T, folder, name string) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "indeks-"+name+".csv"))
	world.Must(t, err)
	defer func() { _ = f.Close() }()
	reader := csv.NewReader(f)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	world.Must(t, err)
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
