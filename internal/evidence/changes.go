package evidence

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// maxChanges is how many changes a sheet shows.
const maxChanges = 6

// Change is an act on the answers, the endorsement or the profile of an innovation.
type Change struct {
	Event     audit.Event
	Indicator *instrument.Indicator // whose answer it changed; nil for another act
	By        string                // the name of the person; empty for a job, and if it was deleted
	At        time.Time
	Points    Gain
}

// Gain is by how many points an act has changed the maturity. Its zero value is unknown:
// the act cannot change it, or was logged before that was recorded.
type Gain struct {
	Known         bool
	Evidence      bool // the act added evidence
	Before, After scoring.Points
}

// Points returns the difference; negative if points were lost.
func (g Gain) Points() scoring.Points { return g.After - g.Before }

// gainOf returns the change of the maturity that an entry of the audit log recorded.
func gainOf(e audit.Entry) (g Gain) {
	var details audit.Details
	if json.Unmarshal([]byte(e.Detail.Values), &details) != nil { // they were deleted
		return Gain{}
	}
	before, errBefore := decimal.Parse(details[audit.KeyMaturityBefore])
	after, errAfter := decimal.Parse(details[audit.KeyMaturity])
	if errBefore != nil || errAfter != nil {
		return Gain{}
	}
	return Gain{true, e.Event == EventAnswered && details[audit.KeyDocument]+details[audit.KeyReused] != "", before, after}
}

// changes returns the latest changes of an innovation in a period: of its answers and
// endorsements, and of its profile while the period was open.
func (s *Service) changes(ctx context.Context, innovationID string, p period.Pinned) (list []Change, err error) {
	var entries []audit.Entry
	for _, subject := range []audit.Subject{
		audit.Answer.Of(innovationID, p.ID), audit.Endorsement.Of(innovationID, p.ID), audit.Innovation.Of(innovationID),
	} {
		some, err := s.Trail.History(ctx, subject, maxChanges)
		if err != nil {
			return nil, fmt.Errorf("changes of %s: %w", innovationID, err)
		}
		for _, e := range some {
			if subject.Kind != audit.Innovation || !e.At.Before(p.OpenedAt) && (p.State == period.Open || e.At.Before(p.MovedAt)) {
				entries = append(entries, e)
			}
		}
	}
	slices.SortFunc(entries, func(a, b audit.Entry) int { return cmp.Compare(b.Seq, a.Seq) })
	for _, e := range entries[:min(len(entries), maxChanges)] {
		c := Change{Event: e.Event, By: e.Detail.ActorName, At: e.At, Points: gainOf(e)}
		if code, of := strings.CutPrefix(e.Subject, audit.Answer.Of(innovationID, p.ID, "").String()); of {
			c.Indicator, _ = p.Pack.Indicator(code)
		}
		list = append(list, c)
	}
	return list, nil
}

// LastGain returns by how many points the actor's last answer to an indicator, or their
// last act on its evidence, has changed the maturity. It is unknown if somebody else has
// changed the answer since.
func (s *Service) LastGain(ctx context.Context, q Question) (Gain, error) {
	subject := audit.Answer.Of(q.Innovation.ID, q.Period.ID, q.Indicator.Code).String()
	e, err := s.Trail.Last(ctx, subject, string(EventAnswered), string(EventDocumentDetached), string(EventDocumentReattached), string(EventDocumentVoid))
	if fault.KindOf(err) == fault.NotFound || err == nil && e.Actor != actor.From(ctx).ID {
		return Gain{}, nil
	}
	return gainOf(e), err
}

// Year is an innovation in another period.
type Year struct {
	PeriodID string
	Scored   bool // the pack of the period is there
	Maturity scoring.Points
}

// years returns the other periods in which an innovation has answers, the latest first.
func (s *Service) years(ctx context.Context, innovationID, but string) (list []Year, err error) {
	all, err := s.Store.Summaries(ctx, innovationID)
	if err != nil {
		return nil, err
	}
	delete(all, but)
	if len(all) == 0 {
		return nil, nil
	}
	periods, err := s.Periods.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range periods {
		summary, answered := all[one.ID]
		if !answered {
			continue
		}
		year := Year{PeriodID: one.ID}
		if p, err := s.Periods.Pin(one); err == nil { // else it does not matter to this page
			year.Scored, year.Maturity = true, maturity(s.Scorer.Of(p.Pack), summary.Proven)
		}
		list = append(list, year)
	}
	slices.SortFunc(list, func(a, b Year) int { return cmp.Compare(b.PeriodID, a.PeriodID) })
	return list, nil
}
