package file

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"
)

// Record is what is known of a file.
type Record struct {
	ID         string
	Purpose    string // for what it was sent, such as innovation/<id>
	Name       string // as it was called where it came from, made safe to show
	Media      string // what its bytes are, such as application/pdf
	Size       int64  // in bytes; while it arrives, as many as it may have
	SHA256     string // of the bytes, in hexadecimal digits; empty while they arrive
	State      State
	Reason     string // why it was refused, a key of the catalogue
	ReceivedBy string // the id of a person
	ReceivedAt time.Time
}

// Ext is the ending of the file's name as forms list them: in lower case, without the
// dot. The name of a file that is checked agrees with its bytes.
func (r Record) Ext() string {
	ext := strings.ToLower(r.Name[strings.LastIndexByte(r.Name, '.')+1:])
	if ext == "jpeg" {
		return "jpg"
	}
	return ext
}

// move takes r to its next state; false where there is no such move.
func (r *Record) move(m Move) bool {
	next, ok := r.State.After(m)
	if ok {
		r.State = next
	}
	return ok
}

// UseKind is what relies on a file, as room/thing: evidence/document. It is a
// constant of the room, and never changes, as it stands in rows.
type UseKind string

// Use is what relies on a file.
type Use struct {
	FileID string
	Kind   UseKind
	RefID  string // which one of its kind
}

// Records keeps what is known of the files of the actor's region, and what uses them.
type Records interface {
	// Add adds r, in a transaction, and returns how much all files of the region may take, in bytes;
	// zero is any amount.
	Add(ctx context.Context, r Record) (quota int64, err error)
	// Used is how many bytes the files of the region take, with those that arrive.
	Used(ctx context.Context) (int64, error)
	// Save stores what has become of r, which was receiving; NotFound where it is not
	// any more.
	Save(ctx context.Context, r Record, at time.Time) error
	// ByID returns NotFound for an id that the region does not have.
	ByID(ctx context.Context, id string) (Record, error)
	// All lists the files that are checked, by id.
	All(ctx context.Context) ([]Record, error)
	// Use notes that something uses a checked file; NotFound where it is none. A use
	// that is there already stays.
	Use(ctx context.Context, u Use, at time.Time) error
	// EndUse notes that it does not any more; NotFound where it did not.
	EndUse(ctx context.Context, u Use, at time.Time) error
	// DeleteUnused deletes up to limit files that nothing has used since before, and
	// returns how many.
	DeleteUnused(ctx context.Context, before time.Time, limit int) (int, error)
	// AllSHA256 lists those of the bytes that belong to files.
	AllSHA256(ctx context.Context) ([]string, error)
	// HasBytes reports whether the bytes with that SHA-256 belong to a file.
	HasBytes(ctx context.Context, sha256 string) (bool, error)
}

// Store keeps the bytes of files of the actor's region by their SHA-256.
type Store interface {
	// CheckRoom returns Full where there is not enough room for size bytes.
	CheckRoom(ctx context.Context, size int64) error
	// Receive streams r to where it is safe against a loss of power. It returns TooLarge
	// past limit bytes, and Full for want of room.
	Receive(ctx context.Context, r io.Reader, limit int64) (Bytes, error)
	// Open returns NotFound for bytes that are not there.
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
	// Remove deletes bytes; those that are not there are deleted already.
	Remove(ctx context.Context, sha256 string) error
	// Walk calls fn for all there are, with their size and the moment since when.
	Walk(ctx context.Context, fn func(sha256 string, size int64, since time.Time) error) error
}

// Bytes have arrived whole, and cannot be opened yet. They are to be committed or
// discarded.
type Bytes interface {
	Digest() (sha256 string, size int64)
	// Commit gives them their place, where they can be opened, safe against a loss of
	// power.
	Commit(ctx context.Context) error
	// Discard throws them away, unless they were committed.
	Discard() error
}

// Type is what a file is.
type Type struct {
	Media string // such as application/pdf
	Ext   string // the ending of such a file as forms list it, without the dot
}

// Types tells files apart.
type Types interface {
	// CleanName makes of what a file is called a name that is safe to show.
	CleanName(name string) string
	// Detect is what a file is that begins with head, which has HeadSize bytes unless
	// the file is shorter; none where it is nothing known, or not what its name says.
	Detect(name string, head []byte) Type
}

// HeadSize is as much of a file as it takes to tell its type, in bytes.
const HeadSize = 3072

// Upload is a file as it comes. Content may have a method Limit or Len, which says how
// many bytes come at most; without one it may be as large as any.
type Upload struct {
	Name    string // what it is called where it comes from
	Content io.Reader
}

// size is how many bytes come at most; zero or less is not known.
func (u Upload) size() int64 {
	switch r := u.Content.(type) {
	case interface{ Limit() int64 }:
		return r.Limit()
	case interface{ Len() int }:
		return int64(r.Len())
	}
	return 0
}

// Request is what a form asks for.
type Request struct {
	Purpose string   // of the file
	Formats []string // the endings that it takes
}

func (q Request) takes(t Type) bool { return t.Media != "" && slices.Contains(q.Formats, t.Ext) }

// list is the formats as a person reads them.
func (q Request) list() string { return strings.ToUpper(strings.Join(q.Formats, ", ")) }
