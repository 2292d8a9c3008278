package index

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Store reads the region's facts and stores snapshots.
type Store interface {
	// Facts reads the current facts of a period.
	Facts(ctx context.Context, periodID string) (Facts, error)
	// Snapshots lists the snapshots of a period without their facts, the oldest
	// first.
	Snapshots(ctx context.Context, periodID string) ([]Snapshot, error)
	// LastSnapshots lists the last snapshot of each period without its facts, and the last
	// of the ministry's, the oldest period first.
	LastSnapshots(ctx context.Context) ([]Snapshot, error)
	// SnapshotOn returns the last snapshot with facts up to and including a day,
	// or NotFound.
	SnapshotOn(ctx context.Context, periodID string, on day.Day) (Snapshot, error)
	// Closing returns the last snapshot of a close, or NotFound.
	Closing(ctx context.Context, periodID string) (Snapshot, error)
	// SaveSnapshot stores a snapshot, replacing one of its kind and day.
	SaveSnapshot(ctx context.Context, m Snapshot) error
	// LastChanges lists the last entry of each subject in the region's log
	// after one moment and up to another.
	LastChanges(ctx context.Context, after, until time.Time) ([]LastChange, error)
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
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

// checkReader returns a fault unless the actor has an assignment in the region.
func checkReader(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case len(who.Assignments) == 0:
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// seesAll reports whether who may read the figures of every agency.
func seesAll(who actor.Actor) bool {
	return who.Serves("", actor.Brida, actor.Admin, actor.Pimpinan)
}

// Of returns the index of a period, or of the current one if periodID is empty, to
// everybody with an assignment in the region. The figures are the region's; single
// innovations and agencies are those that the actor may read.
func (s *Service) Of(ctx context.Context, periodID string) (Report, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Report{}, err
	}
	computed, err := s.now(ctx, p)
	if err != nil {
		return Report{}, err
	}
	report := computed.view(ctx, p)
	return report, s.addSnapshots(ctx, &report)
}

// AsOf is Of for the end of a day, from the last snapshot up to that day;
// NotFound if there is none.
func (s *Service) AsOf(ctx context.Context, periodID string, on day.Day) (Report, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Report{}, err
	}
	computed, err := s.on(ctx, p, on)
	if err != nil {
		return Report{}, err
	}
	report := computed.view(ctx, p)
	report.Day = computed.snapshot.Day
	return report, s.addSnapshots(ctx, &report)
}

func (s *Service) period(ctx context.Context, id string) (period.Pinned, error) {
	if err := checkReader(ctx); err != nil {
		return period.Pinned{}, err
	}
	return s.Periods.Shown(ctx, id)
}

// now computes the current index, or that of the close for a closed period.
func (s *Service) now(ctx context.Context, p period.Pinned) (*Computation, error) {
	facts, m, err := s.facts(ctx, p)
	if err != nil {
		return nil, err
	}
	return s.compute(p, facts, m), nil
}

// on computes the index of a day; the current one if d is empty.
func (s *Service) on(ctx context.Context, p period.Pinned, d day.Day) (*Computation, error) {
	if d == "" {
		return s.now(ctx, p)
	}
	m, err := s.Store.SnapshotOn(ctx, p.ID, d)
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
	return s.compute(p, facts, m), nil
}

// facts returns the current facts, or those of the close for a closed period.
func (s *Service) facts(ctx context.Context, p period.Pinned) (Facts, Snapshot, error) {
	if p.State != period.Open {
		m, err := s.Store.Closing(ctx, p.ID)
		if err == nil {
			facts, err := decode(m.Facts)
			return facts, m, err
		}
		if fault.KindOf(err) != fault.NotFound {
			return Facts{}, Snapshot{}, err
		}
	}
	facts, err := s.Store.Facts(ctx, p.ID)
	facts.On = zone.Today(ctx, s.Now())
	return facts, Snapshot{}, err
}

func (s *Service) addSnapshots(ctx context.Context, report *Report) (err error) {
	report.Snapshots, err = s.Store.Snapshots(ctx, report.Period.ID)
	return err
}

// mayOpen reports whether who may read the innovations of an agency; in a closed
// period, of the agency at the time.
func mayOpen(who actor.Actor, agencyID string) bool { return innovation.MayRead(who, agencyID) }
