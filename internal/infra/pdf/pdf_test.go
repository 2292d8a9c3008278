package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"siida.id/internal/infra/pdf"
)

const signs = "Pe’er – “Sé” × 1 … ≥ 2"

// begun returns a document with a footer.
func begun(mark string) *pdf.Document {
	return pdf.New(pdf.Options{Title: "Judul", Watermark: mark, Day: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Foot: func(page, pages int) pdf.FootLine {
		return pdf.FootLine{Left: "Nomor 1/2026", Right: "Halaman " + strconv.Itoa(page) + " dari " + strconv.Itoa(pages), Below: "Periksa: contoh.example/v/BCDF"}
	}})
}

// read returns the pages of a document as text, read by an independent program.
func read(t *testing.T, doc *pdf.Document) []string {
	t.Helper()
	content, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, content)
}

func readBytes(t *testing.T, content []byte) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Fatal("pdftotext is missing; install with: sudo apt-get install --no-install-recommends poppler-utils")
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

func made(t *testing.T, mark string) []byte {
	t.Helper()
	doc := begun(mark)
	doc.Title("Judul")
	doc.Section("Bagian")
	doc.Text(signs + " Δ Ж ő")
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

// An independent reader finds every word, the header of the table, and watermark and
// number of each page.
func TestText(t *testing.T) {
	sheets := readBytes(t, made(t, "CONTOH"))
	text := strings.Join(sheets, "\f")
	if !strings.Contains(text, signs) || len(sheets) < 3 || !strings.Contains(sheets[len(sheets)-1], "119") {
		t.Errorf("%d pages:\n%s", len(sheets), text)
	}
	for i, sheet := range sheets {
		for _, word := range []string{"CONTOH", fmt.Sprintf("Halaman %d dari %d", i+1, len(sheets)), "Nomor 1/2026", "Periksa: contoh.example/v/BCDF", "Uraian"} {
			if !strings.Contains(sheet, word) {
				t.Errorf("page %d has no %q:\n%s", i+1, word, sheet)
			}
		}
	}
}

func TestReproducible(t *testing.T) {
	first := made(t, "")
	for range 20 {
		if !bytes.Equal(made(t, ""), first) {
			t.Fatal("the same words made other bytes")
		}
	}
	if len(first) > 100_000 {
		t.Errorf("%d bytes: the whole font is in it", len(first))
	}
}

// A row higher than a page continues on further pages under the header, with all its
// words; one that does not fit on the rest of the page begins on the next.
func TestRowHigherThanAPage(t *testing.T) {
	doc := begun("")
	var words []string
	for i := range 1500 {
		words = append(words, "kata"+strconv.Itoa(i))
	}
	columns := []pdf.Column{{Name: "Nomor", Share: 1, Number: true}, {Name: "Uraian", Share: 3}}
	doc.Table(columns, [][]string{{"1", "pendek"}, {"2", strings.Join(words, " ")}, {"3", "sesudah"}})
	sheets := read(t, doc)
	if len(sheets) < 3 {
		t.Fatalf("%d pages, want more than two", len(sheets))
	}
	found := map[string]int{}
	for i, sheet := range sheets {
		if !strings.Contains(sheet, "Uraian") || len(strings.Fields(sheet)) < 10 {
			t.Errorf("page %d has no heads, or next to nothing:\n%s", i+1, sheet)
		}
		for word := range strings.FieldsSeq(sheet) {
			found[word]++
		}
	}
	for _, word := range append(words, "pendek", "sesudah") {
		if found[word] != 1 {
			t.Errorf("%q is there %d times", word, found[word])
		}
	}
}

func TestRowsAreNotSplit(t *testing.T) {
	doc := begun("")
	var rows [][]string
	for i := range 60 {
		rows = append(rows, []string{"awal" + strconv.Itoa(i) + strings.Repeat(" isi", 90) + " akhir" + strconv.Itoa(i)})
	}
	doc.Table([]pdf.Column{{Name: "Uraian", Share: 1}}, rows)
	for page, sheet := range read(t, doc) {
		for i := range rows {
			if n := strconv.Itoa(i); strings.Contains(sheet, "awal"+n+" ") != slices.Contains(strings.Fields(sheet), "akhir"+n) {
				t.Errorf("page %d has only a part of row %d", page+1, i)
			}
		}
	}
}

// The font has the letters of Europe; a sign that it lacks is a box, and never a
// question mark (B16).
func TestCaseB16EveryLetterIsThere(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"of western Europe", "Pe’er – “é” ß € ñ", "Pe’er – “é” ß € ñ"},
		{"put together", "e\u0301", "é"},
		{"of the rest of Europe", "ā Nguyễn Đ Łódź Şğı Ő ǅ", "ā Nguyễn Đ Łódź Şğı Ő ǅ"},
		{"Greek", "Δημόσια Υπηρεσία ἀγορά", "Δημόσια Υπηρεσία ἀγορά"},
		{"Cyrillic", "Государственная служба ђ Ґ", "Государственная служба ђ Ґ"},
		{"another script", "漢 𠀀", "漢 □"},
		{"pictures", "a 😀 b", "a □ b"},
		{"a family", "x 👨\u200d👩\u200d👧 1\ufe0f\u20e3 y", "x □□□ 1 y"},
		{"signs of our own", "≥ 5 − 3 → 2 ≤ ≠", "≥ 5 − 3 → 2 ≤ ≠"},
		{"soft hyphens", "Pe\u00adla\u00adyan\u00adan pub\u200blik", "Pelayanan publik"},
		{"controls", "a\x00b\u0085c", "ab c"},
		{"no Unicode", "a\xffb", "a\ufffdb"},
		{"what the library replaces", "{nb} {total}", "{nb} {total}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := begun("")
			doc.Text("awal " + c.text + " akhir")
			doc.Table([]pdf.Column{{Name: "Sel", Share: 1}}, [][]string{{"dari " + c.text + " sampai"}})
			text := strings.Join(strings.Fields(read(t, doc)[0]), " ")
			for _, want := range []string{"awal " + c.want + " akhir", "dari " + c.want + " sampai"} {
				if !strings.Contains(text, want) {
					t.Errorf("lacks %q: %s", want, text)
				}
			}
		})
	}
}

