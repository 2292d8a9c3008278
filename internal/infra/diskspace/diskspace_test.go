package diskspace_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/diskspace"
)

func TestIsFull(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want bool
	}{
		{nil, false},
		{errors.New("no space left on device"), false},
		{syscall.EIO, false},
		{&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, true},
		{fmt.Errorf("store: %w", &os.PathError{Op: "write", Path: "x", Err: syscall.EDQUOT}), true},
	} {
		if got := diskspace.IsFull(tt.err); got != tt.want {
			t.Errorf("IsFull(%v) = %v", tt.err, got)
		}
	}
}

func TestExhaustedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if diskspace.Exhausted(dir) || diskspace.Exhausted(filepath.Join(dir, "none")) {
		t.Error("a disk with room is exhausted")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestReserve(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siida.db-reserve")
	now := testclock.Now()
	clock := func() time.Time { return now }
	r := diskspace.NewReserve(path, slog.New(slog.DiscardHandler), clock)
	other := diskspace.NewReserve(path, slog.New(slog.DiscardHandler), clock)
	size := func() int64 {
		info, err := os.Stat(path)
		if err != nil {
			return -1
		}
		return info.Size()
	}
	want := func(step string, got, want bool, bytes int64) {
		t.Helper()
		if got != want || size() != bytes {
			t.Errorf("%s: %v with %d bytes, want %v with %d", step, got, size(), want, bytes)
		}
	}
	want("made", r.Restore(), true, diskspace.ReserveSize)
	r.Release()
	want("at once", r.Restore(), false, -1)
	now = now.Add(9 * time.Second)
	r.Release() // a second caller
	now = now.Add(9 * time.Second)
	want("too early", r.Restore(), false, -1)
	want("another program", other.Restore(), true, diskspace.ReserveSize)
	want("which is seen", r.Restore(), true, diskspace.ReserveSize)
	if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Second)
	want("half", r.Restore(), true, diskspace.ReserveSize)
}

// If the reserve cannot be created no file is left, and not every write tries again.
func TestReserveThatCannotBeMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "later")
	now := testclock.Now()
	r := diskspace.NewReserve(filepath.Join(dir, "r"), slog.New(slog.DiscardHandler), func() time.Time { return now })
	if r.Restore() {
		t.Error("made in no folder")
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if r.Restore() {
		t.Error("tried again at once")
	}
	now = now.Add(10 * time.Second)
	if !r.Restore() {
		t.Error("not tried again after ten seconds")
	}
}
