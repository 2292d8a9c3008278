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

// checkFirst is the size up to which a file is read once before it is opened, to
// check its SHA-256, which takes milliseconds. A larger one is checked while it is
// read.
const checkFirst = 8 << 20

// Open returns the bytes of a file; Damaged if they are missing or have changed. If a
// file larger than 8 MB is read from its start, its last bytes are returned only if
// the SHA-256 is right; otherwise reading returns Damaged, so that the file is not
// taken for complete. Reading only parts of it is not checked.
func (s *Service) Open(ctx context.Context, r Record) (io.ReadSeekCloser, error) {
	content, err := s.Store.Open(ctx, r.SHA256)
	if fault.KindOf(err) == fault.NotFound {
		return nil, damaged(r, errors.New("it is gone"))
	}
	if err != nil {
		return nil, err
	}
	size, err := content.Seek(0, io.SeekEnd)
	if err == nil && size != r.Size {
		return nil, errors.Join(damaged(r, fmt.Errorf("it has %d bytes, not %d", size, r.Size)), content.Close())
	}
	if err == nil {
		_, err = content.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(damaged(r, err), content.Close())
	}
	if r.Size > checkFirst {
		return &checked{ReadSeekCloser: content, record: r, sum: sha256.New()}, nil
	}
	if err := verify(content, r); err != nil {
		return nil, errors.Join(err, content.Close())
	}
	return content, nil
}

// verify reads content to its end, and seeks back to its start.
func verify(content io.ReadSeeker, r Record) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, content); err != nil {
		return damaged(r, err)
	}
	if err := compare(sum, r); err != nil {
		return err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return damaged(r, err)
	}
	return nil
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

// checked hashes what is read, as long as it is read from the start without gaps.
type checked struct {
	io.ReadSeekCloser
	record Record
	sum    hash.Hash // nil after a gap
	at     int64     // bytes read
}

// Seek implements io.Seeker.
func (c *checked) Seek(offset int64, whence int) (int64, error) {
	at, err := c.ReadSeekCloser.Seek(offset, whence)
	if err == nil && at == 0 {
		c.at, c.sum = 0, sha256.New()
	} else if at != c.at {
		c.sum = nil
	}
	return at, err
}

// Read implements io.Reader.
func (c *checked) Read(p []byte) (int, error) {
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
