package backup

import (
	"context"
	"encoding/json"
	"io"
	"time"
)

// Service makes and restores backups.
type Service struct {
	Store   Store
	Jobs    Jobs
	Files   Files
	Program string // its version
	Now     func() time.Time
	// Free returns the bytes that are free on the disk of a folder.
	Free func(folder string) (int64, error)
}

// Store is the database.
type Store interface {
	// Snapshot calls fn with a context in which all reads see one state, and InTx with
	// one in which everything is written or nothing.
	Snapshot(ctx context.Context, fn func(ctx context.Context) error) error
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	// Schema returns the version of the schema; an error if it is not the program's.
	Schema(ctx context.Context) (int64, error)
	// Size returns how many bytes the database has.
	Size(ctx context.Context) (int64, error)
	// Tables returns all tables of the program, each behind those to which it refers.
	Tables(ctx context.Context) ([]Table, error)
	// Any reports whether a table has rows.
	Any(ctx context.Context, t Table) (bool, error)
	// Each calls fn with every row in the order of the key. A value is nil, a string, an
	// int64 or a bool. fn must not keep row.
	Each(ctx context.Context, t Table, fn func(row []any) error) error
	// Add adds rows, with such values.
	Add(ctx context.Context, t Table, rows [][]any) error
	// LogEnds returns the last entry of the audit log of each region, by region.
	LogEnds(ctx context.Context) ([]LogEnd, error)
	// Files returns the stored files to which rows refer, each once, in their order.
	Files(ctx context.Context) ([]File, error)
}

// Table is a table of the database.
type Table struct {
	Name    string
	Columns []Column
	Key     []string // names of columns
	Self    []SelfReference
}

// SelfReference is a foreign key of a table to itself: its columns, and those to which
// they refer.
type SelfReference struct{ From, To []string }

// Column is a column of a table, whose type is text, bigint or boolean.
type Column struct{ Name, Type string }

// Jobs are those that are not done, parked ones included. Jobs that are done stay
// behind: whatever they did is in the rows.
type Jobs interface {
	Unfinished(ctx context.Context) ([]Job, error)
	// Insert inserts a job anew, to be tried as often as any.
	Insert(ctx context.Context, j Job) error
}

// Job is a job to be done.
type Job struct {
	Region string          `json:"region"` // empty for the installation
	Kind   string          `json:"kind"`
	Key    string          `json:"key"`
	Args   json.RawMessage `json:"args"`
}

// Files are the stored bytes of files. They never change.
type Files interface {
	// Walk calls fn with every stored file of every region, and its size in bytes.
	Walk(ctx context.Context, fn func(f File, size int64) error) error
	// Open returns NotFound for bytes that are not there.
	Open(ctx context.Context, f File) (io.ReadCloser, error)
	// InBatch calls fn; what is put with its context is safe once InBatch has returned.
	InBatch(ctx context.Context, fn func(ctx context.Context) error) error
	// Put stores bytes, which must have the SHA-256 of f, in place of any that are there.
	Put(ctx context.Context, f File, content io.Reader) error
}

// File is the bytes of stored files of a region.
type File struct {
	Region string `json:"region"`
	SHA256 string `json:"sha256"`
}

// path is where a backup has the bytes.
func (f File) path() string {
	return filesFolder + "/" + f.Region + "/" + f.SHA256[:min(2, len(f.SHA256))] + "/" + f.SHA256
}

// LogEnd is the last entry of the audit log of a region, by which one knows how much a
// backup has.
type LogEnd struct {
	Region string `json:"region"`
	Seq    int64  `json:"seq"`
	Hash   string `json:"hash"`
}
