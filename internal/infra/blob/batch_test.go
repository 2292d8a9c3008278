package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/base/fault"
)

// What is put in a batch is there when the batch has ended, and whole; what was
// refused in it leaves nothing.
func TestBatch(t *testing.T) {
	f, dir := open(t)
	kept := map[string]string{}
	err := f.Batch(t.Context(), func(ctx context.Context) error {
		var all sync.WaitGroup
		var mu sync.Mutex
		for n := range 100 {
			all.Go(func() {
				text := fmt.Sprintf("berkas %d", n/2) // each is sent twice
				stored, err := f.Put(ctx, region, strings.NewReader(text), 100)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				kept[stored.SHA256] = text
				mu.Unlock()
			})
		}
		all.Wait()
		if _, err := f.Put(ctx, region, strings.NewReader("terlalu besar"), 5); fault.KindOf(err) != fault.TooLarge {
			t.Errorf("too large = %v", err)
		}
		if stored, err := f.Put(ctx, region, strings.NewReader(""), 5); err != nil || stored.Size != 0 {
			t.Errorf("nothing = %+v, %v", stored, err)
		}
		for sum, want := range kept { // what was put can be opened here, and nowhere else
			r, err := f.Open(ctx, region, sum)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != want {
				t.Errorf("in the batch %s has %q, want %q (%v)", sum, got, want, err)
			}
			_ = r.Close()
			if _, err := f.Open(t.Context(), region, sum); fault.KindOf(err) != fault.NotFound {
				t.Errorf("outside of the batch there is %s: %v", sum, err)
			}
		}
		return f.Batch(ctx, func(ctx context.Context) error { // is part of it
			_, err := f.Put(ctx, "18.02", strings.NewReader("berkas 0"), 100)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(files(t, dir)); n != 51 || len(kept) != 50 {
		t.Errorf("%d files of %d contents, want 50 and one of another region", n, len(kept))
	}
	for sum, want := range kept {
		r, err := f.Open(t.Context(), region, sum)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != want {
			t.Errorf("%s has %q, want %q (%v)", sum, got, want, err)
		}
		_ = r.Close()
	}
}

// A batch that fails, or panics, keeps nothing.
func TestABatchThatFails(t *testing.T) {
	f, dir := open(t)
	broken := errors.New("the database is full")
	for name, end := range map[string]func() error{"error": func() error { return broken }, "panic": func() error { panic(broken) }} {
		func() {
			defer func() { _ = recover() }()
			err := f.Batch(t.Context(), func(ctx context.Context) error {
				for n := range 20 {
					if _, err := f.Put(ctx, region, bytes.NewReader(noise(1000+n)), 1<<20); err != nil {
						t.Error(err)
					}
				}
				return end()
			})
			if !errors.Is(err, broken) {
				t.Errorf("%s: Batch = %v", name, err)
			}
		}()
		if left := files(t, dir); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

// A batch of one folder takes no files of another.
func TestABatchIsOfOneFolder(t *testing.T) {
	f, dir := open(t)
	other, elsewhere := open(t)
	err := f.Batch(t.Context(), func(ctx context.Context) error {
		_, err := other.Put(ctx, region, strings.NewReader("lain"), 100)
		if n := len(files(t, elsewhere)); n != 1 {
			t.Errorf("%d files elsewhere while the batch goes on, want 1", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(files(t, dir)); n != 0 {
		t.Errorf("%d files, want none", n)
	}
}
