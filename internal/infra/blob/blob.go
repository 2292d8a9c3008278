package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"sync"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/diskspace"
)

const (
	arriving = ".tmp"         // files being received; no region begins with a dot
	stale    = 24 * time.Hour // no upload takes that long: older files are those of a crash
)

// Folder is a store of files in one folder. os.Root ensures that no path, not even
// through a symbolic link, leads out of it.
type Folder struct {
	// MinFree is the number of bytes that must stay free on the disk; zero for no
	// limit. Set it before the folder is used.
	MinFree int64

	root *os.Root
	sync func(name string) error // makes a file or a folder safe against a loss of power

	mu   sync.Mutex
	safe map[string]bool // folders whose own names are synced
}

// Upload is a complete file that is synced and not yet in its place.
type Upload struct {
	SHA256 string // of the bytes, in lower-case hexadecimal digits
	Size   int64

	folder *Folder
	temp   string
	batch  *batch // in which it was received; nil for none
}

// Open opens the store in dir, which it creates if it does not exist.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	if err := root.MkdirAll(arriving, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("folder of files: %w", err), root.Close())
	}
	f := &Folder{root: root, safe: map[string]bool{}}
	f.sync = f.syncName
	return f, nil
}

// Close closes the folder; open files stay open.
func (f *Folder) Close() error { return f.root.Close() }

// Receive streams r to the disk and returns once the bytes are synced, or in InBatch
// without syncing. Its memory use does not depend on the size. It returns
// fault.TooLarge for more than limit bytes, and fault.Full without space. The caller
// must commit or discard the Upload.
func (f *Folder) Receive(ctx context.Context, r io.Reader, limit int64) (*Upload, error) {
	u, err := f.receive(ctx, r, limit)
	if err != nil {
		return nil, full("receive a file", err)
	}
	return u, nil
}

