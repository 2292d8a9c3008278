package report

import (
	"context"
	"io"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
	"siida.id/internal/index"
	"siida.id/internal/period"
	"siida.id/internal/region"
)

// Store keeps the letterhead and the register of the actor's region.
type Store interface {
	// Letterhead returns NotFound where none was saved yet.
	Letterhead(ctx context.Context) (Letterhead, error)
	// SaveLetterhead stores l if nobody saved since l was read, else Conflict.
	SaveLetterhead(ctx context.Context, l Letterhead) error
	// Last is the last number that was given in a year; zero before the first.
	Last(ctx context.Context, year int) (int, error)
	// Next takes the next number of a year. Whoever asks for one as well waits
	// for the end of the caller's transaction, and one that fails gives it back.
	Next(ctx context.Context, year int) (int, error)
	// Add enters an issued report, whose files have been added; Conflict for a
	// number that is taken.
	Add(ctx context.Context, i Issued) error
	// Issued lists the register, the newest first.
	Issued(ctx context.Context) ([]Issued, error)
	// IssuedByID returns NotFound for an id that the region does not have.
	IssuedByID(ctx context.Context, id string) (Issued, error)
	// IssuedByCode returns NotFound for a code that is on no report of the region.
	IssuedByCode(ctx context.Context, code string) (Issued, error)
	// Revoke keeps that a report no longer holds; Conflict where that was kept before.
	Revoke(ctx context.Context, id string, r Revocation) error
}

// What the audit log has of this room.
const (
	EventIssued            audit.Event = "report.issued"
	EventRevoked           audit.Event = "report.revoked"
	EventLetterheadChanged audit.Event = "report.letterhead_changed"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// Regions knows the region whose reports are made.
type Regions interface {
	// Here is the actor's region.
	Here(ctx context.Context) (region.Region, error)
}

// Service makes reports, and issues them.
type Service struct {
	Regions Regions
	Index   *index.Service
	Periods *period.Service
	Store   Store
	Files   *file.Service
	Shrink  Shrink // of crests
	Log     Log
	Tx      uow.Transactor
	Random  io.Reader // of codes; crypto/rand.Reader
	NewID   func() string
	Now     func() time.Time
}

// Report is the index of a period as somebody sees it at a moment, in the
// region's letterhead.
type Report struct {
	index.Report
	Site       string     // the region's public address, such as https://si-ida.example; empty where none is set
	Letterhead Letterhead // not Ready where none was saved yet
	Logo       []byte     // the crest; none is nothing
	Number     string     // as printed; empty is a draft
	Code       string     // by which anybody checks it; a draft has none
	At         time.Time
	Today      day.Day // as it stands on the letter
	FiguresOn  day.Day // whose figures it has
}

// Draft reports whether it has not been issued.
func (r Report) Draft() bool { return r.Number == "" }

// Signature is how the signer stands on it.
func (r Report) Signature() Signature { return r.Letterhead.Signer.Sign(indexReport) }

func (r Report) year() int {
	year, _, _ := r.Today.Date()
	return year
}

func (r Report) numbered(n int) Report {
	r.Number = r.Letterhead.Pattern.Write(Number{N: n, Code: r.Letterhead.Code, Day: r.Today})
	return r
}

// Choices are the periods that reports can be had of, as period.Service.All has them.
func (s *Service) Choices(ctx context.Context) ([]period.Period, error) {
	return s.Periods.All(ctx)
}

// Of returns the draft of a period's report, to whoever may see the index.
func (s *Service) Of(ctx context.Context, periodID string) (Report, error) {
	made, err := s.Index.Of(ctx, periodID)
	if err != nil {
		return Report{}, err
	}
	here, err := s.Regions.Here(ctx)
	if err != nil {
		return Report{}, err
	}
	r := Report{Report: made, Site: here.URL, At: s.Now()}
	r.Today = zone.Today(ctx, r.At)
	if r.FiguresOn = r.Today; !r.SnapshotAt.IsZero() {
		r.FiguresOn = zone.Day(ctx, r.SnapshotAt)
	}
	if r.Letterhead, err = s.letterhead(ctx); err != nil || r.Letterhead.Logo.ID == "" {
		return r, err
	}
	content, err := s.Files.Open(ctx, r.Letterhead.Logo)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = content.Close() }()
	r.Logo, err = io.ReadAll(content)
	return r, err
}
