package evidence

import (
	"context"
	"io"
	"path"
	"strings"
	"time"

	"siida.id/internal/base/day"
)

// Answer is the option claimed for one indicator.
type Answer struct {
	InnovationID string
	PeriodID     string
	Code         string // of the indicator
	Basis        string // the alternative that is measured by, such as SID-33's "a"
	Level        int    // the option; zero is not answered
	By           string
	At           time.Time
	Version      int64 // counts the saves; zero is not stored yet
}

// Claim is an answer with the number of documents that prove it.
type Claim struct {
	Answer
	Documents int
}

// Proven is the level that earns points: none without evidence.
func (c Claim) Proven() int {
	if c.Documents == 0 {
		return 0
	}
	return c.Level
}

// File is one that has arrived and is kept.
type File struct {
	ID           string
	InnovationID string
	Name         string // as it was called where it came from
	Media        string // such as application/pdf
	Size         int64  // in bytes
	Sum          string // SHA-256 of the bytes, in hex
	By           string
	At           time.Time
}

// ext is what Stored.Ext was: the name of a file that is kept agrees with its bytes.
func (f File) ext() string {
	return strings.Replace(strings.ToLower(strings.TrimPrefix(path.Ext(f.Name), ".")), "jpeg", "jpg", 1)
}

// Document is what proves an answer.
type Document struct {
	ID           string
	InnovationID string
	Number       string // of the letter; pictures have none
	Day          day.Day
	Subject      string
	By           string
	At           time.Time
	File         File
}

// Store keeps answers, files and documents of the actor's region.
type Store interface {
	// Claims lists the answers of one innovation in one period, and of the
	// indicators that only have documents, by code.
	Claims(ctx context.Context, innovationID, periodID string) ([]Claim, error)
	// Answer returns NotFound for an indicator that was never answered.
	Answer(ctx context.Context, innovationID, periodID, code string) (Answer, error)
	// SaveAnswer stores a if nobody saved it since a was read, else Conflict.
	SaveAnswer(ctx context.Context, a Answer) error
	// AddFile keeps what is known of a file; Conflict for an id that exists.
	AddFile(ctx context.Context, f File) error
	// FileByID returns NotFound for an id that the region does not have.
	FileByID(ctx context.Context, id string) (File, error)
	// AddDocument keeps a document, whose file has been added.
	AddDocument(ctx context.Context, d Document) error
	// DocumentByID returns NotFound for an id that the region does not have.
	DocumentByID(ctx context.Context, id string) (Document, error)
	// Use says that a document proves an indicator; Conflict if it already does.
	Use(ctx context.Context, documentID, periodID, code string, at time.Time) error
	// EndUse takes it back; NotFound where there was no such use.
	EndUse(ctx context.Context, documentID, periodID, code string) error
	// Proofs lists the documents of an indicator, the oldest use first.
	Proofs(ctx context.Context, innovationID, periodID, code string) ([]Document, error)
}

// Stored is what Files knows of bytes that it keeps.
type Stored struct {
	Sum   string // SHA-256, in hex
	Size  int64
	Media string // what the bytes are, empty where they are nothing known
	Ext   string // the ending of such a file, without the dot
	Name  string // the name, made safe to show
}

// Files keeps bytes by their sum.
type Files interface {
	// Keep streams r to where it is safe against a loss of power and says what
	// it was. It returns TooLarge past the installation's limit. The name's
	// ending must agree with the bytes, else Media is empty.
	Keep(ctx context.Context, name string, r io.Reader) (Stored, error)
	// Open returns the bytes; NotFound for a sum that is not there.
	Open(ctx context.Context, sum string) (io.ReadSeekCloser, error)
}

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}