// A letter has all its parts, and a signature is on one page with its name.
func TestLetter(t *testing.T) {
	var crest bytes.Buffer
	if err := png.Encode(&crest, image.NewRGBA(image.Rect(0, 0, 30, 40))); err != nil {
		t.Fatal(err)
	}
	for lines := range 60 {
		doc := begun("")
		doc.Head(pdf.Head{Logo: crest.Bytes(), Over: "PEMERINTAH", Name: "BADAN", Below: []string{"Jalan", ""}})
		doc.Boxes([]pdf.Box{{"Diklaim", "62,06", "Inovatif"}, {"Nasional", "–", strings.Repeat("panjang ", 30)}})
		for range lines {
			doc.Text("isi")
		}
		doc.Sign(pdf.Signature{PlaceAndDay: "Kalianda, 2 Maret 2026", Position: "Kepala,", Name: "NAMA", Below: []string{"Pembina", "NIP 1"}})
		sheets := read(t, doc)
		last := strings.Join(strings.Fields(sheets[len(sheets)-1]), " ")
		if !strings.Contains(last, "Kalianda, 2 Maret 2026 Kepala, NAMA Pembina NIP 1") {
			t.Fatalf("%d lines: the signature is torn: %s", lines, last)
		}
		if first := sheets[0]; !strings.Contains(first, "BADAN") || !strings.Contains(first, "62,06") || !strings.Contains(first, "panjang …") && !strings.Contains(first, "panjang…") && !strings.Contains(first, "…") {
			t.Fatalf("the head of the letter is not whole:\n%s", first)
		}
	}
}

// An invalid crest is an error.
func TestInvalidCrest(t *testing.T) {
	doc := begun("")
	doc.Head(pdf.Head{Logo: []byte("bukan gambar"), Name: "BADAN"})
	if _, err := doc.Bytes(); err == nil {
		t.Error("there is a document")
	}
}
