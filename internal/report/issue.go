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
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
	"siida.id/internal/file"
)

// Issued is a report that has left the house.
type Issued struct {
	ID        string
	Year      int    // of its number
	N         int    // the place in that year's register
	Number    string // as printed
	Code      string // by which anybody checks it, without groups
	PeriodID  string
	On        day.Day // that stands on the letter
	FiguresOn day.Day // the day whose figures are in it
	Figure    string  // the printed index
	Predicate string
	Signer    string // as printed on the letter
	By        string
	ByName    string
	At        time.Time
	Paper     file.Record
	Book      file.Record
	Revoked   Revocation
}

// Form is one of the two in which a report is issued.
type Form string

// The forms.
const (
	Paper Form = "pdf"
	Book  Form = "xlsx"
)

// file is the file of a form.
func (i Issued) file(f Form) (file.Record, bool) {
	switch f {
	case Paper:
		return i.Paper, true
	case Book:
		return i.Book, true
	}
	return file.Record{}, false
}

// Print lays a report out in both forms.
type Print func(r Report) (paper, book []byte, err error)

// Offer is what a person sees before issuing a report, and what they agree to.
type Offer struct {
	Report // with the number that it would have
	N      int
}

// MayReadIssued reports whether who reads the register: an issued report has
// the figures of every agency.
func MayReadIssued(who actor.Actor) bool {
	return who.Serves("", actor.Brida, actor.Admin, actor.Pimpinan)
}

// Offer returns what would be issued now, to whoever may issue. It returns
// Conflict where the letterhead is still to be set up, or the region's public
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

// Agreed is what a person saw when they agreed: the place in the register and the
// version of the letterhead.
type Agreed struct {
	N          int
	Letterhead int64
}

// Issue gives the report of a period the next number of the year and keeps it.
// Whoever agreed to another number or letterhead than those of now, because they
// pressed twice or somebody was faster, hears Conflict, and no number is used up.
//
// It is printed before the transaction, which would hold up others for as long,
// and printed again where a figure has changed since; it returns Conflict where
// that goes on.
func (s *Service) Issue(ctx context.Context, periodID string, agreed Agreed, print Print) (Issued, error) {
	for range maxPrints - 1 {
		made, err := s.issue(ctx, periodID, agreed, print)
		if !errors.Is(err, errFiguresChanged) {
			return made, err
		}
	}
	return s.issue(ctx, periodID, agreed, print)
}

// maxPrints is how often a report is printed whose figures change while it is.
const maxPrints = 3

var errFiguresChanged = fault.New(fault.Conflict, "report.figures_changed")

// issue is Issue, and prints once.
func (s *Service) issue(ctx context.Context, periodID string, agreed Agreed, print Print) (Issued, error) {
	offer, err := s.Offer(ctx, periodID)
	if err != nil {
		return Issued{}, err
	}
	if err := agreed.check(offer.Letterhead, offer.N); err != nil {
		return Issued{}, err
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

// check returns Conflict for another letterhead or number than what was seen.
func (a Agreed) check(l Letterhead, n int) error {
	switch {
	case l.Version != a.Letterhead:
		return fault.New(fault.Conflict, "report.letterhead_changed")
	case n != a.N:
		return fault.New(fault.Conflict, "report.number_taken")
	}
	return nil
}

// unchanged returns Conflict where a report would have other figures by now. The
// period is shared, so that it stays open or closed as it is.
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

// printed prints what is offered and keeps the bytes; the register does not know of it yet.
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
		ID: s.NewID(), Year: r.year(), N: o.N, Number: r.Number, Code: r.Code, PeriodID: r.Period.ID, On: r.Today, FiguresOn: r.FiguresOn,
		Figure: r.Result.Index.String(), Predicate: r.Result.Predicate, Signer: r.Signature().Name,
		By: who.ID, ByName: who.Name, At: r.At,
	}
	name := "indeks-" + r.Period.ID + "-" + strconv.Itoa(made.Year) + "-" + strconv.Itoa(o.N)
	if made.Paper, err = s.Files.Make(ctx, "report", name+".pdf", "application/pdf", paper); err != nil {
		return Issued{}, err
	}
	made.Book, err = s.Files.Make(ctx, "report", name+".xlsx", excel, book)
	return made, err
}

// enter enters an issued report into the register, in the caller's transaction:
// where anything fails, its number is free again.
func (s *Service) enter(ctx context.Context, made Issued) error {
	for _, f := range []file.Record{made.Paper, made.Book} {
		if err := s.Files.Use(ctx, file.Use{FileID: f.ID, Kind: UseIssued, RefID: made.ID}); err != nil { // forever
			return err
		}
	}
	if err := s.Store.Add(ctx, made); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Report.Of(made.ID), EventIssued, audit.Details{
		audit.KeyNumber: made.Number, audit.KeyPeriod: made.PeriodID, audit.KeyDate: string(made.On), audit.KeyIndex: made.Figure,
		audit.KeyPDF: made.Paper.SHA256, audit.KeyXLSX: made.Book.SHA256, audit.KeySigner: made.Signer,
	})
}

const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Register lists the issued reports, the newest first; none for whoever may
// not read them.
func (s *Service) Register(ctx context.Context) ([]Issued, error) {
	if !MayReadIssued(actor.From(ctx)) {
		return nil, nil
	}
	return s.Store.Issued(ctx)
}

// Issued returns one; NotFound for whoever may not read it.
func (s *Service) Issued(ctx context.Context, id string) (Issued, error) {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return Issued{}, fault.New(fault.Unknown, "fault.sign_in")
	case !MayReadIssued(who):
		return Issued{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return s.Store.IssuedByID(ctx, id)
}

// Open returns the bytes that were issued.
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
