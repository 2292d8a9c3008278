package evidence

import (
	"context"
	"io"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Service holds the rules of answers and evidence. Who may read or change them
// is who may read or change the innovation.
type Service struct {
	Store       Store
	Innovations *innovation.Service
	Periods     *period.Service
	Scorer      *scoring.Compiler
	Files       Files
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
}

// Previous and Next are the neighbours in the pack's order; nil at the ends.
func (q Question) Previous() *instrument.Indicator { return q.neighbour(-1) }

// Next is the indicator after this one.
func (q Question) Next() *instrument.Indicator { return q.neighbour(+1) }

func (q Question) neighbour(step int) *instrument.Indicator {
	rows := q.Period.Pack.Rows(instrument.PerInnovation)
	for i, row := range rows {
		if at := i + step; row.Code == q.Indicator.Code && at >= 0 && at < len(rows) {
			return rows[at]
		}
	}
	return nil
}

// Question returns one indicator with its answer and what proves it. It
// returns NotFound for an innovation that the actor may not read, a period
// that is not open, and a code that innovations are not asked.
func (s *Service) Question(ctx context.Context, innovationID, periodID, code string) (Question, error) {
	q, err := s.locate(ctx, innovationID, periodID, code)
	if err != nil {
		return Question{}, err
	}
	q.Answer, err = s.Store.Answer(ctx, innovationID, periodID, code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Question{}, err
	}
	if q.Proofs, err = s.Store.Proofs(ctx, innovationID, periodID, code); err != nil {
		return Question{}, err
	}
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
	row, known := q.Period.Pack.Indicator(code)
	if !known || row.Aspect != q.Period.Pack.Aspect(instrument.PerInnovation).Code {
		return Question{}, fault.New(fault.NotFound, "fault.not_found")
	}
	q.Indicator = row
	return q, nil
}

// Open returns a document and the bytes of its file to whoever may read the
// innovation; to others it is NotFound.
func (s *Service) Open(ctx context.Context, documentID string) (Document, io.ReadSeekCloser, error) {
	d, err := s.document(ctx, documentID)
	if err != nil {
		return Document{}, nil, err
	}
	bytes, err := s.Files.Open(ctx, d.File.Sum)
	if err != nil {
		return Document{}, nil, err
	}
	return d, bytes, nil
}

// document returns a document to whoever may read its innovation.
func (s *Service) document(ctx context.Context, id string) (Document, error) {
	if err := signedIn(ctx); err != nil {
		return Document{}, err
	}
	d, err := s.Store.DocumentByID(ctx, id)
	if err != nil {
		return Document{}, err
	}
	if _, err := s.Innovations.ByID(ctx, d.InnovationID); err != nil {
		return Document{}, err
	}
	return d, nil
}
