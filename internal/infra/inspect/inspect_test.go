package inspect_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/infra/inspect"
	"siida.id/internal/infra/samplefile"
)

const command = "inspect"

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == command {
		os.Exit(inspect.Main(os.Args[2], os.Stdin, os.Stderr))
	}
	os.Exit(m.Run())
}

// long is enough on a busy machine.
const long = time.Minute

// look inspects content.
func look(t *testing.T, media string, content []byte, within time.Duration) (inspect.Result, error) {
	t.Helper()
	return inspect.New(os.Args[0], command).Inspect(t.Context(), media, stored(t, content), within)
}

// stored returns a file with content.
func stored(t *testing.T, content []byte) *os.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func letter(t *testing.T) []byte {
	t.Helper()
	content, err := samplefile.PDF("CONTOH", "Surat", []string{"Isi"})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// titled returns a PDF without pages whose title has a line with the number of pages.
func titled(t *testing.T) []byte {
	t.Helper()
	return bytes.Replace(sample(t, "zeropage.pdf"), []byte("trailer"),
		[]byte("9 0 obj\n<</Title(x\\nPages: 7)>>\nendobj\ntrailer"), 1)
}

func drawn(t *testing.T, encode func(*bytes.Buffer, image.Image) error, wide, high int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out, image.NewGray(image.Rect(0, 0, wide, high))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(out *bytes.Buffer, img image.Image) error  { return png.Encode(out, img) }
func asJPEG(out *bytes.Buffer, img image.Image) error { return jpeg.Encode(out, img, nil) }

// Files that are damaged, cut, without pages or locked are told from those that open.
func TestCaseB5WhatOpens(t *testing.T) {
	const pdf, jpg, png, mp4 = "application/pdf", "image/jpeg", "image/png", "video/mp4"
	whole, photo, screen := letter(t), drawn(t, asJPEG, 300, 200), drawn(t, asPNG, 300, 200)
	film := sample(t, "brand-3gp4.mp4")
	large := drawn(t, asPNG, 1, 1)
	copy(large[16:], []byte{0, 0, 0x40, 0, 0, 0, 0x40, 0}) // says that it has 16384 by 16384 pixels
	for name, tt := range map[string]struct {
		media   string
		content []byte
		want    inspect.Result
	}{
		"a letter":                     {pdf, whole, inspect.Opens},
		"junk before the letter":       {pdf, append([]byte("\ufeff\n"), whole...), inspect.Opens},
		"9 bytes":                      {pdf, sample(t, "hdr-only.pdf"), inspect.Unreadable},
		"cut":                          {pdf, sample(t, "trunc.pdf"), inspect.Unreadable},
		"half of a letter":             {pdf, whole[:len(whole)/3], inspect.Unreadable},
		"no pages":                     {pdf, sample(t, "zeropage.pdf"), inspect.NoPages},
		"no pages, said in the title":  {pdf, titled(t), inspect.NoPages},
		"a password to open it":        {pdf, sample(t, "locked.pdf"), inspect.Locked},
		"a password to change it":      {pdf, sample(t, "owner.pdf"), inspect.Opens},
		"a photo":                      {jpg, photo, inspect.Opens},
		"half of a photo":              {jpg, photo[:len(photo)/2], inspect.Unreadable},
		"the first bytes of a photo":   {jpg, photo[:20], inspect.Unreadable},
		"a photo, and something after": {jpg, append(bytes.Clone(photo), film...), inspect.Opens},
		"a screen":                     {png, screen, inspect.Opens},
		"half of a screen":             {png, screen[:len(screen)/2], inspect.Unreadable},
		"too many pixels":              {png, large, inspect.Unreadable}, // its checksum is wrong
		"a film of a telephone":        {mp4, film, inspect.Opens},
		"another":                      {mp4, sample(t, "brand-M4V_.mp4"), inspect.Opens},
		"half of a film":               {mp4, film[:len(film)/2], inspect.Unreadable},
		"a film without its end":       {mp4, film[:len(film)-10], inspect.Unreadable},
		"the first bytes of a film":    {mp4, film[:32], inspect.Unreadable},
		"a film, and something after":  {mp4, append(bytes.Clone(film), "and more"...), inspect.Opens},
		"a box of no length":           {mp4, []byte("\x00\x00\x00\x04ftyp"), inspect.Unreadable},
		"a box of every length":        {mp4, []byte("\x00\x00\x00\x01moov\xff\xff\xff\xff\xff\xff\xff\xff"), inspect.Unreadable},
	} {
		if got, err := look(t, tt.media, tt.content, long); got != tt.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// A picture with more pixels than can be decoded is not judged.
func TestTooManyPixels(t *testing.T) {
	if got, err := look(t, "image/jpeg", drawn(t, asJPEG, 60_000, 1200), long); got != inspect.Unclear || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := look(t, "image/jpeg", drawn(t, asJPEG, 8000, 8000), long); got != inspect.Opens || err != nil {
		t.Errorf("64 megapixels: %q, %v", got, err)
	}
}

// tool replaces pdfinfo by a shell script, and returns its folder.
func tool(t *testing.T, script string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pdfinfo"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	return dir
}

// Whatever the reader of a file does, the outcome is clear, and comes in time.
func TestCaseB5ReaderThatMisbehaves(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	for name, script := range map[string]string{
		"hangs":                 `while :; do :; done`,
		"takes all memory":      `x=1234567890; while :; do x=$x$x; done`,
		"starts processes":      `bomb() { bomb | bomb & }; bomb; exec /bin/touch ` + mark,
		"starts one":            `(/bin/touch ` + mark + `); exit 0`,
		"writes a file":         `echo much > ` + mark + `; exit 0`,
		"writes without end":    `while :; do echo Pages: 1; done`,
		"complains without end": `while :; do echo Syntax Error >&2; done`,
		"crashes":               `exec 3<&-; ulimit -c 0; trap - ABRT; set -e; eval 'kill -ABRT $$'; exit 66`,
		"says nothing":          `exit 0`,
		"fails":                 `exit 99`,
		"cannot read":           `echo "I/O Error: Couldn't open file" >&2; exit 1`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := tool(t, script)
			t.Cleanup(func() { _ = os.Remove(mark) })
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			got, err := inspect.New(os.Args[0], command).Inspect(ctx, "application/pdf", stored(t, letter(t)), 2*time.Second)
			if got != inspect.Unclear || err != nil {
				t.Errorf("%q, %v", got, err)
			}
			if content, err := os.ReadFile(mark); len(content) > 0 || err == nil && !strings.HasPrefix(name, "writes") {
				t.Errorf("it could do that: %q, %v", content, err)
			}
			if left := running(t, dir); left != "" {
				t.Errorf("processes are left: %s", left)
			}
		})
	}
}

// running returns the command lines of processes that name a folder.
func running(t *testing.T, dir string) (list string) {
	t.Helper()
	processes, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range processes {
		if line, _ := os.ReadFile(name); bytes.Contains(line, []byte(dir)) { // none for a process that has ended
			list += string(line) + "\n"
		}
	}
	return list
}

// Without its tool a PDF is not judged; pictures and films need none.
func TestCaseB5WithoutTheTool(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := look(t, "application/pdf", sample(t, "hdr-only.pdf"), long); !errors.Is(err, inspect.ErrUnavailable) || inspect.Can("application/pdf") {
		t.Errorf("%v", err)
	}
	if got, err := look(t, "image/png", drawn(t, asPNG, 2, 2), long); got != inspect.Opens || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := look(t, "text/html", nil, long); !errors.Is(err, inspect.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}

// Only so many files are inspected at once; who has waited too long gets none.
func TestInspectsFewAtOnce(t *testing.T) {
	tool(t, `while :; do :; done`)
	inspector := inspect.New(os.Args[0], command)
	var mu sync.Mutex
	ended := map[string]int{}
	var all sync.WaitGroup
	for n := range 6 {
		f := stored(t, letter(t))
		all.Go(func() {
			within := 5 * time.Second
			if n >= 2 {
				time.Sleep(time.Second)
				within = 100 * time.Millisecond
			}
			got, err := inspector.Inspect(t.Context(), "application/pdf", f, within)
			mu.Lock()
			defer mu.Unlock()
			ended[fmt.Sprintf("%s/%v", got, errors.Is(err, inspect.ErrUnavailable))]++
		})
	}
	all.Wait()
	if ended["unclear/false"] != 2 || ended["/true"] != 4 {
		t.Errorf("%v", ended)
	}
}

// An inspection ends with who asked for it.
func TestInspectionIsCancelled(t *testing.T) {
	tool(t, `while :; do :; done`)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := inspect.New(os.Args[0], command).Inspect(ctx, "application/pdf", stored(t, letter(t)), long); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
