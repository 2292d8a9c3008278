package evidence

import (
	"cmp"
	"context"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/base/uow"
	"siida.id/internal/guidance"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Service holds the rules of answers and evidence. Who may read or change them
// is who may read or change the innovation.
type Service struct {
	Store       Store
	Pending     *PendingAccess
	Innovations *innovation.Service
	Periods     *period.Service
	Scorer      *scoring.Compiler
	Files       file.Shelf
	Posts       Posts
	Log         Log
	Tx          uow.Transactor
	NewID       func() string
	Now         func() time.Time
}

// Question is one indicator of one innovation in one period.
type Question struct {
	Innovation innovation.Innovation
	Period     period.Pinned
	Indicator  *instrument.Indicator
	Answer     Answer
	Proofs     []Document
	Reusable   []Document     // others of the innovation that the indicator takes
	Guidance   guidance.Shown // what BRIDA says about it
	MayEdit    bool           // the actor may change the answer now
	Closed     error          // why the actor may not, if the period has closed
}

// Previous is the indicator before this one, in the order of Sheet; nil at the end.
func (q Question) Previous() *instrument.Indicator { return q.neighbour(-1) }

// Next is the indicator after this one, in the order of Sheet; nil at the end.
func (q Question) Next() *instrument.Indicator { return q.neighbour(+1) }

func (q Question) neighbour(step int) *instrument.Indicator {
	rows := sheetOrder(q.Period.Pack.Rows(instrument.PerInnovation))
	for i, row := range rows {
		if at := i + step; row.Code == q.Indicator.Code && at >= 0 && at < len(rows) {
			return rows[at]
		}
	}
	return nil
}

// sheetOrder is rows of a pack in the order of a Sheet: those of a variable stand
// together, where its first row does.
func sheetOrder(rows []*instrument.Indicator) []*instrument.Indicator {
	first := map[string]int{}
	for i, row := range rows {
		if _, seen := first[row.Variable.Value]; !seen {
			first[row.Variable.Value] = i
		}
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *instrument.Indicator) int {
		return cmp.Compare(first[a.Variable.Value], first[b.Variable.Value])
	})
	return rows
}

// Question returns one indicator with its answer and what proves it. It
// returns NotFound for an innovation that the actor may not read, a period
// that is not open, and a code that innovations are not asked.
func (s *Service) Question(ctx context.Context, innovationID, periodID, code string) (Question, error) {
	q, err := s.locate(ctx, innovationID, periodID, code)
	if err != nil {
		return Question{}, err
	}
	asked, err := s.Store.Asked(ctx, innovationID, periodID, code)
	if err != nil {
		return Question{}, err
	}
	q.Answer, q.Guidance = asked.Answer, asked.Guidance
	held, err := s.Store.Documents(ctx, innovationID, periodID)
	if err != nil {
		return Question{}, err
	}
	q.Proofs = proving(held, code)
	if !innovation.MayEdit(actor.From(ctx), q.Innovation.AgencyID) {
		return q, nil
	}
	if err := s.Periods.WritableIn(ctx, q.Period.Period, q.Innovation.AgencyID); err != nil {
		if fault.Ours(err) {
			return Question{}, err
		}
		q.Closed = err
		return q, nil
	}
	q.MayEdit, q.Reusable = true, reusable(q.Indicator, held)
	return q, nil
}

// locate finds what an address names, for whoever may read it.
func (s *Service) locate(ctx context.Context, innovationID, periodID, code string) (q Question, err error) {
	if q.Innovation, err = s.Innovations.ByID(ctx, innovationID); err != nil {
		return Question{}, err
	}
	if q.Period, err = s.Periods.ByID(ctx, periodID); err != nil {
		return Question{}, err
	}
	if q.Indicator, err = q.Period.Indicator(instrument.PerInnovation, code); err != nil {
		return Question{}, err
	}
	return q, nil
}
