package app

import (
	"context"
	"time"

	"siida.id/internal/infra/job"
	"siida.id/internal/region"
)

// What the tests of this package reach, which stand outside of it because their
// worlds are made by it.

// DaysOver are the jobs of regions for the day that has ended at now.
func DaysOver(ctx context.Context, regions []region.Region, now time.Time) []job.Run {
	return inEach(ctx, regions, now, dayOver)
}

// PrintSetup prints the links for the first administrators.
func PrintSetup(ctx context.Context, p *Program, std Streams, address string) error {
	return p.printSetup(ctx, std, address)
}

// Serve serves on an address until ctx ends.
func Serve(ctx context.Context, p *Program, listen string, ready func(address string) error) error {
	return p.serve(ctx, listen, false, ready)
}

// SetShutdownTimeout sets how long requests have that are under way when p is stopped.
func SetShutdownTimeout(p *Program, d time.Duration) { p.shutdownTimeout = d }

// WarnAddresses tells the log what is missing between an address and the regions'.
func WarnAddresses(ctx context.Context, p *Program, address string) error {
	return p.warnAddresses(ctx, address)
}

// MoveDemo makes the address on which a demo is served its public one.
func MoveDemo(ctx context.Context, p *Program, address string) error { return p.moveDemo(ctx, address) }

// CheckPacks names every region with a period whose pack has changed.
func CheckPacks(ctx context.Context, p *Program) error { return p.checkPacks(ctx) }
