package blob_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/infra/blob"
)

// recorded returns a function that returns what was synced since its last call,
// sorted.
func recorded(f *blob.Folder) func() []string {
	var mu sync.Mutex
	var list []string
	f.RecordSyncs(func(name string) {
		mu.Lock()
		defer mu.Unlock()
		list = append(list, name)
	})
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		defer func() { list = nil }()
		slices.Sort(list)
		return list
	}
}

// A name is safe once its folder is synced; the folder's own name needs that only
// once.
func TestFoldersAreSynced(t *testing.T) {
	f, dir := open(t)
	synced := recorded(f)
	add := func(region, content string) string {
		t.Helper()
		got, err := put(t.Context(), f, region, strings.NewReader(content), 100)
		if err != nil {
			t.Fatal(err)
		}
		return path.Join(region, got.SHA256[:2])
	}
	want := func(what string, names ...string) {
		t.Helper()
		if got := synced(); !slices.Equal(got, names) {
			t.Errorf("%s: synced %v, want %v", what, got, names)
		}
	}
	first := add(region, "a")
	want("the first file of a region", ".", region, first)
	add(region, "a")
	want("another in the same folder", first)
	want("a new folder in the region", slices.Sorted(slices.Values([]string{region, add(region, "b")}))...)
	if err := os.RemoveAll(filepath.Join(dir, region)); err != nil {
		t.Fatal(err)
	}
	add(region, "a")
	want("after somebody has deleted the region's folder", ".", region, first)

	again, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	synced, f = recorded(again), again
	add(region, "a")
	want("a folder that another process has made", ".", region, first)
}

// Files of a batch are synced once, at its end.
func TestInBatch(t *testing.T) {
	f, dir := open(t)
	synced := recorded(f)
	var names []string
	err := f.InBatch(t.Context(), func(ctx context.Context) error {
		for _, content := range []string{"a", "b", "b"} {
			got, err := put(ctx, f, region, strings.NewReader(content), 100)
			if err != nil {
				return err
			}
			names = append(names, path.Join(region, got.SHA256[:2]), path.Join(region, got.SHA256[:2], got.SHA256))
		}
		dropped, err := f.Receive(ctx, strings.NewReader("c"), 100)
		if err != nil {
			return err
		}
		if early := synced(); early != nil {
			t.Errorf("synced before the end: %v", early)
		}
		return dropped.Discard()
	})
	names = append(names, ".", region)
	slices.Sort(names)
	if got := synced(); err != nil || !slices.Equal(got, slices.Compact(names)) {
		t.Errorf("synced %v, %v, want %v", got, err, slices.Compact(names))
	}
	if _, err := put(t.Context(), f, region, strings.NewReader("a"), 100); err != nil {
		t.Error(err)
	}
	if got := synced(); len(got) != 1 {
		t.Errorf("after the batch a file in one of its folders syncs %v, want that folder alone", got)
	}

	failed := errors.New("failed")
	err = f.InBatch(t.Context(), func(ctx context.Context) error {
		_, err := put(ctx, f, region, strings.NewReader("d"), 100)
		return errors.Join(err, failed)
	})
	if got := synced(); !errors.Is(err, failed) || got != nil {
		t.Errorf("a batch that failed: %v, and synced %v", err, got)
	}
	err = f.InBatch(t.Context(), func(ctx context.Context) error {
		got, err := put(ctx, f, region, strings.NewReader("e"), 100)
		return errors.Join(err, os.Remove(filepath.Join(dir, region, got.SHA256[:2], got.SHA256)))
	})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that could not be synced: %v", err)
	}
}
