package input_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"siida.id/internal/infra/input"
)

func TestFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.json")
	if err := os.WriteFile(file, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, file string
		max        int64
		want       string
		err        error
	}{
		{"whole", file, 5, "12345", nil},
		{"one byte too many", file, 4, "", input.ErrTooLarge},
		{"no such file", file + "x", 5, "", os.ErrNotExist},
		{"a dash is a name like others", "-", 5, "", os.ErrNotExist},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := input.File(t.Context(), tt.file, tt.max)
			if string(got) != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("%q, %v; want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
	if got, err := input.All(t.Context(), strings.NewReader("abc"), 3); string(got) != "abc" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// endless never ends and counts what was read of it.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestCaseS12NoMoreIsReadThanTheLimit(t *testing.T) {
	source := &endless{}
	if _, err := input.All(t.Context(), source, 1<<20); !errors.Is(err, input.ErrTooLarge) {
		t.Errorf("%v, want ErrTooLarge", err)
	}
	if source.read > 1<<20+1 {
		t.Errorf("%d bytes were read, of at most %d", source.read, 1<<20+1)
	}
}

func TestCaseS12ReadingEndsWithItsContext(t *testing.T) {
	silent, writer := io.Pipe()
	defer func() { _ = writer.Close() }()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // lets the read go that waits for a writer
		if w, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
			_ = w.Close()
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := input.All(ctx, silent, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("standard input: %v, want that it was cancelled", err)
	}
	if _, err := input.File(ctx, pipe, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("a pipe: %v, want that it was cancelled", err)
	}
}
