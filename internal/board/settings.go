package board

import (
	"context"
	"strconv"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// EventThresholdsChanged is the event of this room in the audit log.
const EventThresholdsChanged audit.Event = "board.thresholds_changed"

// Thresholds returns the region's thresholds to those who may change them.
func (s *Service) Thresholds(ctx context.Context) (Thresholds, error) {
	if err := check(ctx, MaySet); err != nil {
		return Thresholds{}, err
	}
	return s.Store.Thresholds(ctx)
}

// The most days that a threshold may have; each has at least one.
const (
	MaxQuietDays = 180
	MaxPaceDays  = 90
)

// Entry is the form of the thresholds, as typed.
type Entry struct{ QuietDays, PaceDays string }

// read returns the thresholds of the form, or Invalid with all its mistakes.
func (e Entry) read() (t Thresholds, err error) {
	var check fault.Check
	days := func(typed string, field fault.FieldName, max int) int {
		n, err := strconv.Atoi(text.Line(typed))
		check.That(err == nil && n >= 1 && n <= max, field, "board.days_range", fault.Args{"Most": max})
		return n
	}
	t.QuietDays = days(e.QuietDays, "quiet_days", MaxQuietDays)
	t.PaceDays = days(e.PaceDays, "pace_days", MaxPaceDays)
	return t, check.Err()
}

// SetThresholds stores the region's thresholds, or returns Invalid with all mistakes.
func (s *Service) SetThresholds(ctx context.Context, e Entry) error {
	if err := check(ctx, MaySet); err != nil {
		return err
	}
	to, err := e.read()
	if err != nil {
		return err
	}
	return fault.Wrap(s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := check(ctx, MaySet); err != nil {
			return err
		}
		before, err := s.Store.Thresholds(ctx)
		if err != nil || before == to {
			return err
		}
		if err := s.Store.SaveThresholds(ctx, to); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.BoardSettings.Of(), EventThresholdsChanged, audit.Details{
			audit.KeyQuietDays: strconv.Itoa(to.QuietDays), audit.KeyQuietDaysBefore: strconv.Itoa(before.QuietDays),
			audit.KeyPaceDays: strconv.Itoa(to.PaceDays), audit.KeyPaceDaysBefore: strconv.Itoa(before.PaceDays),
		})
	}), "thresholds of the board")
}
