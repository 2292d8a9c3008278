package samplefile_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/infra/filetype"
	"siida.id/internal/infra/samplefile"
)

const mark, title = "CONTOH", "Keputusan Bupati Nomor 12/2025: e-Kecamatan"

var lines = []string{"Berkas ini dibuat oleh program. Isinya karangan.", strings.Repeat("Tidak ada yang nyata di sini – “sungguh”. ", 20)}

func TestPDF(t *testing.T) {
	pages := regexp.MustCompile(`/Type /Page\b[^s]`)
	for want, text := range map[int][]string{1: lines, 2: append(strings.Split(strings.Repeat("baris\n", 40), "\n"), lines...)} {
		got, err := samplefile.PDF(mark, title, text)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(got, []byte("%PDF-")) || !bytes.HasSuffix(got, []byte("%%EOF\n")) {
			t.Errorf("%.10q … %.10q", got, got[len(got)-10:])
		}
		if n := len(pages.FindAll(got, -1)); n != want {
			t.Errorf("%d pages, want %d", n, want)
		}
		if media, _, ok := filetype.Detect("SK.pdf", got); !ok {
			t.Errorf("it is taken for %q", media)
		}
		again, err := samplefile.PDF(mark, title, text)
		if err != nil || !bytes.Equal(got, again) {
			t.Errorf("the same words make other bytes (%v)", err)
		}
	}
}
