package blob_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWalk(t *testing.T) {
	f, dir := open(t)
	walk := func(region string) (list []string) {
		t.Helper()
		err := f.Walk(t.Context(), region, func(sum string, size int64) error {
			if size != 3 {
				t.Errorf("%s has %d bytes", sum, size)
			}
			list = append(list, sum)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := walk(region); len(got) != 0 {
		t.Errorf("before the first file: %v", got)
	}
	var want string
	for _, text := range []string{"abc", "def"} {
		stored, err := put(t.Context(), f, region, strings.NewReader(text), 10)
		if err != nil {
			t.Fatal(err)
		}
		want += stored.SHA256
	}
	if err := os.WriteFile(filepath.Join(dir, region, "catatan.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := walk(region); len(got) != 2 || !strings.Contains(want, got[0]) || got[0] > got[1] {
		t.Errorf("%v, want both and nothing else", got)
	}
	if got := walk("18.02"); len(got) != 0 {
		t.Errorf("another region: %v", got)
	}
	stop := errors.New("stop")
	if err := f.Walk(t.Context(), region, func(string, int64) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Walk = %v, want %v", err, stop)
	}
	if err := f.Walk(t.Context(), "..", nil); err == nil {
		t.Error("a region that is none was walked")
	}
}

func TestSpace(t *testing.T) {
	f, _ := open(t)
	if free, total, err := f.Space(); err != nil || free <= 0 || total < free {
		t.Errorf("Space = %d of %d, %v", free, total, err)
	}
}
