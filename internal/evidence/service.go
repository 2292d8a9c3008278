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

// Service has the rules of answers and evidence. The permissions are those of the
// innovation.
type Service struct {
	Store       Store
	Pending     *PendingAccess
	Innovations *innovation.Service
	Periods     *period.Service
	Scorer      *scoring.Compiler
	Files       *file.Service
	Posts       Posts
	Facts       ClosingFacts // set by app
	Log         Log
	Tx          uow.Transactor
	NewID       func() string
	Now         func() time.Time
}

// Question is an indicator of an innovation in a period.
type Question struct {
	question.Place
	Shown

	Answer   Claim
	Proofs   []Document
	Reusable []Document     // other documents of the innovation that the indicator accepts
	Guidance guidance.Shown // on the indicator
	MayEdit  bool           // the actor may change the answer now
	Closed   error          // the fault if they may not because of the period or of the innovation's state
}

// Question returns an indicator with its answer and the documents that prove it. It
// returns NotFound for an innovation that the actor may not read, an unknown period,
// and a code that innovations do not answer.
func (s *Service) Question(ctx context.Context, innovationID, periodID, code string) (Question, error) {
	q, err := s.locate(ctx, innovationID, periodID, code)
	if err != nil {
		return Question{}, err
	}
	asked, err := s.Store.Asked(ctx, innovationID, periodID, code)
	if err != nil {
		return Question{}, err
	}
	q.Answer, q.Guidance = asked.Claim, asked.Guidance
	used, err := s.Store.Documents(ctx, innovationID, periodID)
	if err != nil {
		return Question{}, err
	}
	q.Proofs = proving(used, code)
	if !innovation.MayEdit(actor.From(ctx), q.Today.AgencyID) {
		return q, nil
	}
	if q.Closed = q.Period.CheckEditable(); q.Closed == nil {
		q.Closed = s.checkChange(ctx, target{q.Place, q.Today.Access()})
	}
	if fault.Ours(q.Closed) {
		return Question{}, q.Closed
	}
	if q.Closed == nil {
		q.MayEdit, q.Reusable = true, reusable(q.Indicator, used)
	}
	return q, nil
}

// locate returns the innovation and the place of an address to those who may read it.
func (s *Service) locate(ctx context.Context, innovationID, periodID, code string) (q Question, err error) {
	i, err := s.Innovations.ByID(ctx, innovationID)
	if err != nil {
		return Question{}, err
	}
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return Question{}, err
	}
	if q.Shown, err = s.shown(ctx, i, p); err != nil {
		return Question{}, err
	}
	q.Place, err = question.At(p, instrument.PerInnovation, code)
	return q, err
}
