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
	arriving = ".tmp"         // files on their way in; no region begins with a dot
	stale    = 24 * time.Hour // no upload takes as long: what is older, a crash left behind
)

// Folder is a store of files in one folder. os.Root makes sure that no path,
// not even one through a symbolic link, leads out of it.
type Folder struct {
	// MinFree is how many bytes a file leaves free on the disk. Zero takes files
	// until there is no room. Set it before the folder is used.
	MinFree int64

	root *os.Root
	sync func(name string) error // makes a file or a folder safe against a loss of power

	mu   sync.Mutex
	safe map[string]bool // folders whose own names are safe
}

// Upload is bytes that are whole and safe on the disk, and not yet in their place.
type Upload struct {
	SHA256 string // of the bytes, in lower-case hexadecimal digits
	Size   int64

	folder *Folder
	temp   string
	batch  *batch // in which it came; nil in none
}

// Open opens the store in dir, which it makes when there is none.
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

// Close lets go of the folder; files that are open stay so.
func (f *Folder) Close() error { return f.root.Close() }

// Receive streams r to the disk and returns once the bytes are safe there, or in
// InBatch at its end. It holds
// no more than a buffer in memory. More than limit bytes are refused with
// fault.TooLarge; fault.Full is for want of room. What it returns is to be committed
// or discarded.
func (f *Folder) Receive(ctx context.Context, r io.Reader, limit int64) (*Upload, error) {
	u, err := f.receive(ctx, r, limit)
	if err != nil {
		return nil, full("receive a file", err)
	}
	return u, nil
}

// full is err with what was being done, or fault.Full where the disk has no room.
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
	// Nobody writes to it again, through whatever program.
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

// Commit gives the bytes their place among the files of region.
func (u *Upload) Commit(region string) error {
	if !regions.MatchString(region) {
		return errors.Join(fmt.Errorf("store a file: region %q", region), u.Discard())
	}
	if err := u.folder.commit(u.temp, place(region, u.SHA256), u.batch); err != nil {
		return full("store a file of "+region, err)
	}
	return nil
}

// Discard throws the bytes away, unless they have their place already.
func (u *Upload) Discard() error { return u.folder.drop(u.temp) }

// Remove deletes a file of region; one that is not there is deleted already.
func (f *Folder) Remove(region, sha256 string) error {
	if !regions.MatchString(region) || !sums.MatchString(sha256) {
		return fmt.Errorf("remove file %q of region %q", sha256, region)
	}
	return f.drop(place(region, sha256))
}

// Space returns how many bytes the disk of the folder has for us, and in all.
func (f *Folder) Space() (free, total int64, err error) { return diskspace.Free(f.root.Name()) }

// CheckRoom returns fault.Full where the disk has less than MinFree besides size
// bytes. Where nobody knows how much it has, the disk itself has to say that it is full.
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

// checkEvery is after how many bytes a file asks again whether there is room: many
// may arrive at once.
const checkEvery = 8 << 20

// roomy is a Writer that fails once check does.
type roomy struct {
	io.Writer
	check   func() error
	written int // since check was asked
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

// drop deletes a file, if it is there.
func (f *Folder) drop(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Open opens a file of region for reading; fault.NotFound when it is not there.
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

// copyTo writes r to a new file, hashing on the way.
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

// commit gives a file that is safe on the disk its place. One that lies there
// already is replaced by its equal, which also mends it should the disk have
// harmed it. A name is safe once its folder is, which may be as new as the file.
func (f *Folder) commit(temp, place string, in *batch) error {
	unsynced, err := f.makeDir(path.Dir(place))
	if err == nil {
		now := time.Now()
		err = errors.Join(f.root.Chtimes(temp, now, now), f.root.Rename(temp, place)) // since then it has its place
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

// makeDir makes dir, unless it is there, and returns it and those above whose own
// names are not known to be safe: whoever made them may not have come to sync them.
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

// What may stand in a path. Ids of regions are like "18.01".
var (
	regions = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$`)
	sums    = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func place(region, sum string) string { return path.Join(region, sum[:2], sum) }

// Sweep deletes what uploads of a crashed process left a day ago or earlier.
func (f *Folder) Sweep(ctx context.Context) error {
	if err := f.sweep(ctx, time.Now().Add(-stale)); err != nil { // by the clock that dates files
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
		if errors.Is(err, fs.ErrNotExist) { // it has arrived meanwhile
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

// readable writes a limit the way it is set; these units are the same in every language.
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

// reader stops when whoever sends has gone.
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