// full wraps err with what was being done; it returns fault.Full if the disk is full.
func full(doing string, err error) error {
	if diskspace.IsFull(err) {
		return fault.New(fault.Full, "fault.full").Because(err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func (f *Folder) receive(ctx context.Context, r io.Reader, limit int64) (*Upload, error) {
	if err := f.CheckRoom(0); err != nil {
		return nil, err
	}
	u := &Upload{folder: f, temp: path.Join(arriving, rand.Text()), batch: f.batch(ctx)}
	// Read-only: the file is never written again.
	file, err := f.root.OpenFile(u.temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if err != nil {
		return nil, err
	}
	check := func() error { return f.CheckRoom(0) }
	if u.SHA256, u.Size, err = copyTo(ctx, &roomy{Writer: file, check: check}, r, limit); err != nil {
		return nil, errors.Join(err, file.Close(), u.Discard())
	}
	if u.batch == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, errors.Join(err, u.Discard())
	}
	return u, nil
}

// Commit moves the bytes to their place among the files of region.
func (u *Upload) Commit(region string) error {
	if !regions.MatchString(region) {
		return errors.Join(fmt.Errorf("store a file: region %q", region), u.Discard())
	}
	if err := u.folder.commit(u.temp, place(region, u.SHA256), u.batch); err != nil {
		return full("store a file of "+region, err)
	}
	return nil
}

// Open opens the bytes for reading, before they are committed.
func (u *Upload) Open() (*os.File, error) {
	f, err := u.folder.root.Open(u.temp)
	if err != nil {
		return nil, fmt.Errorf("open an upload: %w", err)
	}
	return f, nil
}

// Discard deletes the bytes, unless they are committed.
func (u *Upload) Discard() error { return u.folder.drop(u.temp) }

// Remove deletes a file of region; it returns nil if there is none.
func (f *Folder) Remove(region, sha256 string) error {
	if !regions.MatchString(region) || !sums.MatchString(sha256) {
		return fmt.Errorf("remove file %q of region %q", sha256, region)
	}
	return f.drop(place(region, sha256))
}

// Space returns the bytes available to the program and the total bytes of the
// folder's disk.
func (f *Folder) Space() (free, total int64, err error) { return diskspace.Free(f.root.Name()) }

// CheckRoom returns fault.Full if less than MinFree would be left after size more
// bytes. If the free space is unknown it returns nil.
func (f *Folder) CheckRoom(size int64) error {
	if f.MinFree == 0 {
		return nil
	}
	free, _, err := f.Space()
	if err == nil && free-size < f.MinFree {
		return fault.New(fault.Full, "fault.full").Because(
			fmt.Errorf("%s free for %s more, and %s stay so", readable(free), readable(size), readable(f.MinFree)))
	}
	return nil
}

// checkEvery is the number of bytes after which a file checks the space again: many
// may be arriving at once.
const checkEvery = 8 << 20

// roomy is a Writer that fails once check does.
type roomy struct {
	io.Writer
	check   func() error
	written int // since the last call of check
}

// Write implements io.Writer.
func (r *roomy) Write(p []byte) (int, error) {
	if r.written += len(p); r.written >= checkEvery {
		r.written = 0
		if err := r.check(); err != nil {
			return 0, err
		}
	}
	return r.Writer.Write(p)
}

// drop deletes a file, if it exists.
func (f *Folder) drop(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Open opens a file of region for reading; fault.NotFound if there is none.
func (f *Folder) Open(ctx context.Context, region, sum string) (io.ReadSeekCloser, error) {
	if !regions.MatchString(region) || !sums.MatchString(sum) {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	file, err := f.root.Open(place(region, sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "fault.not_found").Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s of %s: %w", sum, region, err)
	}
	return file, nil
}

// copyTo copies r to a new file and computes the hash.
func copyTo(ctx context.Context, file io.Writer, r io.Reader, limit int64) (sum string, size int64, err error) {
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(file, hash), io.LimitReader(reader{ctx, r}, limit+1))
	if err != nil {
		return "", 0, err
	}
	if size > limit {
		return "", 0, fault.New(fault.TooLarge, "fault.too_large").With(fault.Args{"Most": readable(limit)})
	}
	return hex.EncodeToString(hash.Sum(nil)), size, nil
}

// commit renames a synced file to its place. It replaces an existing one with the
// same bytes, which also repairs one damaged by the disk. A name is safe once its
// folder is synced, which may be as new as the file.
func (f *Folder) commit(temp, place string, in *batch) error {
	unsynced, err := f.makeDir(path.Dir(place))
	if err == nil {
		now := time.Now()
		err = errors.Join(f.root.Chtimes(temp, now, now), f.root.Rename(temp, place)) // the modification time is the time of the commit
	}
	if err != nil {
		return errors.Join(err, f.drop(temp))
	}
	if in != nil {
		in.add(place, unsynced)
		return nil
	}
	if err := f.sync(path.Dir(place)); err != nil {
		return err
	}
	for _, dir := range unsynced {
		if err := f.sync(path.Dir(dir)); err != nil {
			return err
		}
	}
	f.setSafe(unsynced)
	return nil
}

// makeDir creates dir if it does not exist, and returns those of it and the folders
// above whose names are not known to be synced: the process that created them may
// have crashed before.
func (f *Folder) makeDir(dir string) (unsynced []string, err error) {
	if dir == "." {
		return nil, nil
	}
	above, err := f.makeDir(path.Dir(dir))
	if err != nil {
		return nil, err
	}
	err = f.root.Mkdir(dir, 0o700)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err == nil || !f.safe[dir] {
		above = append([]string{dir}, above...)
	}
	return above, nil
}

func (f *Folder) setSafe(dirs []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, dir := range dirs {
		f.safe[dir] = true
	}
}

func (f *Folder) syncName(name string) error {
	file, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// What is allowed in a path. Codes of regions are like "18.01".
var (
	regions = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$`)
	sums    = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func place(region, sum string) string { return path.Join(region, sum[:2], sum) }

// Sweep deletes files that an upload of a crashed process left a day ago or earlier.
func (f *Folder) Sweep(ctx context.Context) error {
	if err := f.sweep(ctx, time.Now().Add(-stale)); err != nil { // the clock of the file system
		return fmt.Errorf("folder of files: %w", err)
	}
	return nil
}

func (f *Folder) sweep(ctx context.Context, before time.Time) error {
	entries, err := fs.ReadDir(f.root.FS(), arriving)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) { // committed or discarded meanwhile
			continue
		}
		if err == nil && info.ModTime().Before(before) {
			err = f.root.Remove(path.Join(arriving, entry.Name()))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readable formats a limit with units that are the same in every language.
func readable(limit int64) string {
	const k, m = 1 << 10, 1 << 20
	switch {
	case limit >= m:
		return fmt.Sprintf("%d MB", limit/m)
	case limit >= k:
		return fmt.Sprintf("%d KB", limit/k)
	}
	return fmt.Sprintf("%d B", limit)
}

// reader fails once ctx is cancelled.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
