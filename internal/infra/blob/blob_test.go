package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/blob"
)

const region = "18.01"

func open(t testing.TB) (*blob.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "berkas")
	f, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, dir
}

// stored describes committed bytes.
type stored struct {
	SHA256 string
	Size   int64
}

// put receives bytes and commits them.
func put(ctx context.Context, f *blob.Folder, region string, r io.Reader, limit int64) (stored, error) {
	u, err := f.Receive(ctx, r, limit)
	if err != nil {
		return stored{}, err
	}
	return stored{u.SHA256, u.Size}, u.Commit(region)
}

// files lists every file below dir, including those being received.
func files(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func noise(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{}).Read(b) // never fails
	return b
}

func TestStoreAndOpen(t *testing.T) {
	f, dir := open(t)
	for _, size := range []int{1, 3071, 3072, 3073, 1 << 20} {
		sent := noise(size)
		got, err := put(t.Context(), f, region, iotest.HalfReader(bytes.NewReader(sent)), int64(size))
		if err != nil {
			t.Fatal(err)
		}
		if want := (stored{fmt.Sprintf("%x", sha256.Sum256(sent)), int64(size)}); got != want {
			t.Errorf("%d bytes: %+v, want %+v", size, got, want)
		}
		if want := filepath.Join(region, got.SHA256[:2], got.SHA256); !slices.Contains(files(t, dir), want) {
			t.Errorf("%s is not there", want)
		}
		r, err := f.Open(t.Context(), region, got.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, sent) {
			t.Errorf("%d bytes came back as %d others (%v)", size, len(back), err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestRefusedUploadsLeaveNothing(t *testing.T) {
	gone, leave := context.WithCancel(t.Context())
	leave()
	cut := errors.New("the connection broke")
	for _, tt := range []struct {
		name   string
		ctx    context.Context
		region string
		r      io.Reader
		check  func(stored, error) bool
	}{
		{"cut in the head", t.Context(), region, io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(cut)), func(_ stored, err error) bool { return errors.Is(err, cut) }},
		{"cut in the middle", t.Context(), region, io.MultiReader(bytes.NewReader(noise(9000)), iotest.ErrReader(cut)), func(_ stored, err error) bool { return errors.Is(err, cut) }},
		{"cut short", t.Context(), region, &once{io.ErrUnexpectedEOF}, func(_ stored, err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }},
		{"one byte too many", t.Context(), region, bytes.NewReader(noise(10_001)), func(_ stored, err error) bool { return fault.KindOf(err) == fault.TooLarge }},
		{"the sender has gone", gone, region, strings.NewReader("abc"), func(_ stored, err error) bool { return errors.Is(err, context.Canceled) }},
		{"region outside", t.Context(), "../18.01", strings.NewReader("abc"), func(_ stored, err error) bool { return err != nil }},
		{"region among the arriving", t.Context(), ".tmp", strings.NewReader("abc"), func(_ stored, err error) bool { return err != nil }},
		{"no region", t.Context(), "", strings.NewReader("abc"), func(_ stored, err error) bool { return err != nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, dir := open(t)
			stored, err := put(tt.ctx, f, tt.region, tt.r, 10_000)
			if !tt.check(stored, err) {
				t.Errorf("Put = %+v, %v", stored, err)
			}
			if left := files(t, dir); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

func TestLimitInMessage(t *testing.T) {
	f, _ := open(t)
	for limit, want := range map[int64]string{100 << 20: "100 MB", 512 << 10: "512 KB", 9: "9 B"} {
		_, err := put(t.Context(), f, region, io.LimitReader(zeros{}, limit+1), limit)
		if got := fault.ArgsOf(err)["Most"]; got != want {
			t.Errorf("limit %d: %v, want %q", limit, err, want)
		}
	}
}

// once fails at the first read only.
type once struct{ err error }

func (o *once) Read([]byte) (n int, err error) {
	err, o.err = o.err, io.EOF
	return 0, err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestPathsOutsideTheFolder(t *testing.T) {
	f, dir := open(t)
	sum := strings.Repeat("a", 64)
	outside := filepath.Join(filepath.Dir(dir), "aa")
	if err := os.Mkdir(outside, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(outside, sum), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(dir), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range [][2]string{
		{"..", sum},
		{"link", sum},
		{region, sum},
		{region, "../../" + sum},
		{region, strings.ToUpper(sum)},
		{region, sum + "\n"},
		{region, ""},
		{"/", sum},
		{"a/b", sum},
		{"a\x00", sum},
		{strings.Repeat("1", 65), sum},
	} {
		r, err := f.Open(t.Context(), name[0], name[1])
		if err == nil {
			t.Errorf("%q opens", name)
			_ = r.Close()
		} else if kind := fault.KindOf(err); kind != fault.NotFound && name[0] != "link" {
			t.Errorf("%q: kind %d (%v), want NotFound", name, kind, err)
		}
	}
}

func TestSameBytes(t *testing.T) {
	f, dir := open(t)
	sent := noise(100_000)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := put(t.Context(), f, region, bytes.NewReader(sent), 1<<20); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("%v, want one file", got)
	}
	if _, err := put(t.Context(), f, "18.02", bytes.NewReader(sent), 1<<20); err != nil {
		t.Error(err)
	}
	if got := files(t, dir); len(got) != 2 {
		t.Errorf("%v, want one for each region", got)
	}
}

// A damaged file is repaired by receiving the same bytes again.
func TestDamagedFileIsRepaired(t *testing.T) {
	f, dir := open(t)
	stored, err := put(t.Context(), f, region, strings.NewReader("whole"), 100)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, region, stored.SHA256[:2], stored.SHA256)
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := put(t.Context(), f, region, strings.NewReader("whole"), 100); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "whole" {
		t.Errorf("%q, %v", got, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("%v, %v; want a file that nobody writes to", info, err)
	}
}

func TestSweepAfterACrash(t *testing.T) {
	f, dir := open(t)
	for name, age := range map[string]time.Duration{"old": 25 * time.Hour, "under way": time.Hour} {
		file := filepath.Join(dir, ".tmp", name)
		if err := os.WriteFile(file, []byte("part"), 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(file, then, then); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := files(t, dir), []string{".tmp/under way"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The floor is hashing the same bytes; the rest is the disk.
func BenchmarkPut(b *testing.B) {
	f, _ := open(b)
	const size = 10 << 20
	sent := noise(size)
	benchtest.Figure{
		Unit: "ms",
		Of: benchtest.Millis(1, func() {
			if _, err := put(b.Context(), f, region, bytes.NewReader(sent), size); err != nil {
				b.Fatal(err)
			}
		}),
		Floor: benchtest.Millis(1, func() { sha256.Sum256(sent) }),
	}.Run(b)
}

// A file that would leave less than MinFree is refused before any byte is read, and
// one in progress soon after.
func TestMinFree(t *testing.T) {
	const never = 1 << 62
	f, dir := open(t)
	f.MinFree = never
	content := bytes.NewReader(noise(100))
	if _, err := put(t.Context(), f, region, content, 1000); fault.KindOf(err) != fault.Full || content.Len() != 100 {
		t.Errorf("Put = %v, %d bytes left, want Full and all", err, content.Len())
	}
	f.MinFree = 1
	if _, err := put(t.Context(), f, region, bytes.NewReader(noise(100)), 1000); err != nil {
		t.Errorf("with room: %v", err)
	}
	stored := len(files(t, dir))
	arriving := &filling{Folder: f, left: 20 << 20, minFree: never}
	if _, err := put(t.Context(), f, region, arriving, 20<<20); fault.KindOf(err) != fault.Full || arriving.left < 11<<20 {
		t.Errorf("while it arrives: %v, %d bytes left", err, arriving.left)
	}
	if now := len(files(t, dir)); now != stored {
		t.Errorf("%d files, want %d", now, stored)
	}
}

// filling is a file that arrives while others fill the disk.
type filling struct {
	*blob.Folder
	left    int
	minFree int64
}

func (f *filling) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	f.MinFree = f.minFree
	n := min(len(p), f.left)
	f.left -= n
	return n, nil
}

// A full disk and a used-up quota are the same fault.
func TestFullDisk(t *testing.T) {
	for _, said := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		f, dir := open(t)
		_, err := put(t.Context(), f, region, io.MultiReader(strings.NewReader("%PDF"), iotest.ErrReader(&fs.PathError{Op: "write", Err: said})), 1000)
		if fault.KindOf(err) != fault.Full || !errors.Is(err, said) || len(files(t, dir)) > 0 {
			t.Errorf("%v: %v, %v", said, err, files(t, dir))
		}
	}
}

// Bytes that are not committed cannot be opened, and Discard leaves nothing; a
// removed file is gone, and can be removed again.
func TestDiscardAndRemove(t *testing.T) {
	f, dir := open(t)
	u, err := f.Receive(t.Context(), strings.NewReader("abc"), 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Open(t.Context(), region, u.SHA256); fault.KindOf(err) != fault.NotFound {
		t.Errorf("not committed: %v", err)
	}
	if err := u.Discard(); err != nil || len(files(t, dir)) > 0 {
		t.Errorf("discarded: %v, %v", err, files(t, dir))
	}
	kept, err := put(t.Context(), f, region, strings.NewReader("abc"), 10)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.Remove(region, kept.SHA256); err != nil || len(files(t, dir)) > 0 {
			t.Errorf("removed: %v, %v", err, files(t, dir))
		}
	}
	for _, name := range [][2]string{{"..", kept.SHA256}, {region, "../" + kept.SHA256}, {region, ""}} {
		if err := f.Remove(name[0], name[1]); err == nil {
			t.Errorf("%q was removed", name)
		}
	}
}

// A file of known size is refused if it would leave less than MinFree.
func TestCheckRoom(t *testing.T) {
	f, _ := open(t)
	free, _, err := f.Space()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.CheckRoom(2 * free); err != nil {
		t.Errorf("without MinFree: %v", err)
	}
	f.MinFree = 1
	if err := f.CheckRoom(2 * free); fault.KindOf(err) != fault.Full {
		t.Errorf("twice what is free: %v", err)
	}
	if err := f.CheckRoom(0); err != nil {
		t.Errorf("nothing: %v", err)
	}
}
