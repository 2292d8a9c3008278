package evidence

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Sheet has all indicators of an innovation in a period.
type Sheet struct {
	Shown

	Period  period.Pinned
	Periods []period.Period // those to choose from, if Period is none
	Heads   Heads           // who are asked to endorse it, with the actor's moves
	Answers
	Completeness
	Changes []Change // the latest, the newest first
	// Years are the other periods in which the innovation has answers, the latest first.
	Years []Year
	// ProfileClosed is the fault if the actor could change the profile, or open it for
	// others, but the window of a period is over.
	ProfileClosed error
	// Unendorsable is why no head can endorse now, for those who are asked; nil if they can.
	Unendorsable error
	// Extension is the time that BRIDA has given this innovation alone; zero for none.
	Extension period.Extension
	// Extendable reports whether the period is open and has an end, so that more time can be
	// given.
	Extendable bool

	// Answerable reports whether the actor may change the answers now.
	Answerable bool

	used []UsedDocument
}

// Documents returns how many documents prove answers of the period, and when the last one
// was added; zero for none.
func (sheet *Sheet) Documents() (n int, last time.Time) {
	seen := map[string]bool{}
	for _, d := range sheet.used {
		if d.Code == "" || seen[d.ID] {
			continue
		}
		seen[d.ID] = true
		if d.At.After(last) {
			last = d.At
		}
	}
	return len(seen), last
}

// Sheet returns all answers of an innovation in a period. If periodID is empty it is the
// current one; while none is open, the sheet has today's profile and neither a period nor
// answers.
func (s *Service) Sheet(ctx context.Context, innovationID, periodID string) (sheet Sheet, err error) {
	i, err := s.Innovations.ByID(ctx, innovationID)
	if err != nil {
		return Sheet{}, err
	}
	if err := s.choose(ctx, &sheet, periodID); err != nil {
		return Sheet{}, err
	}
	if sheet.Shown, err = s.shown(ctx, i, sheet.Period); err != nil || sheet.Period.Pack == nil {
		return sheet, err
	}
	if innovation.CheckChange(ctx, i.Access()) == nil || i.State == innovation.Active && period.MayOpen(actor.From(ctx)) {
		if sheet.ProfileClosed = s.Innovations.CheckWindow(ctx, i); fault.Ours(sheet.ProfileClosed) {
			return Sheet{}, sheet.ProfileClosed
		}
	}
	if innovation.CheckChange(ctx, i.Access()) == nil {
		closed := s.Periods.WritableIn(ctx, sheet.Period.Period, i.Access().Data())
		if fault.Ours(closed) {
			return Sheet{}, closed
		}
		sheet.Answerable = closed == nil
	}
	sheet.Extendable = sheet.Period.State == period.Open && !sheet.Period.Closes.IsZero()
	if sheet.Extension, err = s.Periods.ExtensionOf(ctx, sheet.Period.Period, innovationID); err != nil {
		return Sheet{}, err
	}
	claims, err := s.Store.Claims(ctx, innovationID, sheet.Period.ID)
	if err != nil {
		return Sheet{}, err
	}
	used, err := s.Store.Documents(ctx, innovationID, sheet.Period.ID)
	if err != nil {
		return Sheet{}, err
	}
	progress, err := s.Store.ProgressOf(ctx, innovationID, sheet.Period.ID)
	if err != nil {
		return Sheet{}, err
	}
	sheet.Completeness, sheet.Heads = progress.Completeness, progress.Heads
	sheet.endorsedAt(sheet.Heads)
	if err := s.offer(ctx, &sheet); err != nil {
		return Sheet{}, err
	}
	sheet.used = used
	sheet.Answers = answersOf(s.Scorer.Of(sheet.Period.Pack), sheet.Period, claims, used)
	sheet.Total = len(sheet.Period.Pack.Rows(instrument.PerInnovation))
	if sheet.Years, err = s.years(ctx, innovationID, sheet.Period.ID); err != nil {
		return Sheet{}, err
	}
	sheet.Changes, err = s.changes(ctx, innovationID, sheet.Period)
	return sheet, err
}

// choose sets the period of a sheet: that with an id, the current one, or those to choose
// from while none is open.
func (s *Service) choose(ctx context.Context, sheet *Sheet, id string) (err error) {
	if id != "" {
		sheet.Period, err = s.Periods.ByID(ctx, id)
		return err
	}
	if sheet.Period, err = s.Periods.Current(ctx); fault.KindOf(err) == fault.NotFound {
		sheet.Periods, err = s.Periods.All(ctx)
	}
	return err
}

// Printed is a sheet with its documents, for printing.
type Printed struct {
	Sheet
	Proofs map[string][]Document // by indicator code
	At     time.Time             // when it was printed
}

// Printed returns the Sheet with its evidence.
func (s *Service) Printed(ctx context.Context, innovationID, periodID string) (Printed, error) {
	sheet, err := s.Sheet(ctx, innovationID, periodID)
	if err != nil {
		return Printed{}, err
	}
	if sheet.Period.Pack == nil {
		return Printed{}, fault.New(fault.NotFound, "period.none_open")
	}
	p := Printed{Sheet: sheet, Proofs: map[string][]Document{}, At: s.Now()}
	for _, h := range sheet.used {
		if h.Code != "" {
			p.Proofs[h.Code] = append(p.Proofs[h.Code], h.Document)
		}
	}
	return p, nil
}
