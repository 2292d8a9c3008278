package report

import (
	"context"
	"time"

	"siida.id/internal/index"
	"siida.id/internal/period"
)

// Report is the index of a period as somebody sees it at a moment.
type Report struct {
	index.Report
	At time.Time // in the clocks of the period
}

// Service makes reports.
type Service struct {
	Index   *index.Service
	Periods *period.Service
	Now     func() time.Time
}

// Choices are the periods that reports can be had of, as period.Service.All has them.
func (s *Service) Choices(ctx context.Context) ([]period.Period, error) {
	return s.Periods.All(ctx)
}

// Of returns the report of a period, to whoever may see the index.
func (s *Service) Of(ctx context.Context, periodID string) (Report, error) {
	r, err := s.Index.Of(ctx, periodID)
	if err != nil {
		return Report{}, err
	}
	return Report{r, s.Now().In(r.Period.Zone.Location())}, nil
}
