package report

import (
	"context"
	"errors"
	"io"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
	"siida.id/internal/index"
	"siida.id/internal/period"
	"siida.id/internal/region"
)

// Store stores the letterhead and the register of the actor's region.
type Store interface {
	// Letterhead returns NotFound if none was saved.
	Letterhead(ctx context.Context) (Letterhead, error)
	// SaveLetterhead stores l; Conflict if it was saved since l was read.
	SaveLetterhead(ctx context.Context, l Letterhead) error
	// Last returns the last used number of a year; zero for none.
	Last(ctx context.Context, year int) (int, error)
	// Next uses the next number of a year. Other callers wait until the caller's
	// transaction ends; if that is rolled back, the number is free again.
	Next(ctx context.Context, year int) (int, error)
	// Add adds an issued report, whose files have been added; Conflict for a number
	// that is taken.
	Add(ctx context.Context, i Issued) error
	// Issued returns the register, the newest report first.
	Issued(ctx context.Context) ([]Issued, error)
	// IssuedByID returns NotFound if the region has no such report.
	IssuedByID(ctx context.Context, id string) (Issued, error)
	// IssuedByCode returns NotFound if no report of the region has that code.
	IssuedByCode(ctx context.Context, code string) (Issued, error)
	// Revoke stores a revocation; Conflict if the report was revoked before.
	Revoke(ctx context.Context, id string, r Revocation) error
}

// The events of this room in the audit log.
const (
	EventIssued            audit.Event = "report.issued"
	EventRevoked           audit.Event = "report.revoked"
	EventLetterheadChanged audit.Event = "report.letterhead_changed"
)

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// Regions returns the region of reports.
type Regions interface {
	// Here returns the actor's region.
	Here(ctx context.Context) (region.Region, error)
}

// Service has the rules of reports.
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

// Report is the index of a period as an actor may read it at a moment, with the region's
// letterhead.
type Report struct {
	index.Report
	Site       string     // the region's public address, such as https://si-ida.example; may be empty
	Letterhead Letterhead // not Ready if none was saved
	Logo       []byte     // the crest; nil for none
	Number     string     // as printed; empty for a draft
	Code       string     // with which anybody can check it; empty for a draft
	At         time.Time
	Today      day.Day // as printed
	FiguresOn  day.Day // the day of the figures
}

// Draft reports whether r is a draft.
func (r Report) Draft() bool { return r.Number == "" }

// Signature returns the signer's block of r.
func (r Report) Signature() Signature { return r.Letterhead.Signer.Sign(indexReport) }

func (r Report) year() int {
	year, _, _ := r.Today.Date()
	return year
}

func (r Report) numbered(n int) Report {
	r.Number = r.Letterhead.Pattern.Write(Number{N: n, Code: r.Letterhead.Code, Day: r.Today})
	return r
}

// Choices returns the periods of which there are reports: those of period.Service.All.
func (s *Service) Choices(ctx context.Context) ([]period.Period, error) {
	return s.Periods.All(ctx)
}

// Of returns the draft of a period's report to those who may read the index.
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
	if r.Logo, err = s.crestOf(ctx, r.Letterhead); err != nil {
		return Report{}, err
	}
	return r, nil
}

// crestOf returns the crest of a letterhead. A damaged one is Damaged, in words that say
// what to do: no report is made without it.
func (s *Service) crestOf(ctx context.Context, l Letterhead) ([]byte, error) {
	var bytes []byte
	content, err := s.Files.Open(ctx, l.Logo)
	if err == nil {
		bytes, err = io.ReadAll(content)
		err = errors.Join(err, content.Close())
	}
	if fault.KindOf(err) == fault.Damaged {
		err = fault.New(fault.Damaged, "report.logo_damaged").Because(err)
	}
	return bytes, err
}
