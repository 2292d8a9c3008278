package pdf_test

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"siida.id/internal/infra/pdf"
)

// scanned returns the content of the QR code on the first page.
func scanned(t *testing.T, content []byte) (string, error) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "a.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "pdftoppm", "-r", "150", "-png", "-singlefile", file, filepath.Join(folder, "a")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm (poppler-utils): %v\n%s", err, out)
	}
	drawn, err := os.ReadFile(filepath.Join(folder, "a.png"))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return "", err
	}
	return found.GetText(), nil
}

// The code of a seal can be scanned, and its words are beside the signature; a letter
// without a seal has no code.
func TestSeal(t *testing.T) {
	for _, link := range []string{"https://si-ida.lampungselatan.example/v/BCDF-GHJK-MNPR", "http://127.0.0.1:8080/v/BCDF-GHJK-MNPR", ""} {
		doc := begun("")
		doc.Text("isi")
		doc.Sign(pdf.Signature{PlaceAndDay: "Kalianda, 2 Maret 2026", Position: "Kepala,", Name: "NAMA", Seal: pdf.Seal{Link: link, Words: []string{"Periksa keaslian: " + link}}})
		content, err := doc.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		got, err := scanned(t, content)
		if link == "" {
			if err == nil {
				t.Errorf("a letter without a seal has %q", got)
			}
			continue
		}
		text := strings.Join(readBytes(t, content), "")
		if err != nil || got != link || !strings.Contains(text, "Periksa keaslian:") || !strings.Contains(text, "NAMA") {
			t.Errorf("scanned %q, %v, want %q:\n%s", got, err, link, text)
		}
	}
}

// An address too long for a code is an error.
func TestSealTooLong(t *testing.T) {
	doc := begun("")
	doc.Sign(pdf.Signature{Name: "NAMA", Seal: pdf.Seal{Link: strings.Repeat("x", 5000)}})
	if _, err := doc.Bytes(); err == nil {
		t.Error("there is a document")
	}
}
