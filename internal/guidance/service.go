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

// Service holds the rules of guidance.
type Service struct {
	Store   Store
	Periods *period.Service
	Files   *file.Service
	Log     Log
	Tx      uow.Transactor
	Now     func() time.Time
}

// ByCode returns the guidance of an indicator for whoever may change it; all others
// read it with the indicator. NotFound is a period or a code that is not there.
func (s *Service) ByCode(ctx context.Context, periodID, code string) (Guide, error) {
	if err := checkWrite(ctx); err != nil {
		return Guide{}, err
	}
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return Guide{}, err
	}
	return s.guide(ctx, p, code)
}

// checkWrite returns the fault that explains why the actor may not write guidance.
func checkWrite(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayWrite(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

func (s *Service) guide(ctx context.Context, p period.Pinned, code string) (g Guide, err error) {
	g.Period = p
	if g.Indicator, err = p.Indicator(instrument.PerInnovation, code); err != nil {
		return Guide{}, err
	}
	g.Guidance, err = s.Store.Guidance(ctx, p.ID, code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Guide{}, err
	}
	g.Samples, err = s.Store.Samples(ctx, p.ID, code)
	return g, err
}

// change is the one way in for whoever changes what is said of an indicator. They
// have the period alone: its guidance and samples are read and counted there.
func (s *Service) change(ctx context.Context, periodID, code string, fn func(ctx context.Context, g Guide) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := checkWrite(ctx); err != nil {
			return err
		}
		p, err := s.Periods.Lock(ctx, periodID)
		if err != nil {
			return err
		}
		g, err := s.guide(ctx, p, code)
		if err != nil {
			return err
		}
		return fn(ctx, g)
	})
}

// Set replaces the guidance of an indicator; no words take it away. It returns
// Conflict when somebody else has changed it since version was read.
func (s *Service) Set(ctx context.Context, periodID, code, words string, version int64) error {
	words = text.Paragraphs(words)
	err := s.change(ctx, periodID, code, func(ctx context.Context, before Guide) error {
		var check fault.Check
		check.That(utf8.RuneCountInString(words) <= maxWords, "panduan", "guidance.long", fault.Args{"Most": maxWords})
		if err := check.Err(); err != nil {
			return err
		}
		if before.Guidance.Version != version {
			return fault.New(fault.Conflict, "guidance.moved_on")
		}
		g := Guidance{PeriodID: periodID, Code: code, Words: words, By: actor.From(ctx).ID, At: s.Now(), Version: version}
		if err := s.Store.Save(ctx, g); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Guidance.Of(periodID, code), EventWritten, audit.Details{audit.KeyText: words})
	})
	return fault.Wrap(err, "guidance %s %s", periodID, code)
}
