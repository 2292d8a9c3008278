package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"siida.id/internal/base/fault"
)

// syncers is how many files are synced concurrently; the disk combines them.
const syncers = 16

// folder is the folder of a backup that is being written.
type folder struct {
	dir  string
	root *os.Root
}

// newFolder creates dir, or takes it if it is empty; Conflict if it is not.
func newFolder(dir string) (*folder, error) {
	used := fault.New(fault.Conflict, "backup.folder_used").With(fault.Args{"Folder": dir})
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, used
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder of the backup: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("folder of the backup: %w", err)
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err == nil && len(entries) > 0 {
		err = used
	}
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &folder{dir, root}, nil
}

// write writes a part by fill, and returns it with its size and SHA-256. Where that
// fails it removes the part.
func (f *folder) write(name string, fill func(w io.Writer) error) (Part, error) {
	if err := f.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return Part{}, err
	}
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Part{}, err
	}
	hash := sha256.New()
	size := new(counter)
	if err := errors.Join(fill(io.MultiWriter(file, hash, size)), file.Close()); err != nil {
		return Part{}, errors.Join(err, f.root.Remove(name))
	}
	return Part{Path: name, Size: int64(*size), SHA256: hex.EncodeToString(hash.Sum(nil))}, nil
}

// counter counts the bytes that are written to it.
type counter int64

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// sync makes everything in the folder, and its own name, safe against a loss of power.
func (f *folder) sync(ctx context.Context) error {
	names, failed := make(chan string), make(chan error)
	for range syncers {
		go func() {
			var err error
			for name := range names {
				err = errors.Join(err, f.syncName(name))
			}
			failed <- err
		}()
	}
	err := fs.WalkDir(f.root.FS(), ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil {
			names <- name
		}
		return errors.Join(err, ctx.Err())
	})
	close(names)
	for range syncers {
		err = errors.Join(err, <-failed)
	}
	if err != nil {
		return err
	}
	above, err := os.Open(filepath.Dir(filepath.Clean(f.dir)))
	if err != nil {
		return err
	}
	return errors.Join(above.Sync(), above.Close())
}

func (f *folder) syncName(name string) error {
	file, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
