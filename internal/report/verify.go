package report

import (
	"context"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// lengthCode is the length of a report's code in letters of four bits each, enough
// not to be guessed.
const lengthCode = 12

// GroupedCode formats the code of a report as printed.
func GroupedCode(code string) string { return lettercode.Grouped(code, "-") }

// Revocation says when, by whom and why an issued report was revoked; it is zero if
// it was not.
type Revocation struct {
	Why        string
	By, ByName string
	On         day.Day
}

// IsValid reports whether it was not revoked.
func (i Issued) IsValid() bool { return i.Revoked.On == "" }

// Checked is what anybody with the code of an issued report may read of it.
type Checked struct {
	Number         string
	PeriodID       string
	On             day.Day
	Signer         string
	PDFSHA256      string // SHA-256 in hex
	WorkbookSHA256 string
	RevokedOn      day.Day // empty if it is valid
}

// Check returns an issued report by its code, in any spelling, to anybody; NotFound
// for an unknown code.
func (s *Service) Check(ctx context.Context, typed string) (Checked, error) {
	code := lettercode.Typed(typed)
	if len(code) != lengthCode {
		return Checked{}, fault.New(fault.NotFound, "report.check_unknown")
	}
	i, err := s.Store.IssuedByCode(ctx, code)
	if fault.KindOf(err) == fault.NotFound {
		return Checked{}, fault.New(fault.NotFound, "report.check_unknown")
	}
	if err != nil {
		return Checked{}, err
	}
	return Checked{i.Number, i.PeriodID, i.On, i.Signer, i.PDF.SHA256, i.Workbook.SHA256, i.Revoked.On}, nil
}

const longestWhy = 500

// CheckRevoke returns the fault if the actor may not revoke an issued report, or it has
// been revoked.
func (s *Service) CheckRevoke(ctx context.Context, id string) error {
	if err := s.maySet(ctx); err != nil {
		return err
	}
	i, err := s.Issued(ctx, id)
	if err == nil && !i.IsValid() {
		return fault.New(fault.Conflict, "report.revoked_already")
	}
	return err
}

// Revoke revokes an issued report. Its number and its files stay in the register. It
// returns Invalid on the field "why" without a reason, and Conflict if it was revoked
// before.
func (s *Service) Revoke(ctx context.Context, id, why string) error {
	if err := s.maySet(ctx); err != nil {
		return err
	}
	i, err := s.Issued(ctx, id)
	if err != nil {
		return err
	}
	why = text.Paragraphs(why)
	var check fault.Check
	check.That(why != "", "why", "report.why_missing")
	check.That(utf8.RuneCountInString(why) <= longestWhy, "why", "report.line_long", fault.Args{"Most": longestWhy})
	if err := check.Err(); err != nil {
		return err
	}
	who := actor.From(ctx)
	made := Revocation{why, who.ID, who.Name, zone.Today(ctx, s.Now())}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.maySet(ctx); err != nil {
			return err
		}
		if err := s.Store.Revoke(ctx, id, made); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Report.Of(id), EventRevoked, audit.Details{audit.KeyNumber: i.Number, audit.KeyReason: why})
	})
	return fault.Wrap(err, "revoke %s", id)
}
