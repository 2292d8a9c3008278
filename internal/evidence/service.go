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
	Trail       Trail
	Tx          uow.Transactor
	NewID       func() string
	Now         func() time.Time
}

// Question is an indicator of an innovation in a period.
type Question struct {
	question.Place
	Shown

	Answer   Claim
	Answers  // all answers of the innovation
	Before   Earlier
	Proofs   []Document
	Reusable []Document     // other documents of the innovation that the indicator accepts
	Guidance guidance.Shown // on the indicator
	MayEdit  bool           // the actor may change the answer now
	Closed   error          // the fault if they may not because of the period or of the innovation's state
}

// Earlier is the answer to an indicator in the period before; a zero Period is none.
type Earlier struct {
	Period    period.Period
	Indicator *instrument.Indicator // as that period had it
	Claim
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
	claims, err := s.Store.Claims(ctx, innovationID, periodID)
	if err != nil {
		return Question{}, err
	}
	q.Answers = answersOf(s.Scorer.Of(q.Period.Pack), q.Period, claims, used)
	if q.Before, err = s.earlier(ctx, innovationID, q.Period, code); err != nil {
		return Question{}, err
	}
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

// earlier returns the answer to an indicator in the latest period before p that has one.
func (s *Service) earlier(ctx context.Context, innovationID string, p period.Pinned, code string) (e Earlier, err error) {
	periods, err := s.Periods.All(ctx)
	if err != nil {
		return Earlier{}, err
	}
	for _, one := range periods { // the newest first
		if one.Year < p.Year && one.Year > e.Period.Year {
			e.Period = one
		}
	}
	pinned, err := s.Periods.Pin(e.Period)
	if err != nil { // there is none, or its pack is gone
		return Earlier{}, nil //nolint:nilerr // this page does not depend on it
	}
	row, known := pinned.Pack.Indicator(code)
	if !known {
		return Earlier{}, nil
	}
	asked, err := s.Store.Asked(ctx, innovationID, e.Period.ID, code)
	e.Indicator, e.Claim = row, asked.Claim
	return e, err
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
