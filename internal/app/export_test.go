package app

import (
	"context"
	"io/fs"
	"time"

	"siida.id/internal/backup"
	"siida.id/internal/infra/job"
	"siida.id/internal/region"
)

// Exported for the tests of package app_test.

// DaysOver returns the jobs of regions for the day that has ended at now.
func DaysOver(ctx context.Context, regions []region.Region, now time.Time) []job.Run {
	return inEach(ctx, regions, now, dayOver)
}

// PrintSetup prints the links for the first administrators.
func PrintSetup(ctx context.Context, p *Program, std Streams, address string) error {
	return p.printSetup(ctx, std, address)
}

// Serve serves on an address until ctx is cancelled.
func Serve(ctx context.Context, p *Program, listen string, ready func(address string) error) error {
	return p.serve(ctx, listen, false, ready)
}

// SetShutdownTimeout sets how long requests in progress may take when p is stopped.
func SetShutdownTimeout(p *Program, d time.Duration) { p.shutdownTimeout = d }

// WarnAddresses logs what an address lacks for the regions.
func WarnAddresses(ctx context.Context, p *Program, address string) error {
	return p.warnAddresses(ctx, address)
}

// MoveDemo sets the public address of a demo.
func MoveDemo(ctx context.Context, p *Program, address string) error { return p.moveDemo(ctx, address) }

// Restore restores a backup, and migrates up to what is in files.
func Restore(ctx context.Context, p *Program, folder string, m backup.Manifest, files fs.FS) error {
	return p.restore(ctx, folder, m, files, false)
}

// CheckPacks returns an error for every region with a period whose pack has changed.
func CheckPacks(ctx context.Context, p *Program) error { return p.checkPacks(ctx) }

// InspectFiles has files inspected.
func InspectFiles(ctx context.Context, p *Program) { p.inspectFiles(ctx) }
