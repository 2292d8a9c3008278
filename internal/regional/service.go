package regional

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
	"siida.id/internal/scoring"
)

// Service has the rules of a region's own answers.
type Service struct {
	Store   Store
	Periods *period.Service
	Scorer  *scoring.Compiler
	Files   *file.Service
	Log     Log
	Tx      uow.Transactor
	NewID   func() string
	Now     func() time.Time
}

// MayRead reports whether who may read the region's answers.
func MayRead(who actor.Actor) bool { return len(who.Assignments) > 0 }

// MayEdit reports whether who may change them.
func MayEdit(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// Row is an indicator with its answer.
type Row struct {
	Indicator *instrument.Indicator
	Claim
	Weak   int            // how many of its proofs are weak
	Void   int            // how many of its proofs cannot be opened, and prove nothing
	Option string         // the text of the chosen option
	Reason scoring.Reason // of its points
}

// Group is the rows of a variable of the pack.
type Group = question.Group[Row]

// Sheet has all answers of a region in a period.
type Sheet struct {
	Period   period.Pinned
	Groups   []Group // by the pack's variables
	Points   scoring.Points
	Max      scoring.Points
	Answered int // indicators with an option
	Finished int // indicators whose answers are finished, which are those with a proof
	Total    int
	MayEdit  bool
	Closed   error // the fault if the period has closed
}

// Sheet returns the region's answers in a period (period.Shown).
func (s *Service) Sheet(ctx context.Context, periodID string) (sheet Sheet, err error) {
	if err := readable(ctx); err != nil {
		return Sheet{}, err
	}
	if sheet.Period, err = s.Periods.Shown(ctx, periodID); err != nil {
		return Sheet{}, err
	}
	claims, err := s.Store.Claims(ctx, sheet.Period.ID)
	if err != nil {
		return Sheet{}, err
	}
	proofs, err := s.Store.Proofs(ctx, sheet.Period.ID, "")
	if err != nil {
		return Sheet{}, err
	}
	sheet.Closed = sheet.Period.CheckEditable()
	sheet.MayEdit = sheet.Closed == nil && MayEdit(actor.From(ctx))
	sheet.fill(s.Scorer.Of(sheet.Period.Pack), claims, proofs)
	return sheet, nil
}

// fill sets the claims and their points in the pack's order.
func (sheet *Sheet) fill(scorer *scoring.Instrument, claims []Claim, proofs []Proof) {
	byCode := map[string]Claim{}
	for _, c := range claims {
		byCode[c.Code] = c
	}
	levels := scorer.Levels(func(code string) int { return byCode[code].Proven() })
	share, reasons := scorer.Score(scoring.Answers{Region: levels}).SPD, scorer.Rows(levels)
	sheet.Points, sheet.Max = share.Points, share.Max
	sheet.Groups = question.Groups(sheet.Period.Pack, instrument.PerRegion, func(i int, indicator *instrument.Indicator) Row {
		row := Row{Indicator: indicator, Claim: byCode[indicator.Code], Reason: *reasons[i]}
		for _, p := range proofs {
			if p.Code == indicator.Code && len(question.Weaknesses(indicator, sheet.Period.Year, p.Evidence())) > 0 {
				row.Weak++
			}
			if p.Code == indicator.Code && p.File.State == file.Unopenable {
				row.Void++
			}
		}
		row.Option = question.OptionText(indicator, "", row.Level)
		sheet.Total++
		if row.Level > 0 {
			sheet.Answered++
		}
		if row.State().Finished() {
			sheet.Finished++
		}
		return row
	})
}

func open(p period.Period) bool { return p.CheckEditable() == nil }

func readable(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayRead(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}
