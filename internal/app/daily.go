package app

import (
	"context"
	"log/slog"
	"time"

	"siida.id/internal/base/background"
	"siida.id/internal/region"
)

// everyHour is how often the day's index is kept anew: what stands at the end of
// a day is at most that old.
const everyHour = time.Hour

// keepIndex keeps the index of the day in every region, at once and then every
// hour, until ctx ends. What fails is told and tried again an hour later.
func (p *Program) keepIndex(ctx context.Context) {
	ticker := time.NewTicker(everyHour)
	defer ticker.Stop()
	for {
		if err := background.Safely(func() error { return p.keepIndexOnce(ctx) }); err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "keeping the index of the day", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (p *Program) keepIndexOnce(ctx context.Context) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	return eachRegion(regions, func(r region.Region) error { return p.Index.KeepDaily(region.Within(ctx, r)) })
}
