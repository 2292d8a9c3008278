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
}

// Stored says what Put has kept.
type Stored struct {
	SHA256 string // of the bytes, in lower-case hexadecimal digits
	Size   int64
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
	return &Folder{root: root}, nil
}

// Close lets go of the folder; files that are open stay so.
func (f *Folder) Close() error { return f.root.Close() }

// Put streams r into the store of region and returns once the bytes are safe
// on disk. It holds no more than a buffer in memory. More than limit bytes are
// refused with fault.TooLarge; fault.Full is for want of room. Nothing at all is not kept: Put then returns Size 0 and no error, because only
// the caller knows the field at which to say so.
//
// There is no way to take a file back, since somebody else may have sent the
// same bytes meanwhile: whoever wants to refuse a type looks at r beforehand.
func (f *Folder) Put(ctx context.Context, region string, r io.Reader, limit int64) (Stored, error) {
	if !regions.MatchString(region) {
		return Stored{}, fmt.Errorf("store a file: region %q", region)
	}
	stored, err := f.put(ctx, region, r, limit)
	if diskspace.IsFull(err) {
		return Stored{}, fault.New(fault.Full, "fault.full").Because(err)
	}
	if err != nil {
		return Stored{}, fmt.Errorf("store a file of %s: %w", region, err)
	}
	return stored, nil
}

func (f *Folder) put(ctx context.Context, region string, r io.Reader, limit int64) (Stored, error) {
	if err := f.checkRoom(); err != nil {
		return Stored{}, err
	}
	temp := path.Join(arriving, rand.Text())
	// Nobody writes to it again, through whatever program.
	file, err := f.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if err != nil {
		return Stored{}, err
	}
	stored, err := receive(ctx, &roomy{Writer: file, check: f.checkRoom}, r, limit)
	if err != nil || stored.Size == 0 {
		return Stored{}, errors.Join(err, file.Close(), f.drop(temp))
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return Stored{}, errors.Join(err, f.drop(temp))
	}
	return stored, f.commit(temp, place(region, stored.SHA256))
}

// Space returns how many bytes the disk of the folder has for us, and in all.
func (f *Folder) Space() (free, total int64, err error) { return diskspace.Free(f.root.Name()) }

// checkRoom returns fault.Full where the disk has less than MinFree. Where nobody
// knows how much it has, the disk itself has to say that it is full.
func (f *Folder) checkRoom() error {
	if f.MinFree == 0 {
		return nil
	}
	free, _, err := f.Space()
	if err == nil && free < f.MinFree {
		return fault.New(fault.Full, "fault.full").Because(fmt.Errorf("%s free, and %s stay so", readable(free), readable(f.MinFree)))
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

// drop throws away what has not arrived.
func (f *Folder) drop(temp string) error {
	if err := f.root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
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

// receive writes r to a new file, hashing on the way.
func receive(ctx context.Context, file io.Writer, r io.Reader, limit int64) (Stored, error) {
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, sum), io.LimitReader(reader{ctx, r}, limit+1))
	if err != nil {
		return Stored{}, err
	}
	if size > limit {
		return Stored{}, fault.New(fault.TooLarge, "fault.too_large").With(fault.Args{"Most": readable(limit)})
	}
	return Stored{hex.EncodeToString(sum.Sum(nil)), size}, nil
}

// commit gives a file that is safe on the disk its place. One that lies there
// already is replaced by its equal, which also mends it should the disk have
// harmed it. A name is safe once its folder is, which may be as new as the file.
func (f *Folder) commit(temp, place string) error {
	dir := path.Dir(place)
	err := f.root.MkdirAll(dir, 0o700)
	if err == nil {
		err = f.root.Rename(temp, place)
	}
	if err != nil {
		return errors.Join(err, f.drop(temp))
	}
	for ; err == nil && dir != "."; dir = path.Dir(dir) {
		err = f.syncDir(dir)
	}
	return errors.Join(err, f.syncDir("."))
}

func (f *Folder) syncDir(name string) error {
	dir, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
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
