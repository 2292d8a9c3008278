package blob

import (
	"context"
	"errors"
	"path"
	"sync"
)

// syncers is how many files of a batch are synced at once: the disk writes together
// what it is asked for together.
const syncers = 16

// batch is what came in InBatch and is not safe yet.
type batch struct {
	mu       sync.Mutex
	names    map[string]bool // of files, and of the folders that they and their folders are in
	unsynced []string        // folders whose own names are not safe
}

type batchKey struct{ folder *Folder }

func (f *Folder) batch(ctx context.Context) *batch {
	b, _ := ctx.Value(batchKey{f}).(*batch)
	return b
}

// InBatch calls fn, for whoever stores many files and acknowledges none before the end:
// what is received and committed with the context that fn gets is safe against a loss
// of power once InBatch returns nil, and not before. Until then a loss of power may
// leave parts of files in their places, where the same files replace them.
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

// add notes that a file has its place, and which folders above it have names that are
// not safe yet.
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
