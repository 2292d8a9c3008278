package regional

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// Question is one indicator of the region in one period.
type Question struct {
	question.Place
	Answer   Answer
	Proofs   []Proof
	Requests []Listed // for this row, that the actor may read
	Past     []Past   // figures that other periods rest on, the latest first
	MayEdit  bool     // the actor may change the answer now
	Closed   error    // why the actor may not, if the period has closed
}

// Option is the words of the option that was chosen; empty for none.
func (q Question) Option() string { return question.OptionText(q.Indicator, "", q.Answer.Level) }

// Question returns one indicator with its answer, what proves it and what other
// periods have measured. It returns NotFound for a period that was not opened,
// and for a code that the region is not asked.
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
		q.Closed = s.writable(q.Period.Period)
		q.MayEdit = q.Closed == nil
	}
	return q, nil
}

// locate finds what an address names, for whoever may read it.
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
