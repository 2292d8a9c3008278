package pdf_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"siida.id/internal/infra/pdf"
)

const signs = "Pe’er – “Sé” × 1 … >= 2"

func made(t *testing.T, mark string) []byte {
	t.Helper()
	doc := pdf.New("Judul", mark, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), func(page int) string { return "Halaman " + strconv.Itoa(page) })
	doc.Title("Judul")
	doc.Section("Bagian")
	doc.Text(strings.ReplaceAll(signs, ">=", "≥"))
	var rows [][]string
	for i := range 120 {
		rows = append(rows, []string{strconv.Itoa(i), "baris " + strings.Repeat("panjang ", i%20)})
	}
	doc.Table([]pdf.Column{{Name: "Nomor", Share: 1, Number: true}, {Name: "Uraian", Share: 3}}, rows)
	content, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// An independent reader finds every word, the heads of a table, the mark and
// the number on each page.
func TestPaperIsReadByOthers(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Fatal("pdftotext is missing; install with: sudo apt-get install --no-install-recommends poppler-utils")
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, made(t, "CONTOH"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	sheets := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if !strings.Contains(text, signs) || len(sheets) < 3 || !strings.Contains(sheets[len(sheets)-1], "119") {
		t.Errorf("%d pages:\n%s", len(sheets), text)
	}
	for i, sheet := range sheets {
		for _, word := range []string{"CONTOH", "Halaman " + strconv.Itoa(i+1), "Uraian"} {
			if !strings.Contains(sheet, word) {
				t.Errorf("page %d has no %q:\n%s", i+1, word, sheet)
			}
		}
	}
}

func TestSameWordsSameBytes(t *testing.T) {
	if !bytes.Equal(made(t, ""), made(t, "")) {
		t.Error("the same words made other bytes")
	}
}
