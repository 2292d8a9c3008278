package file

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"siida.id/internal/base/fault"
)

// verifyFirst is the size, in bytes, up to which Verify reads a file, which takes
// milliseconds.
const verifyFirst = 8 << 20

// Open returns the bytes of a file; Damaged if they are missing or of another size. If
// they are read from the start, the last bytes are returned only if the SHA-256 is
// right; otherwise reading returns Damaged, so that the file is not taken for complete.
// Reading only parts of it is not checked.
//
// The result has a method Verify, which checks the SHA-256 before the first byte is
// used, unless the file is larger than 8 MB.
func (s *Service) Open(ctx context.Context, r Record) (io.ReadSeekCloser, error) {
	bytes, err := s.Store.Open(ctx, r.SHA256)
	if fault.KindOf(err) == fault.NotFound {
		return nil, damaged(r, errors.New("it is gone"))
	}
	if err != nil {
		return nil, err
	}
	size, err := bytes.Seek(0, io.SeekEnd)
	if err == nil && size != r.Size {
		err = fmt.Errorf("it has %d bytes, not %d", size, r.Size)
	}
	if err == nil {
		_, err = bytes.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(damaged(r, err), bytes.Close())
	}
	return &content{ReadSeekCloser: bytes, record: r, sum: sha256.New()}, nil
}

func compare(sum hash.Hash, r Record) error {
	if got := hex.EncodeToString(sum.Sum(nil)); got != r.SHA256 {
		return damaged(r, fmt.Errorf("its SHA-256 is now %s", got))
	}
	return nil
}

func damaged(r Record, why error) error {
	return fault.New(fault.Damaged, "file.damaged").Because(fmt.Errorf("file %s with SHA-256 %s: %w", r.ID, r.SHA256, why))
}

// content is the bytes of a file. It hashes what is read, as long as it is read from
// the start without gaps.
type content struct {
	io.ReadSeekCloser
	record Record
	sum    hash.Hash // nil after a gap, or once verified
	at     int64     // bytes read
	right  bool      // all bytes were verified
}

// Verify returns Damaged if the SHA-256 is wrong. It reads all bytes, unless the file is
// too large for that, and seeks back to the start.
func (c *content) Verify() error {
	if c.record.Size > verifyFirst || c.right {
		return nil
	}
	if _, err := c.Seek(0, io.SeekStart); err != nil {
		return damaged(c.record, err)
	}
	if _, err := io.Copy(io.Discard, struct{ io.Reader }{c}); err != nil {
		return err
	}
	c.right = true
	if _, err := c.Seek(0, io.SeekStart); err != nil {
		return damaged(c.record, err)
	}
	return nil
}

// Seek implements io.Seeker.
func (c *content) Seek(offset int64, whence int) (int64, error) {
	at, err := c.ReadSeekCloser.Seek(offset, whence)
	switch {
	case c.right:
		c.sum = nil
	case err == nil && at == 0:
		c.at, c.sum = 0, sha256.New()
	case at != c.at:
		c.sum = nil
	}
	return at, err
}

// Read implements io.Reader.
func (c *content) Read(p []byte) (int, error) {
	n, err := c.ReadSeekCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, damaged(c.record, err)
	}
	if c.sum == nil {
		return n, err
	}
	_, _ = c.sum.Write(p[:n])
	if c.at += int64(n); n > 0 && c.at == c.record.Size {
		if failed := compare(c.sum, c.record); failed != nil {
			return 0, failed
		}
	}
	return n, err
}
