// Package filetest provides a file.Service for the tests of rooms.
package filetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/file"
	"siida.id/internal/file/filesql"
	"siida.id/internal/infra/sqldb"
)

// MaxSize is the size limit of files in bytes.
const MaxSize = 100

// New returns a service with rows in db and bytes in memory. The type of a file
// depends only on its name: surat.pdf is a document, whatever its bytes.
func New(db *sqldb.DB, now func() time.Time) *file.Service {
	return &file.Service{
		Records: &filesql.Records{DB: db}, Store: NewStore(), Types: types{}, Inspector: file.Trusting{}, Region: region{}, Tx: db,
		Log: slog.New(slog.DiscardHandler), MaxSize: MaxSize, NewID: id.New, Now: now,
	}
}

// Add adds a file as described by r, without its bytes.
func Add(tb testing.TB, ctx context.Context, db *sqldb.DB, r file.Record) {
	tb.Helper()
	records, arriving := &filesql.Records{DB: db}, r
	arriving.State = file.Receiving
	err := db.InTx(ctx, func(ctx context.Context) error {
		if _, err := records.Add(ctx, arriving); err != nil || r.State == file.Receiving {
			return err
		}
		return records.Save(ctx, r, r.ReceivedAt)
	})
	if err != nil {
		tb.Fatal(err)
	}
}

type types struct{}

// CleanName implements file.Types.
func (types) CleanName(name string) string { return name }

// Detect implements file.Types.
func (types) Detect(name string, _ []byte) file.Type {
	if !strings.Contains(name, ".") {
		return file.Type{}
	}
	ext := file.Record{Name: name}.Ext()
	return file.Type{Media: "x/" + ext, Ext: ext}
}

// region locks nothing: on SQLite a transaction excludes all others.
type region struct{}

// LockShared implements uow.Region.
func (region) LockShared(ctx context.Context) (context.Context, error) { return ctx, nil }

// Lock implements uow.Region.
func (region) Lock(ctx context.Context) (context.Context, error) { return ctx, nil }

// Store has bytes in memory, by region and SHA-256.
type Store struct {
	Free int64 // bytes of free space; negative for any

	mu     sync.Mutex
	stored map[[2]string]string
}

// NewStore returns an empty Store with any free space.
func NewStore() *Store {
	return &Store{Free: -1, stored: map[[2]string]string{}}
}

func key(ctx context.Context, sum string) [2]string { return [2]string{actor.From(ctx).Region, sum} }

// CheckRoom implements file.Store.
func (s *Store) CheckRoom(_ context.Context, size int64) error {
	if s.Free >= 0 && size > s.Free {
		return fault.New(fault.Full, "fault.full")
	}
	return nil
}

// Receive implements file.Store.
func (s *Store) Receive(_ context.Context, r io.Reader, limit int64) (file.Bytes, error) {
	got, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(got)) > limit {
		return nil, fault.New(fault.TooLarge, "fault.too_large")
	}
	return &arrived{s, string(got)}, nil
}

type arrived struct {
	store *Store
	bytes string
}

// Digest implements file.Bytes.
func (a *arrived) Digest() (sum string, size int64) { return Sum(a.bytes), int64(len(a.bytes)) }

// Sum returns the SHA-256 of bytes.
func Sum(bytes string) string {
	sum := sha256.Sum256([]byte(bytes))
	return hex.EncodeToString(sum[:])
}

// Commit implements file.Bytes.
func (a *arrived) Commit(ctx context.Context) error {
	a.store.mu.Lock()
	defer a.store.mu.Unlock()
	a.store.stored[key(ctx, Sum(a.bytes))] = a.bytes
	return nil
}

// Open implements file.Bytes.
func (a *arrived) Open() (io.ReadSeekCloser, error) {
	return closer{bytes.NewReader([]byte(a.bytes))}, nil
}

// Discard implements file.Bytes.
func (*arrived) Discard() error { return nil }

// Open implements file.Store.
func (s *Store) Open(ctx context.Context, sum string) (io.ReadSeekCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	got, ok := s.stored[key(ctx, sum)]
	if !ok {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	return closer{bytes.NewReader([]byte(got))}, nil
}

type closer struct{ *bytes.Reader }

// Close implements io.Closer.
func (closer) Close() error { return nil }

// Remove implements file.Store.
func (s *Store) Remove(ctx context.Context, sum string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.stored, key(ctx, sum))
	return nil
}

// Harm replaces stored bytes by others of the same length, or deletes them if others
// is empty.
func (s *Store) Harm(ctx context.Context, sum, others string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if others == "" {
		delete(s.stored, key(ctx, sum))
		return
	}
	s.stored[key(ctx, sum)] = others
}

// Count returns the number of files whose bytes are stored.
func (s *Store) Count(ctx context.Context) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := range s.stored {
		if at[0] == actor.From(ctx).Region {
			n++
		}
	}
	return n
}
