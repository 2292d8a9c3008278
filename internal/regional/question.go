package regional

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// Question is an indicator of the region in a period.
type Question struct {
	question.Place
	Answer   Answer
	Proofs   []Proof
	Requests []Listed // for this row, those that the actor may read
	Past     []Past   // figures of other periods, the latest first
	MayEdit  bool     // the actor may change the answer now
	Closed   error    // the fault if they may not because the period has closed
}

// Option returns the text of the chosen option; empty for none.
func (q Question) Option() string { return question.OptionText(q.Indicator, "", q.Answer.Level) }

// Claim returns the answer with the number of its proofs.
func (q Question) Claim() Claim {
	c := Claim{Answer: q.Answer}
	for _, p := range q.Proofs {
		if !p.Void {
			c.Proofs++
		}
	}
	return c
}

// Question returns an indicator with its answer, its proofs and the figures of other
// periods. It returns NotFound for an unknown period, and for a code that regions do
// not answer.
func (s *Service) Question(ctx context.Context, periodID, code string) (Question, error) {
	q, err := s.locate(ctx, periodID, code)
	if err != nil {
		return Question{}, err
	}
	q.Answer, err = s.Store.Answer(ctx, periodID, code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Question{}, err
	}
	figures, err := s.Store.Figures(ctx, code)
	if err != nil {
		return Question{}, err
	}
	for _, f := range figures {
		if f.PeriodID == periodID {
			q.Answer.Figures = append(q.Answer.Figures, f.Figure)
		} else {
			q.Past = append(q.Past, f)
		}
	}
	if q.Proofs, err = s.Store.Proofs(ctx, periodID, code); err != nil {
		return Question{}, err
	}
	q.Requests, err = s.requests(ctx, q.Period, func(r Request) bool {
		return r.Code == code && MayReadRequests(actor.From(ctx), r.AgencyID)
	})
	if err != nil {
		return Question{}, err
	}
	if MayEdit(actor.From(ctx)) {
		q.Closed = q.Period.CheckEditable()
		q.MayEdit = q.Closed == nil
	}
	return q, nil
}

// locate returns the place of an address to those who may read it.
func (s *Service) locate(ctx context.Context, periodID, code string) (q Question, err error) {
	if err := readable(ctx); err != nil {
		return Question{}, err
	}
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return Question{}, err
	}
	q.Place, err = question.At(p, instrument.PerRegion, code)
	return q, err
}
