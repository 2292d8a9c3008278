package index

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Store reads what the region has, and keeps marks.
type Store interface {
	// Facts reads what the index of a period comes from, as it stands.
	Facts(ctx context.Context, periodID string) (Facts, error)
	// Marks lists the marks of a period without their facts, the oldest first.
	Marks(ctx context.Context, periodID string) ([]Mark, error)
	// Kept returns the last mark with facts that is not after a day, or NotFound.
	Kept(ctx context.Context, periodID string, on day.Day) (Mark, error)
	// Closing returns the last mark that a close has kept, or NotFound.
	Closing(ctx context.Context, periodID string) (Mark, error)
	// Keep stores a mark; one of its kind and day gives way.
	Keep(ctx context.Context, m Mark) error
	// Deeds lists the last thing that happened to each subject of the region's
	// log between two moments, the first excluded.
	Deeds(ctx context.Context, after, until time.Time) ([]Deed, error)
}

// Log remembers who did what; it writes in the caller's unit of work.
type Log interface {
	Append(ctx context.Context, subject, event string, details map[string]string) error
}

// Service computes the index.
type Service struct {
	Store   Store
	Periods *period.Service
	Scorer  *scoring.Compiler
	Log     Log
	Tx      uow.Transactor
	Now     func() time.Time
}

// reader says who may see figures of the region: whoever has an assignment.
func reader(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case len(who.Assignments) == 0:
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// seesAll reports whether who sees the figures of every agency, and not of his own alone.
func seesAll(who actor.Actor) bool {
	return who.Serves("", actor.Brida, actor.Admin, actor.Pimpinan)
}

// Of returns the index of a period, or of the current one where periodID is
// empty, to whoever has an assignment in the region. Figures are the region's;
// single innovations and agencies are shown to those who may open them.
func (s *Service) Of(ctx context.Context, periodID string) (Report, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Report{}, err
	}
	sum, err := s.now(ctx, p)
	if err != nil {
		return Report{}, err
	}
	report := sum.view(ctx, p)
	return report, s.addMarks(ctx, &report)
}

// AsOf is Of for the end of a day, from the facts that were kept then or last
// before; NotFound where nothing was kept yet.
func (s *Service) AsOf(ctx context.Context, periodID string, on day.Day) (Report, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Report{}, err
	}
	sum, err := s.on(ctx, p, on)
	if err != nil {
		return Report{}, err
	}
	report := sum.view(ctx, p)
	report.Day = sum.mark.Day
	return report, s.addMarks(ctx, &report)
}

func (s *Service) period(ctx context.Context, id string) (period.Pinned, error) {
	if err := reader(ctx); err != nil {
		return period.Pinned{}, err
	}
	if id == "" {
		return s.Periods.Current(ctx)
	}
	return s.Periods.ByID(ctx, id)
}

// now is the sum of now, or of the close for a period that has closed.
func (s *Service) now(ctx context.Context, p period.Pinned) (*Sum, error) {
	facts, m, err := s.facts(ctx, p)
	if err != nil {
		return nil, err
	}
	return s.sum(p, facts, m), nil
}

// on is the sum of a day; of now, or of the close, without one.
func (s *Service) on(ctx context.Context, p period.Pinned, d day.Day) (*Sum, error) {
	if d == "" {
		return s.now(ctx, p)
	}
	m, err := s.Store.Kept(ctx, p.ID, d)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "index.nothing_kept").Because(err)
	}
	if err != nil {
		return nil, err
	}
	facts, err := decode(m.Facts)
	if err != nil {
		return nil, err
	}
	return s.sum(p, facts, m), nil
}

// facts are those of now, or of the close for a period that has closed.
func (s *Service) facts(ctx context.Context, p period.Pinned) (Facts, Mark, error) {
	if p.State != period.Open {
		m, err := s.Store.Closing(ctx, p.ID)
		if err == nil {
			facts, err := decode(m.Facts)
			return facts, m, err
		}
		if fault.KindOf(err) != fault.NotFound {
			return Facts{}, Mark{}, err
		}
	}
	facts, err := s.Store.Facts(ctx, p.ID)
	return facts, Mark{}, err
}

func (s *Service) addMarks(ctx context.Context, report *Report) (err error) {
	report.Marks, err = s.Store.Marks(ctx, report.Period.ID)
	return err
}

// mayOpen reports whether who may open the innovations of an agency; in a
// closed period that is the agency of the time.
func mayOpen(who actor.Actor, agencyID string) bool { return innovation.MayRead(who, agencyID) }
