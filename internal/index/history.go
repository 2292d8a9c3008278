package index

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/period"
)

// KeepDay keeps the mark of day d, which has ended, as things stand now: of every
// period of the region that was open when d ended. It is called soon after. One that was
// kept after its end stays as it is, and so does a day before one that was kept. On days before
// d of which nothing was kept, since the program did not run, things stood as on d: the first of
// them gets the same mark.
//
// A period that closed before marks were kept gets its closing one. What fails for one
// period keeps no other from its mark. KeepDay is the program's own work, as nobody, and
// needs no assignment.
func (s *Service) KeepDay(ctx context.Context, d day.Day) error { return s.keepDaily(ctx, d) }

// KeepToday keeps today's mark of every open period as things stand now; a later call
// on the same day replaces it. Otherwise it is KeepDay.
func (s *Service) KeepToday(ctx context.Context) error {
	return s.keepDaily(ctx, zone.Today(ctx, s.Now()))
}

func (s *Service) keepDaily(ctx context.Context, d day.Day) error {
	list, err := s.Periods.Store.All(ctx)
	if err != nil {
		return fmt.Errorf("index of %s: %w", d, err)
	}
	for _, p := range list {
		if failed := s.keepDay(ctx, p, d); failed != nil {
			err = errors.Join(err, fmt.Errorf("index of %s on %s: %w", p.ID, d, failed))
		}
	}
	return err
}

// keepDay keeps the mark of one period. It shares the period, so that a close
// comes before or after. A period that was closed by day d and has its mark is left alone.
func (s *Service) keepDay(ctx context.Context, seen period.Period, d day.Day) error {
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
			return s.keepClosed(ctx, p, d)
		}
		days, err := s.missing(ctx, p, d)
		if err != nil {
			return err
		}
		for _, d := range days {
			if err := s.keep(ctx, p, Daily, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// missing lists the days for which an open period is to be kept as it stands now.
func (s *Service) missing(ctx context.Context, p period.Pinned, d day.Day) ([]day.Day, error) {
	end := zone.Start(ctx, d.AddDays(1))
	if !p.MovedAt.Before(end) { // opened, or opened again, on a later day
		return nil, nil
	}
	if s.Now().Before(end) {
		return []day.Day{d}, nil
	}
	first := max(zone.Day(ctx, p.OpenedAt), zone.Day(ctx, p.MovedAt))
	last, err := s.Store.Kept(ctx, p.ID, zone.Today(ctx, s.Now()))
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

// keepClosed keeps what is missing of a closed period: its closing mark, and the mark
// of day d where the close came between the end of d and now.
func (s *Service) keepClosed(ctx context.Context, p period.Pinned, d day.Day) error {
	closing, err := s.Store.Closing(ctx, p.ID)
	if fault.KindOf(err) == fault.NotFound {
		return s.keep(ctx, p, Closing, zone.Today(ctx, s.Now()))
	}
	if err != nil || closing.Day <= d {
		return err
	}
	last, err := s.Store.Kept(ctx, p.ID, closing.Day.AddDays(-1))
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if last.Day >= d || p.OpenedAt.After(zone.Start(ctx, d.AddDays(1))) {
		return nil
	}
	closing.Day, closing.Kind = d, Daily
	return s.Store.Keep(ctx, closing)
}

// Closed keeps the mark of a period that closes; period calls it in the unit of
// work of the close, so that no period is closed without one. The close has the
// period alone: every answer of it is in these facts, or is refused afterwards.
func (s *Service) Closed(ctx context.Context, periodID string) error {
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return err
	}
	return s.keep(ctx, p, Closing, zone.Today(ctx, s.Now()))
}

func (s *Service) keep(ctx context.Context, p period.Pinned, kind Kind, d day.Day) error {
	facts, err := s.Store.Facts(ctx, p.ID)
	if err != nil {
		return err
	}
	text, err := facts.encode()
	if err != nil {
		return err
	}
	result := s.sum(p, facts, Mark{}).result
	return s.Store.Keep(ctx, Mark{
		PeriodID: p.ID, Day: d, Kind: kind, At: s.Now(),
		Figure: result.Index.Value, Innovations: result.Count.N, Facts: text,
	})
}

// NationalEntry is the index that the ministry has published, as a person types it.
type NationalEntry struct {
	Figure string // with a comma or a point, two decimals at most
	Day    string // of publication
	Source string
}

const longestSource = 300 // in letters

// MayPublish reports whether who enters what the ministry has published.
func MayPublish(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// Publish keeps the national index of a period. It returns Invalid with every
// field that needs a repair. A second one of the same day corrects the first.
func (s *Service) Publish(ctx context.Context, periodID string, e NationalEntry) error {
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := reader(ctx); err != nil {
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
		if err := s.Store.Keep(ctx, m); err != nil {
			return err
		}
		return s.Log.Append(ctx, "index/"+p.ID, "nasional", map[string]string{
			"nilai": m.Figure.Round(2).String(), "tanggal": string(m.Day), "sumber": m.Source,
		})
	})
	return fault.Wrap(err, "national index of %s", periodID)
}

func (e NationalEntry) read(today day.Day) (m Mark, err error) {
	var check fault.Check
	m.Figure, err = decimal.Parse(strings.Replace(strings.TrimSpace(e.Figure), ",", ".", 1))
	hundredths := err == nil && m.Figure <= decimal.FromInt(100) && m.Figure.Round(2).Value == m.Figure
	check.That(hundredths, "nilai", "index.national_figure")
	var ok bool
	m.Day, ok = day.Parse(e.Day)
	check.That(ok && m.Day != "" && m.Day <= today, "tanggal", "index.national_day")
	m.Source = strings.Join(strings.Fields(e.Source), " ")
	check.That(m.Source != "", "sumber", "index.national_source")
	check.That(utf8.RuneCountInString(m.Source) <= longestSource, "sumber", "index.national_source_long", fault.Args{"Most": longestSource})
	return m, check.Err()
}

// Deed is the last thing that the log knows of a subject.
type Deed struct {
	Subject string
	By      string
	At      time.Time
}
