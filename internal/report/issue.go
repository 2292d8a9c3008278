package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
	"siida.id/internal/file"
)

// Issued is an issued report.
type Issued struct {
	ID        string
	Year      int    // of its number
	N         int    // its place in that year's register
	Number    string // as printed
	Code      string // with which anybody can check it, without groups
	PeriodID  string
	On        day.Day // as printed
	FiguresOn day.Day // the day of its figures
	Figure    string  // the printed index
	Predicate string
	Signer    string // as printed
	By        string
	ByName    string
	At        time.Time
	PDF       file.Record
	Workbook  file.Record
	Revoked   Revocation
}

// Form is a file format of a report.
type Form string

// The forms.
const (
	PDF      Form = "pdf"
	Workbook Form = "xlsx"
)

// file returns the file of a format.
func (i Issued) file(f Form) (file.Record, bool) {
	switch f {
	case PDF:
		return i.PDF, true
	case Workbook:
		return i.Workbook, true
	}
	return file.Record{}, false
}

// Print generates a report in both formats.
type Print func(r Report) (paper, book []byte, err error)

// Offer is a report as it would be issued, to which a person agrees.
type Offer struct {
	Report // with its future number
	N      int
}

// MayReadIssued reports whether who may read the register: an issued report has the
// figures of every agency.
func MayReadIssued(who actor.Actor) bool {
	return who.Serves("", actor.Brida, actor.Admin, actor.Pimpinan)
}

// Offer returns the report that would be issued now, to those who may issue it. It
// returns Conflict if the letterhead is not set up, or the region has no public
// address, which is printed so that anybody can check the report.
func (s *Service) Offer(ctx context.Context, periodID string) (Offer, error) {
	if err := s.maySet(ctx); err != nil {
		return Offer{}, err
	}
	r, err := s.Of(ctx, periodID)
	if err != nil {
		return Offer{}, err
	}
	if !r.Letterhead.Ready() {
		return Offer{}, fault.New(fault.Conflict, "report.letterhead_first")
	}
	if r.Site == "" {
		return Offer{}, fault.New(fault.Conflict, "report.address_first").With(fault.Args{"Code": actor.From(ctx).Region})
	}
	last, err := s.Store.Last(ctx, r.year())
	if err != nil {
		return Offer{}, err
	}
	return Offer{r.numbered(last + 1), last + 1}, nil
}

// Agreed is what a person agreed to: the place in the register and the version of the
// letterhead.
type Agreed struct {
	N          int
	Letterhead int64
}

// Issue gives the report of a period the next number of the year and stores it. It
// returns Conflict if number or letterhead are no longer those that the person agreed
// to, because they sent the form twice or somebody else was faster; no number is used
// then.
//
// The report is generated before the transaction, in which it would delay others, and
// again if a figure has changed meanwhile; if that happens repeatedly Issue returns
// Conflict.
func (s *Service) Issue(ctx context.Context, periodID string, agreed Agreed, print Print) (Issued, error) {
	for range maxPrints - 1 {
		made, err := s.issue(ctx, periodID, agreed, print)
		if !errors.Is(err, errFiguresChanged) {
			return made, err
		}
	}
	return s.issue(ctx, periodID, agreed, print)
}

// maxPrints is the number of times that a report is generated while its figures
// change.
const maxPrints = 3

var errFiguresChanged = fault.New(fault.Conflict, "report.figures_changed")

// issue is Issue without repetition.
func (s *Service) issue(ctx context.Context, periodID string, agreed Agreed, print Print) (Issued, error) {
	offer, err := s.Offer(ctx, periodID)
	if err != nil {
		return Issued{}, err
	}
	if err := agreed.check(offer.Letterhead, offer.N); err != nil {
		// The transaction tells whether the same form has taken the number.
		return Issued{}, s.Tx.InTx(ctx, func(context.Context) error { return err })
	}
	made, err := s.printed(ctx, offer, print)
	if err != nil {
		return Issued{}, fmt.Errorf("issue %s: %w", periodID, err)
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.maySet(ctx); err != nil {
			return err
		}
		if err := s.unchanged(ctx, offer.Report); err != nil {
			return err
		}
		n, err := s.Store.Next(ctx, made.Year)
		if err != nil {
			return err
		}
		l, err := s.letterhead(ctx)
		if err != nil {
			return err
		}
		if err := agreed.check(l, n); err != nil {
			return err
		}
		return s.enter(ctx, made)
	})
	if err != nil {
		return Issued{}, fault.Wrap(err, "issue %s", periodID)
	}
	return made, nil
}

