package blob

import (
	"context"
	"errors"
	"os"
	"sync"
)

// syncers is how many files are seen to the disk at once: it writes several in
// little more time than one.
const syncers = 16

// Batch runs fn, in which Put does not wait for the disk, and returns once all
// that was put is safe there: many files cost little more than their bytes. Until
// then only fn can open them. Where fn fails nothing is kept. A batch within another
// is part of it.
//
// Who writes to a database as well calls Batch inside of the transaction, so
// that no row is there before its file.
func (f *Folder) Batch(ctx context.Context, fn func(ctx context.Context) error) error {
	if f.batch(ctx) != nil {
		return fn(ctx)
	}
	b := &batch{places: make(chan struct{}, syncers)}
	defer b.leave(f)
	if err := errors.Join(fn(context.WithValue(ctx, batchKey{f}, b)), b.wait()); err != nil {
		return err
	}
	list := b.list
	b.list = nil
	return f.keep(list)
}

// The key holds the Folder, so that a batch of one never takes files of another.
type batchKey struct{ folder *Folder }

func (f *Folder) batch(ctx context.Context) *batch {
	b, _ := ctx.Value(batchKey{f}).(*batch)
	return b
}

// batch is the files that have come in a Batch, which are seen to the disk
// while others come.
type batch struct {
	places chan struct{}
	busy   sync.WaitGroup
	mu     sync.Mutex // of what follows
	list   []arrival
	err    error
}

func (b *batch) add(file *os.File, a arrival) {
	b.mu.Lock()
	b.list = append(b.list, a)
	b.mu.Unlock()
	b.places <- struct{}{}
	b.busy.Go(func() {
		err := errors.Join(file.Sync(), file.Close())
		<-b.places
		b.mu.Lock()
		b.err = errors.Join(b.err, err)
		b.mu.Unlock()
	})
}

// where is where a file lies that is to have that place.
func (b *batch) where(place string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range b.list {
		if a.place == place {
			return a.temp
		}
	}
	return place
}

func (b *batch) wait() error {
	b.busy.Wait()
	return b.err
}

// leave throws away what was not kept, on a panic too.
func (b *batch) leave(f *Folder) {
	_ = b.wait()
	for _, a := range b.list {
		_ = f.drop(a.temp) // the next start sweeps what stays
	}
}
