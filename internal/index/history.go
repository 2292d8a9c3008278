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

// KeepDaily keeps today's mark of every open period of the region, and the
// closing one of a period that closed before marks were kept. Called again on
// the same day it keeps the day's later state. It is the program's own work, as
// nobody, and needs no assignment. What fails for one period keeps no other from
// its mark.
func (s *Service) KeepDaily(ctx context.Context) error {
	list, err := s.Periods.Store.All(ctx)
	if err != nil {
		return fmt.Errorf("daily index: %w", err)
	}
	for _, p := range list {
		if failed := s.keepDaily(ctx, p); failed != nil {
			err = errors.Join(err, fmt.Errorf("daily index of %s: %w", p.ID, failed))
		}
	}
	return err
}

// keepDaily keeps the mark of one period. It shares the period, so that a close
// comes before or after. A period that is closed and has its mark is left alone.
func (s *Service) keepDaily(ctx context.Context, seen period.Period) error {
	if seen.State != period.Open {
		if _, err := s.Store.Closing(ctx, seen.ID); fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Periods.LockShared(ctx, seen.ID)
		if err != nil {
			return err
		}
		if p.State == period.Open {
			return s.keep(ctx, p, Daily)
		}
		_, err = s.Store.Closing(ctx, p.ID)
		if fault.KindOf(err) == fault.NotFound {
			return s.keep(ctx, p, Closing)
		}
		return err
	})
}

// Closed keeps the mark of a period that closes; period calls it in the unit of
// work of the close, so that no period is closed without one. The close has the
// period alone: every answer of it is in these facts, or is refused afterwards.
func (s *Service) Closed(ctx context.Context, periodID string) error {
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return err
	}
	return s.keep(ctx, p, Closing)
}

func (s *Service) keep(ctx context.Context, p period.Pinned, kind Kind) error {
	facts, err := s.Store.Facts(ctx, p.ID)
	if err != nil {
		return err
	}
	text, err := facts.encode()
	if err != nil {
		return err
	}
	result := s.sum(p, facts, Mark{}).result
	now := s.Now()
	return s.Store.Keep(ctx, Mark{
		PeriodID: p.ID, Day: zone.Day(ctx, now), Kind: kind, At: now,
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
	if err != nil && fault.KindOf(err) == fault.Internal {
		return fmt.Errorf("national index of %s: %w", periodID, err)
	}
	return err
}

func (e NationalEntry) read(today day.Day) (m Mark, err error) {
	var check fault.Check
	m.Figure, err = decimal.Parse(strings.Replace(strings.TrimSpace(e.Figure), ",", ".", 1))
	hundredths := err == nil && m.Figure <= decimal.Whole(100) && m.Figure.Round(2).Value == m.Figure
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
