package evidence

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/file"
	"siida.id/internal/guidance"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/question"
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
	Files       *file.Service
	Posts       Posts
	Log         Log
	Tx          uow.Transactor
	NewID       func() string
	Now         func() time.Time
}

// Question is one indicator of one innovation in one period.
type Question struct {
	question.Place
	Innovation innovation.Innovation
	Answer     Answer
	Proofs     []Document
	Reusable   []Document     // others of the innovation that the indicator takes
	Guidance   guidance.Shown // what BRIDA says about it
	MayEdit    bool           // the actor may change the answer now
	Closed     error          // why the actor may not, if the period has closed
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
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return Question{}, err
	}
	q.Place, err = question.At(p, instrument.PerInnovation, code)
	return q, err
}
