package file

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"
)

// Record describes a file.
type Record struct {
	ID         string
	Purpose    string // what it was sent for, such as innovation/<id>
	Name       string // as uploaded, made safe to show
	Media      string // the type of its bytes, such as application/pdf
	Size       int64  // in bytes; while receiving, the maximum
	SHA256     string // of the bytes, in hexadecimal digits; empty while receiving
	State      State
	Reason     string // the message of why it was refused, cannot be opened, or could not be inspected
	ReceivedBy string // the id of a person
	ReceivedAt time.Time
}

// Ext returns the file name extension as forms list it: in lower case, without the
// dot. The name of a checked file agrees with its bytes.
func (r Record) Ext() string {
	ext := strings.ToLower(r.Name[strings.LastIndexByte(r.Name, '.')+1:])
	if ext == "jpeg" {
		return "jpg"
	}
	return ext
}

// move sets the state of r after m; it returns false if there is no such move.
func (r *Record) move(m Move) bool {
	next, ok := r.State.After(m)
	if ok {
		r.State = next
	}
	return ok
}

// UseKind is the kind of a use, as room/thing: evidence/document. It is a constant of
// the room; since it is stored, it never changes.
type UseKind string

// Use is a use of a file.
type Use struct {
	FileID string
	Kind   UseKind
	RefID  string // the id of what uses it
}

// Records stores the files of the actor's region and their uses.
type Records interface {
	// Add adds r, in a transaction, and returns the quota of the region in bytes,
	// zero for none.
	Add(ctx context.Context, r Record) (quota int64, err error)
	// Used returns the bytes of all files of the region, including those being
	// received.
	Used(ctx context.Context) (int64, error)
	// Save stores the new state of r, which was receiving; NotFound if it no longer is.
	Save(ctx context.Context, r Record, at time.Time) error
	// ByID returns NotFound if the region has no such file.
	ByID(ctx context.Context, id string) (Record, error)
	// All returns the files that have their bytes (State.HasBytes), by id.
	All(ctx context.Context) ([]Record, error)
	// Uninspected returns up to limit files that were not inspected yet, by id and after
	// the one with id last.
	Uninspected(ctx context.Context, last string, limit int) ([]Record, error)
	// CountUninspected counts those, and those that could not be inspected within the
	// limits of that.
	CountUninspected(ctx context.Context) (int, error)
	// SaveFinding stores the state and the reason of a file that was stored; NotFound if
	// it no longer is.
	SaveFinding(ctx context.Context, r Record) error
	// Use adds a use of a file that may be used (State.Usable), unless it exists;
	// NotFound if there is no such file.
	Use(ctx context.Context, u Use, at time.Time) error
	// EndUse ends a use; NotFound if there is none.
	EndUse(ctx context.Context, u Use, at time.Time) error
	// Unused returns up to limit files, by id and after the one with id last, that
	// nothing has used since before.
	Unused(ctx context.Context, before time.Time, last string, limit int) ([]Record, error)
	// DeleteUnused deletes a file with its uses; NotFound if there is none, or
	// something has used it since before.
	DeleteUnused(ctx context.Context, id string, before time.Time) error
	// HasBytes reports whether the bytes with that SHA-256 belong to a file.
	HasBytes(ctx context.Context, sha256 string) (bool, error)
}

// Store stores the bytes of files of the actor's region by their SHA-256.
type Store interface {
	// CheckRoom returns Full if there is not enough space for size bytes.
	CheckRoom(ctx context.Context, size int64) error
	// Receive streams r to the disk and syncs it. It returns TooLarge for more than
	// limit bytes, and Full without space.
	Receive(ctx context.Context, r io.Reader, limit int64) (Bytes, error)
	// Open returns NotFound for missing bytes.
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
	// Remove deletes bytes; it returns nil if they are missing.
	Remove(ctx context.Context, sha256 string) error
}

// Bytes are complete and synced, but not yet readable. They must be committed or
// discarded.
type Bytes interface {
	Digest() (sha256 string, size int64)
	// Open opens them for reading, before they are committed.
	Open() (io.ReadSeekCloser, error)
	// Commit makes them readable, and safe against a loss of power.
	Commit(ctx context.Context) error
	// Discard deletes them, unless they were committed.
	Discard() error
}

// Type is the type of a file.
type Type struct {
	Media string // such as application/pdf
	Ext   string // the file name extension as forms list it, without the dot
}

// Types detects the types of files.
type Types interface {
	// CleanName returns a file name that is safe to show.
	CleanName(name string) string
	// Detect returns the type of a file by its name and its first HeadSize bytes, or
	// all of them; the zero Type if it is unknown or the two disagree.
	Detect(name string, head []byte) Type
}

// HeadSize is the number of bytes needed to detect a type.
const HeadSize = 3072

// Upload is a file to receive. Content may have a method Limit or Len that returns
// the maximum number of its bytes; without one it is unknown.
type Upload struct {
	Name    string // as uploaded
	Content io.Reader
}

// size returns the maximum number of bytes; zero or less if unknown.
func (u Upload) size() int64 {
	switch r := u.Content.(type) {
	case interface{ Limit() int64 }:
		return r.Limit()
	case interface{ Len() int }:
		return int64(r.Len())
	}
	return 0
}

// Request says what a form accepts.
type Request struct {
	Purpose string   // of the file
	Formats []string // accepted file name extensions
}

func (q Request) takes(t Type) bool { return t.Media != "" && slices.Contains(q.Formats, t.Ext) }