// check returns Conflict if letterhead or number differ from those agreed to.
func (a Agreed) check(l Letterhead, n int) error {
	switch {
	case l.Version != a.Letterhead:
		return fault.New(fault.Conflict, "report.letterhead_changed")
	case n != a.N:
		return fault.New(fault.Conflict, "report.number_taken")
	}
	return nil
}

// unchanged returns Conflict if the report would now have other figures. It takes a
// shared lock on the period, which stays open or closed.
func (s *Service) unchanged(ctx context.Context, r Report) error {
	if _, err := s.Periods.LockShared(ctx, r.Period.ID); err != nil {
		return err
	}
	now, err := s.Index.Of(ctx, r.Period.ID)
	if err == nil && !now.Same(r.Report) {
		return errFiguresChanged
	}
	return err
}

// printed generates and stores the files of an offer; the register does not have it
// yet.
func (s *Service) printed(ctx context.Context, o Offer, print Print) (Issued, error) {
	r := o.Report
	var err error
	if r.Code, err = lettercode.New(s.Random, lengthCode); err != nil {
		return Issued{}, err
	}
	paper, book, err := print(r)
	if err != nil {
		return Issued{}, err
	}
	who := actor.From(ctx)
	made := Issued{
		ID: creating.ID(ctx, s.NewID), Year: r.year(), N: o.N, Number: r.Number, Code: r.Code, PeriodID: r.Period.ID, On: r.Today, FiguresOn: r.FiguresOn,
		Figure: r.Result.Index.String(), Predicate: r.Result.Predicate, Signer: r.Signature().Name,
		By: who.ID, ByName: who.Name, At: r.At,
	}
	name := "indeks-" + r.Period.ID + "-" + strconv.Itoa(made.Year) + "-" + strconv.Itoa(o.N)
	if made.PDF, err = s.Files.Make(ctx, "report", name+".pdf", "application/pdf", paper); err != nil {
		return Issued{}, err
	}
	made.Workbook, err = s.Files.Make(ctx, "report", name+".xlsx", excel, book)
	return made, err
}

// enter adds an issued report to the register, in the caller's transaction: if that
// fails, its number is free again.
func (s *Service) enter(ctx context.Context, made Issued) error {
	for _, f := range []file.Record{made.PDF, made.Workbook} {
		if err := s.Files.Use(ctx, file.Use{FileID: f.ID, Kind: UseIssued, RefID: made.ID}); err != nil { // this use never ends
			return err
		}
	}
	if err := s.Store.Add(ctx, made); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Report.Of(made.ID), EventIssued, audit.Details{
		audit.KeyNumber: made.Number, audit.KeyPeriod: made.PeriodID, audit.KeyDate: string(made.On), audit.KeyIndex: made.Figure,
		audit.KeyPDF: made.PDF.SHA256, audit.KeyXLSX: made.Workbook.SHA256, audit.KeySigner: made.Signer,
	})
}

const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Register returns the issued reports, the newest first; none for those who may not
// read them.
func (s *Service) Register(ctx context.Context) ([]Issued, error) {
	if !MayReadIssued(actor.From(ctx)) {
		return nil, nil
	}
	return s.Store.Issued(ctx)
}

// Issued returns an issued report; NotFound for those who may not read it.
func (s *Service) Issued(ctx context.Context, id string) (Issued, error) {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return Issued{}, fault.New(fault.Unknown, "fault.sign_in")
	case !MayReadIssued(who):
		return Issued{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return s.Store.IssuedByID(ctx, id)
}

// Open returns a file of an issued report.
func (s *Service) Open(ctx context.Context, id string, form Form) (file.Record, io.ReadSeekCloser, error) {
	issued, err := s.Issued(ctx, id)
	if err != nil {
		return file.Record{}, nil, err
	}
	f, known := issued.file(form)
	if !known {
		return file.Record{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Files.Open(ctx, f)
	return f, content, err
}
