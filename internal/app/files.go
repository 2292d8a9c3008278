package app

import (
	"bufio"
	"context"
	"errors"
	"io"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/file"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/filetype"
)

// headSize is as much of a file as it takes to tell its type.
const headSize = 3072

// files is file.Shelf in a folder, with the type told from the first bytes.
type files struct {
	folder *blob.Folder
	most   int64
}

var _ file.Shelf = files{}

// Keep implements file.Shelf. Bytes that are nothing known are not kept.
func (f files) Keep(ctx context.Context, name string, r io.Reader) (file.Stored, error) {
	first := bufio.NewReaderSize(r, headSize)
	head, err := first.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return file.Stored{}, err
	}
	kept := file.Stored{Name: filetype.CleanName(name)}
	if len(head) == 0 {
		return kept, nil
	}
	var known bool
	if kept.Media, kept.Ext, known = filetype.Detect(kept.Name, head); !known {
		kept.Size = int64(len(head))
		return kept, nil
	}
	kept.Sum, kept.Size, err = put(ctx, f.folder, first, f.most)
	return kept, err
}

// put receives bytes and commits them.
func put(ctx context.Context, folder *blob.Folder, r io.Reader, limit int64) (sum string, size int64, err error) {
	u, err := folder.Receive(ctx, r, limit)
	if err != nil {
		return "", 0, err
	}
	return u.SHA256, u.Size, u.Commit(actor.From(ctx).Region)
}

// Open implements file.Shelf.
func (f files) Open(ctx context.Context, sum string) (io.ReadSeekCloser, error) {
	return f.folder.Open(ctx, actor.From(ctx).Region, sum)
}
