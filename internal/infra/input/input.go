// Package input reads the documents that a person names on a command line.
package input

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// MaxBytes is the size of the largest document, unless the person sets another.
const MaxBytes = 256 << 20

// ErrTooLarge is the error of a document larger than the limit.
var ErrTooLarge = errors.New("document is too large")

// File is All for the content of a file.
func File(ctx context.Context, name string, maxBytes int64) ([]byte, error) {
	return wait(ctx, func() ([]byte, error) {
		file, err := os.Open(name) //nolint:gosec // the person at the keyboard named it
		if err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		defer func() { _ = file.Close() }()
		return all(file, maxBytes)
	})
}

// All returns the content of r, of at most maxBytes bytes. It returns ErrTooLarge after
// one byte more, and the error of ctx as soon as ctx ends, even while the system waits
// for input that does not come; that read is left behind, for the command to end.
func All(ctx context.Context, r io.Reader, maxBytes int64) ([]byte, error) {
	return wait(ctx, func() ([]byte, error) { return all(r, maxBytes) })
}

func wait(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		content []byte
		err     error
	}
	done := make(chan result, 1)
	go func() {
		content, err := read()
		done <- result{content, err}
	}()
	select {
	case r := <-done:
		return r.content, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("read: %w", ctx.Err())
	}
}

func all(r io.Reader, maxBytes int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if int64(len(content)) > maxBytes {
		return nil, ErrTooLarge
	}
	return content, nil
}
