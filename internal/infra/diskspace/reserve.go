package diskspace

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// ReserveSize is the size of a Reserve in bytes: SQLite's write-ahead log grows to 4
// MB before it is used again from its beginning.
const ReserveSize = 16 << 20

// restoreEvery is the interval between tries to create the file.
const restoreEvery = 10 * time.Second

// Reserve is a file of padding that is deleted when the disk is full. Several
// processes may share one. It is safe for concurrent use.
type Reserve struct {
	path string
	log  *slog.Logger
	now  func() time.Time

	mu      sync.Mutex
	tryFrom time.Time // no earlier than this
}

// NewReserve returns the reserve in the file at path, which Restore creates.
func NewReserve(path string, log *slog.Logger, now func() time.Time) *Reserve {
	return &Reserve{path: path, log: log, now: now}
}

// Release deletes the file, if it exists.
func (r *Reserve) Release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tryFrom = r.now().Add(restoreEvery)
	err := os.Remove(r.path)
	switch {
	case err == nil:
		r.log.Error("the disk is full: only signing in and out are still written, in the reserve", slog.String("reserve", r.path))
	case !errors.Is(err, fs.ErrNotExist):
		r.log.Error("the reserve cannot be released", slog.Any("error", err))
	}
}

// Restore reports whether the file exists. If it does not, and the disk has space for
// two of it, it is created; that is tried every ten seconds at most.
func (r *Reserve) Restore() bool {
	if r.complete() {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.complete() {
		return true
	}
	if r.now().Before(r.tryFrom) {
		return false
	}
	r.tryFrom = r.now().Add(restoreEvery)
	if err := r.create(); err != nil {
		r.log.Error("no room for the reserve, so that nothing but signing in and out is written", slog.Any("error", err))
		return false
	}
	r.log.Info("the reserve is there", slog.String("reserve", r.path))
	return true
}

func (r *Reserve) complete() bool {
	info, err := os.Stat(r.path)
	return err == nil && info.Size() == ReserveSize
}

func (r *Reserve) create() error {
	free, _, err := Free(filepath.Dir(r.path))
	if err == nil && free < 2*ReserveSize {
		return fmt.Errorf("%d MB are free, and %d are needed", free>>20, 2*ReserveSize>>20)
	}
	file, err := os.OpenFile(r.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	// Random bytes need their space on a compressing disk too.
	_, err = io.CopyN(file, rand.Reader, ReserveSize)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(r.path))
	}
	return nil
}
