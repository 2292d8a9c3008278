package index

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Claim is an option that a document proves, or more than one.
type Claim struct {
	InnovationID string
	Code         string // of the indicator
	Level        int
}

// Store reads what the region has.
type Store interface {
	// Innovations lists all innovations by name, without their design.
	Innovations(ctx context.Context) ([]innovation.Innovation, error)
	// Proven lists the answers of a period that have evidence, by innovation.
	Proven(ctx context.Context, periodID string) ([]Claim, error)
}

// Service computes the index.
type Service struct {
	Store   Store
	Periods *period.Service
	Scorer  *scoring.Compiler
}

// Report is the index of a region in a period.
type Report struct {
	Period  period.Pinned
	Result  scoring.Result
	Reasons []scoring.Reason // for every figure of Result
	Counted []Entry          // the innovations that the actor may open, by name
	Left    []Omission       // and of those that do not count
	Others  int              // innovations that count and that he may not open
}

// Entry is an innovation that counts.
type Entry struct {
	innovation.Innovation
	Maturity scoring.Points
}

// Omission is an innovation that does not count, and why.
type Omission struct {
	innovation.Innovation
	Verdict innovation.Verdict
}

// Of returns the index of a period, or of the current one where periodID is
// empty, to whoever has an assignment in the region. Figures are the region's;
// single innovations are shown to those who may open them.
func (s *Service) Of(ctx context.Context, periodID string) (report Report, err error) {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return Report{}, fault.New(fault.Unknown, "fault.sign_in")
	case len(who.Assignments) == 0:
		return Report{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	if periodID == "" {
		report.Period, err = s.Periods.Current(ctx)
	} else {
		report.Period, err = s.Periods.ByID(ctx, periodID)
	}
	if err != nil {
		return Report{}, err
	}
	innovations, err := s.Store.Innovations(ctx)
	if err != nil {
		return Report{}, err
	}
	claims, err := s.Store.Proven(ctx, report.Period.ID)
	if err != nil {
		return Report{}, err
	}
	report.score(s.Scorer.Of(report.Period.Pack), actor.From(ctx), innovations, claims)
	return report, nil
}

func (report *Report) score(scorer *scoring.Instrument, who actor.Actor, innovations []innovation.Innovation, claims []Claim) {
	levels := map[string]map[string]int{}
	for _, c := range claims {
		if levels[c.InnovationID] == nil {
			levels[c.InnovationID] = map[string]int{}
		}
		levels[c.InnovationID][c.Code] = c.Level
	}
	var answers scoring.Answers
	var counted []innovation.Innovation
	for _, i := range innovations {
		if v := i.Eligible(report.Period.Pack.Eligibility); !v.Counts {
			if innovation.MayRead(who, i.AgencyID) {
				report.Left = append(report.Left, Omission{i, v})
			}
			continue
		}
		affair, _ := scorer.Affair(i.Affair) // one that the pack does not know covers none
		own := levels[i.ID]
		answers.Innovations = append(answers.Innovations, scoring.Innovation{
			Affair: affair, Levels: scorer.InnovationLevels(func(code string) int { return own[code] }),
		})
		counted = append(counted, i)
	}
	report.Result = scorer.Score(answers)
	report.Reasons = scorer.Explain(report.Result)
	for n, i := range counted {
		if innovation.MayRead(who, i.AgencyID) {
			report.Counted = append(report.Counted, Entry{i, report.Result.Maturity[n]})
		} else {
			report.Others++
		}
	}
}
