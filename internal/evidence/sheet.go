package evidence

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
	"siida.id/internal/scoring"
)

// Row is an indicator with its answer.
type Row struct {
	Indicator *instrument.Indicator
	Claim
	Weak   int            // how many of its documents are weak
	Option string         // the text of the chosen option
	Reason scoring.Reason // of its points
}

// Group is the rows of a variable of the pack.
type Group = question.Group[Row]

// Sheet has all indicators of an innovation in a period.
type Sheet struct {
	Shown

	Period   period.Pinned
	Periods  []period.Period // those to choose from, if Period is none
	Groups   []Group         // by the pack's variables
	Maturity scoring.Points
	Max      scoring.Points
	Heads    Heads // who are asked to endorse it, with the actor's moves
	Completeness
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

	used []UsedDocument
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
	sheet.fill(s.Scorer.Of(sheet.Period.Pack), claims)
	return sheet, nil
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

// weak counts the weak documents that prove an indicator.
func (sheet *Sheet) weak(indicator *instrument.Indicator) (n int) {
	for _, d := range proving(sheet.used, indicator.Code) {
		if len(question.Weaknesses(indicator, sheet.Period.Year, d.Evidence())) > 0 {
			n++
		}
	}
	return n
}

// fill sets the claims and their points in the pack's order.
func (sheet *Sheet) fill(scorer *scoring.Instrument, claims []Claim) {
	byCode := map[string]Claim{}
	for _, c := range claims {
		byCode[c.Code] = c
	}
	levels := scorer.InnovationLevels(func(code string) int { return byCode[code].Proven() })
	result := scorer.Score(scoring.Answers{Innovations: []scoring.Innovation{{Levels: levels}}})
	sheet.Maturity, sheet.Max = result.Maturity[0], sheet.Period.Pack.Aspect(instrument.PerInnovation).Max.Value
	reasons := scorer.InnovationRows(levels)
	sheet.Groups = question.Groups(sheet.Period.Pack, instrument.PerInnovation, func(i int, indicator *instrument.Indicator) Row {
		c := byCode[indicator.Code]
		sheet.Total++
		return Row{Indicator: indicator, Claim: c, Weak: sheet.weak(indicator), Option: question.OptionText(indicator, c.Basis, c.Level), Reason: *reasons[i]}
	})
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
