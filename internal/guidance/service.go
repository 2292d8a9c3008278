package guidance

import (
	"context"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Service has the rules of guidance.
type Service struct {
	Store   Store
	Periods *period.Service
	Files   *file.Service
	Log     Log
	Tx      uow.Transactor
	Now     func() time.Time
}

// ByCode returns the guidance of an indicator to those who may change it; all others
// read it on the indicator's page. It returns NotFound for an unknown period or code,
// and Conflict unless the period is open.
func (s *Service) ByCode(ctx context.Context, periodID, code string) (Details, error) {
	if err := checkWrite(ctx); err != nil {
		return Details{}, err
	}
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return Details{}, err
	}
	if err := p.CheckEditable(); err != nil {
		return Details{}, err
	}
	return s.details(ctx, p, code)
}

// checkWrite returns the fault if the actor may not write guidance.
func checkWrite(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayWrite(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

func (s *Service) details(ctx context.Context, p period.Pinned, code string) (g Details, err error) {
	g.Period = p
	if g.Indicator, err = p.Indicator(instrument.PerInnovation, code); err != nil {
		return Details{}, err
	}
	g.Guidance, err = s.Store.Guidance(ctx, p.ID, code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Details{}, err
	}
	g.Samples, err = s.Store.Samples(ctx, p.ID, code)
	return g, err
}

// change runs every change of the guidance or the samples of an indicator, in an open
// period. It locks the period exclusively, and reads and counts them under that lock.
func (s *Service) change(ctx context.Context, periodID, code string, fn func(ctx context.Context, g Details) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := checkWrite(ctx); err != nil {
			return err
		}
		p, err := s.Periods.Lock(ctx, periodID)
		if err != nil {
			return err
		}
		if err := p.CheckEditable(); err != nil {
			return err
		}
		g, err := s.details(ctx, p, code)
		if err != nil {
			return err
		}
		return fn(ctx, g)
	})
}

// Set replaces the guidance of an indicator; empty words delete it. It returns
// Conflict if it was changed since version was read.
func (s *Service) Set(ctx context.Context, periodID, code, words string, version int64) error {
	words = text.Paragraphs(words)
	err := s.change(ctx, periodID, code, func(ctx context.Context, before Details) error {
		var check fault.Check
		check.That(utf8.RuneCountInString(words) <= maxWords, "words", "guidance.long", fault.Args{"Most": maxWords})
		if err := check.Err(); err != nil {
			return err
		}
		if before.Guidance.Version != version {
			return fault.Moved("guidance.moved_on")
		}
		g := Guidance{PeriodID: periodID, Code: code, Words: words, By: actor.From(ctx).ID, At: s.Now(), Version: version}
		if err := s.Store.Save(ctx, g); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Guidance.Of(periodID, code), EventWritten, audit.Details{audit.KeyText: words})
	})
	return fault.Wrap(err, "guidance %s %s", periodID, code)
}
