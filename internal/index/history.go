package index

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/period"
)

// SnapshotDay stores the snapshot of day d, which has just ended, for every period of
// the region that was open at its end. It does nothing for a period that has a
// snapshot stored after the end of d, or one of a later day. If days before d were
// missed because the program was not running, the first of them gets the same
// snapshot.
//
// A closed period without a closing snapshot gets it. An error of one period does not
// affect the others. SnapshotDay is called by a job and checks no permission.
func (s *Service) SnapshotDay(ctx context.Context, d day.Day) error { return s.snapshotDaily(ctx, d) }

// SnapshotToday is SnapshotDay for today; a later call on the same day replaces the
// snapshot.
func (s *Service) SnapshotToday(ctx context.Context) error {
	return s.snapshotDaily(ctx, zone.Today(ctx, s.Now()))
}

func (s *Service) snapshotDaily(ctx context.Context, d day.Day) error {
	list, err := s.Periods.Store.All(ctx)
	if err != nil {
		return fmt.Errorf("index of %s: %w", d, err)
	}
	for _, p := range list {
		if failed := s.snapshotDay(ctx, p, d); failed != nil {
			err = errors.Join(err, fmt.Errorf("index of %s on %s: %w", p.ID, d, failed))
		}
	}
	return err
}

// snapshotDay stores the snapshot of one period. It takes a shared lock on the
// period, so a close comes before or after. It does nothing for a period that was
// closed by day d and has its closing snapshot.
func (s *Service) snapshotDay(ctx context.Context, seen period.Period, d day.Day) error {
	if seen.State != period.Open {
		closing, err := s.Store.Closing(ctx, seen.ID)
		if err == nil && closing.Day <= d || err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Periods.LockShared(ctx, seen.ID)
		if err != nil {
			return err
		}
		if p.State != period.Open {
			return s.snapshotClosed(ctx, p, d)
		}
		days, err := s.missing(ctx, p, d)
		if err != nil {
			return err
		}
		for _, d := range days {
			if err := s.saveSnapshot(ctx, p, Daily, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// missing returns the days for which an open period needs a snapshot now.
func (s *Service) missing(ctx context.Context, p period.Pinned, d day.Day) ([]day.Day, error) {
	end := zone.Start(ctx, d.AddDays(1))
	if !p.MovedAt.Before(end) { // opened, or opened again, on a later day
		return nil, nil
	}
	if s.Now().Before(end) {
		return []day.Day{d}, nil
	}
	first := max(zone.Day(ctx, p.OpenedAt), zone.Day(ctx, p.MovedAt))
	last, err := s.Store.SnapshotOn(ctx, p.ID, zone.Today(ctx, s.Now()))
	switch {
	case fault.KindOf(err) == fault.NotFound:
	case err != nil:
		return nil, err
	case last.Day > d, last.Day == d && last.Kind == Daily && !last.At.Before(end):
		return nil, nil
	case last.Day == d:
		return []day.Day{d}, nil
	default:
		first = max(first, last.Day.AddDays(1))
	}
	if first < d {
		return []day.Day{first, d}, nil
	}
	return []day.Day{d}, nil
}

// snapshotClosed stores the missing snapshots of a closed period: the closing one,
// and that of day d if the close came between the end of d and now.
func (s *Service) snapshotClosed(ctx context.Context, p period.Pinned, d day.Day) error {
	closing, err := s.Store.Closing(ctx, p.ID)
	if fault.KindOf(err) == fault.NotFound {
		return s.saveSnapshot(ctx, p, Closing, zone.Today(ctx, s.Now()))
	}
	if err != nil || closing.Day <= d {
		return err
	}
	last, err := s.Store.SnapshotOn(ctx, p.ID, closing.Day.AddDays(-1))
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if last.Day >= d || p.OpenedAt.After(zone.Start(ctx, d.AddDays(1))) {
		return nil
	}
	closing.Day, closing.Kind = d, Daily
	return s.Store.SaveSnapshot(ctx, closing)
}

// Closed stores the snapshot of a closing period; period calls it in the transaction
// of the close, so no period is closed without one. The close has an exclusive lock
// on the period: an answer is either in these facts or refused afterwards.
func (s *Service) Closed(ctx context.Context, periodID string) error {
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return err
	}
	return s.saveSnapshot(ctx, p, Closing, zone.Today(ctx, s.Now()))
}

func (s *Service) saveSnapshot(ctx context.Context, p period.Pinned, kind Kind, d day.Day) error {
	facts, err := s.Store.Facts(ctx, p.ID)
	if err != nil {
		return err
	}
	facts.On = d
	text, err := facts.encode()
	if err != nil {
		return err
	}
	result := s.compute(p, facts, Snapshot{}).result
	return s.Store.SaveSnapshot(ctx, Snapshot{
		PeriodID: p.ID, Day: d, Kind: kind, At: s.Now(),
		Figure: result.Index.Value, Innovations: result.Count.N, Facts: text,
	})
}

// NationalEntry is the form of the index that the ministry has published.
type NationalEntry struct {
	Figure string // with a comma or a point, two decimals at most
	Day    string // of publication
	Source string
}

const longestSource = 300 // characters

// MayPublish reports whether who may enter the published index.
func MayPublish(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// Publish stores the national index of a period. It returns Invalid with all
// mistakes. A second one of the same day replaces the first.
func (s *Service) Publish(ctx context.Context, periodID string, e NationalEntry) error {
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := checkReader(ctx); err != nil {
			return err
		}
		p, err := s.Periods.LockShared(ctx, periodID)
		if err != nil {
			return err
		}
		who := actor.From(ctx)
		if !MayPublish(who) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		m, err := e.read(zone.Today(ctx, s.Now()))
		if err != nil {
			return err
		}
		m.PeriodID, m.Kind, m.At, m.By = p.ID, National, s.Now(), who.Name
		if err := s.Store.SaveSnapshot(ctx, m); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Index.Of(p.ID), EventNationalRecorded, audit.Details{
			audit.KeyFigure: m.Figure.Round(2).String(), audit.KeyDate: string(m.Day), audit.KeySource: m.Source,
		})
	})
	return fault.Wrap(err, "national index of %s", periodID)
}

// The events of this room in the audit log.
const (
	EventNationalRecorded audit.Event = "index.national_recorded"
)

func (e NationalEntry) read(today day.Day) (m Snapshot, err error) {
	var check fault.Check
	m.Figure, err = decimal.ParseTyped(text.Line(e.Figure))
	hundredths := err == nil && m.Figure <= decimal.FromInt(100) && m.Figure.Round(2).Value == m.Figure
	check.That(hundredths, "figure", "index.national_figure")
	var ok bool
	m.Day, ok = day.Parse(e.Day)
	check.That(ok && m.Day != "" && m.Day <= today, "day", "index.national_day")
	m.Source = text.Line(e.Source)
	check.That(m.Source != "", "source", "index.national_source")
	check.That(utf8.RuneCountInString(m.Source) <= longestSource, "source", "index.national_source_long", fault.Args{"Most": longestSource})
	return m, check.Err()
}

// LastChange is the last entry of a subject in the audit log.
type LastChange struct {
	Subject string
	By      string
	At      time.Time
}
