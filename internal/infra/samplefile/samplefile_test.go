package samplefile_test

import (
	"bytes"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

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

var shot = samplefile.Shot{Taken: time.Date(2025, 6, 3, 9, 7, 5, 0, time.FixedZone("WIB", 7*60*60)), Lat: -568123, Lon: 10_559_999, Note: mark}

func TestJPEG(t *testing.T) {
	got, err := samplefile.JPEG(mark, title, 1, shot)
	if err != nil {
		t.Fatal(err)
	}
	if img, err := jpeg.Decode(bytes.NewReader(got)); err != nil || img.Bounds().Dx() != 480 {
		t.Errorf("%v: not a picture", err)
	}
	if len(got) > 40_000 {
		t.Errorf("%d bytes, want at most 40,000", len(got))
	}
	if media, _, ok := filetype.Detect("foto.jpeg", got); !ok {
		t.Errorf("it is taken for %q", media)
	}
	if again, err := samplefile.JPEG(mark, title, 1, shot); err != nil || !bytes.Equal(got, again) {
		t.Errorf("the same words make other bytes (%v)", err)
	}
	if other, err := samplefile.JPEG(mark, title, 2, shot); err != nil || bytes.Equal(got, other) {
		t.Errorf("another seed makes the same picture (%v)", err)
	}
	bare, err := samplefile.JPEG(mark, title, 1, samplefile.Shot{})
	if err != nil || bytes.Contains(bare, []byte("Exif")) || !bytes.Equal(bare[2:], got[len(got)-len(bare)+2:]) {
		t.Errorf("a shot changes more than what is said of the picture (%v)", err)
	}
}

// A reader that is not ours finds when and where, in each quarter of the earth.
func TestShot(t *testing.T) {
	south, east := shot, shot
	east.Lat, south.Lon = 100, -7_000_000
	for want, s := range map[string]samplefile.Shot{
		"2025:06:03 09:07:05|+07:00|-5.68123|105.59999|CONTOH|SI-IDA|WGS-84|0 0 0": shot,
		"2025:06:03 09:07:05|+07:00|0.001|105.59999|CONTOH|SI-IDA|WGS-84|0 0 0":    east,
		"2025:06:03 09:07:05|+07:00|-5.68123|-70|CONTOH|SI-IDA|WGS-84|0 0 0":       south,
	} {
		content, err := samplefile.JPEG(mark, title, 1, s)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, content); got != want {
			t.Errorf("%+v is read as %s, want %s", s, got, want)
		}
	}
}

// read is what exiftool finds, and that it warns of nothing.
func read(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "foto.jpg")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	tags := []string{"-DateTimeOriginal", "-OffsetTimeOriginal", "-Composite:GPSLatitude", "-Composite:GPSLongitude", "-ImageDescription", "-Software", "-GPSMapDatum"}
	out, err := exec.CommandContext(t.Context(), "exiftool", append(tags, "-n", "-s3", "-validate", "-a", "-warning", name)...).CombinedOutput()
	if err != nil {
		t.Fatalf("exiftool (install with: sudo apt-get install --no-install-recommends libimage-exiftool-perl): %v\n%s", err, out)
	}
	return strings.Join(strings.Split(strings.TrimSpace(string(out)), "\n"), "|")
}
