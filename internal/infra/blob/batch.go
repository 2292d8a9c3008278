package blob

import (
	"context"
	"errors"
	"path"
	"sync"
)

// syncers is the number of files of a batch that are synced concurrently; the disk
// combines concurrent writes.
const syncers = 16

// batch has what was received in InBatch and is not yet synced.
type batch struct {
	mu       sync.Mutex
	names    map[string]bool // of files, and of all folders above them
	unsynced []string        // folders whose own names are not synced
}

type batchKey struct{ folder *Folder }

func (f *Folder) batch(ctx context.Context) *batch {
	b, _ := ctx.Value(batchKey{f}).(*batch)
	return b
}

// InBatch calls fn for a caller that stores many files and acknowledges none before
// the end: files received and committed with fn's context are safe against a loss of
// power once InBatch has returned nil, not before. A loss of power before that may
// leave incomplete files in their places; storing the same files again replaces them.
func (f *Folder) InBatch(ctx context.Context, fn func(ctx context.Context) error) error {
	b := &batch{names: map[string]bool{}}
	if err := fn(context.WithValue(ctx, batchKey{f}, b)); err != nil {
		return err
	}
	if err := f.syncBatch(b); err != nil {
		return full("store a batch of files", err)
	}
	return nil
}

// add records a committed file, and the folders above it whose names are not synced.
func (b *batch) add(place string, unsynced []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.names[place], b.names[path.Dir(place)] = true, true
	for _, dir := range unsynced {
		b.names[path.Dir(dir)] = true
	}
	b.unsynced = append(b.unsynced, unsynced...)
}

func (f *Folder) syncBatch(b *batch) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	names := make(chan string)
	failed := make(chan error)
	for range syncers {
		go func() {
			var err error
			for name := range names {
				err = errors.Join(err, f.sync(name))
			}
			failed <- err
		}()
	}
	for name := range b.names {
		names <- name
	}
	close(names)
	var err error
	for range syncers {
		err = errors.Join(err, <-failed)
	}
	if err == nil {
		f.setSafe(b.unsynced)
	}
	return err
}
