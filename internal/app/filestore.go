package app

import (
	"context"
	"io"

	"siida.id/internal/base/actor"
	"siida.id/internal/file"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/filetype"
)

// fileStore is file.Store in a folder.
type fileStore struct{ folder *blob.Folder }

// CheckRoom implements file.Store.
func (s fileStore) CheckRoom(_ context.Context, size int64) error { return s.folder.CheckRoom(size) }

// Receive implements file.Store.
func (s fileStore) Receive(ctx context.Context, r io.Reader, limit int64) (file.Bytes, error) {
	u, err := s.folder.Receive(ctx, r, limit)
	if err != nil {
		return nil, err
	}
	return fileBytes{u}, nil
}

// Open implements file.Store.
func (s fileStore) Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
	return s.folder.Open(ctx, actor.From(ctx).Region, sha256)
}

// Remove implements file.Store.
func (s fileStore) Remove(ctx context.Context, sha256 string) error {
	return s.folder.Remove(actor.From(ctx).Region, sha256)
}

// fileBytes is file.Bytes from an upload to the folder.
type fileBytes struct{ *blob.Upload }

// Digest implements file.Bytes.
func (b fileBytes) Digest() (sha256 string, size int64) { return b.SHA256, b.Size }

// Commit implements file.Bytes.
func (b fileBytes) Commit(ctx context.Context) error { return b.Upload.Commit(actor.From(ctx).Region) }

// Open implements file.Bytes.
func (b fileBytes) Open() (io.ReadSeekCloser, error) { return b.Upload.Open() }

// fileTypes is file.Types from the names and the first bytes.
type fileTypes struct{}

// CleanName implements file.Types.
func (fileTypes) CleanName(name string) string { return filetype.CleanName(name) }

// Detect implements file.Types.
func (fileTypes) Detect(name string, head []byte) file.Type {
	media, ext, _ := filetype.Detect(name, head)
	return file.Type{Media: media, Ext: ext}
}
