package app

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/status"
)

// The kinds of jobs.
const (
	indexJob    = "index.day"
	sessionsJob = "sessions.sweep"
	failuresJob = "failures.sweep"
	uploadsJob  = "uploads.sweep"
	filesJob    = "files.sweep"
	releaseJob  = "references.release"
	accessesJob = "accesses.sweep"
)

// dayArgs are the arguments of a job for a past day.
type dayArgs struct {
	Day day.Day `json:"day"`
}

// newJobs returns the queue with every kind of job of the program.
func (p *Program) newJobs(log *slog.Logger, db *sqldb.DB) (*job.Queue, error) {
	return job.New(db,
		job.Options{Log: log, Within: p.within, Now: func() time.Time { return p.Clock() }, Observe: p.Metrics.JobEnded},
		job.NewKind(indexJob, func(ctx context.Context, a dayArgs) error { return p.Index.SnapshotDay(ctx, a.Day) }).
			Periodic(p.regionSchedule(dayOver)),
		job.NewKind(sessionsJob, func(ctx context.Context, _ dayArgs) error { return p.Auth.SweepSessions(ctx) }).
			Periodic(p.regionSchedule(dayOver)),
		job.NewKind(failuresJob, func(ctx context.Context, _ dayArgs) error { return p.Auth.SweepFailures(ctx) }).
			Periodic(p.regionSchedule(dayOver)),
		job.NewKind(accessesJob, func(ctx context.Context, _ dayArgs) error { return p.AccessLog.Sweep(ctx) }).
			Periodic(p.regionSchedule(dayOver)),
		job.NewKind(filesJob, func(ctx context.Context, _ dayArgs) error { return p.Files.Sweep(ctx) }).
			Periodic(p.regionSchedule(dayOver)),
		job.NewKind(releaseJob, func(ctx context.Context, _ dayArgs) error { return p.Accounts.Release(ctx) }).
			Periodic(p.regionSchedule(dayOver)),
		job.NewKind(file.InspectJob, func(ctx context.Context, _ struct{}) error { return p.inspect(ctx) }).
			Periodic(p.regionSchedule(hourBegun)),
		job.NewKind(uploadsJob, func(ctx context.Context, _ dayArgs) error { return p.Folder.Sweep(ctx) }).
			Periodic(func(ctx context.Context, now time.Time) ([]job.Run, error) { return []job.Run{dayOver(ctx, now)}, nil }),
	)
}

// within returns ctx in the region with that code.
func (p *Program) within(ctx context.Context, code string) (context.Context, error) {
	r, err := p.Regions.Store.ByCode(ctx, code)
	if err != nil {
		return nil, err
	}
	return region.Within(ctx, r), nil
}

// regionSchedule returns a schedule with one job in each region.
func (p *Program) regionSchedule(run func(ctx context.Context, now time.Time) job.Run) func(context.Context, time.Time) ([]job.Run, error) {
	return func(ctx context.Context, now time.Time) ([]job.Run, error) {
		regions, err := p.Regions.All(ctx)
		if err != nil {
			return nil, err
		}
		return inEach(ctx, regions, now, run), nil
	}
}

// inEach returns the job of each region, in the region's zone.
func inEach(ctx context.Context, regions []region.Region, now time.Time, run func(ctx context.Context, now time.Time) job.Run) []job.Run {
	list := make([]job.Run, 0, len(regions))
	for _, r := range regions {
		one := run(region.Within(ctx, r), now)
		one.Region = r.Code
		list = append(list, one)
	}
	return list
}

// dayOver returns the job for the last day that has ended at now, in the zone of ctx.
func dayOver(ctx context.Context, now time.Time) job.Run {
	d := zone.Today(ctx, now).AddDays(-1)
	return job.Run{Key: string(d), Args: dayArgs{d}}
}

// hourBegun returns the job for the hour in which now is.
func hourBegun(_ context.Context, now time.Time) job.Run {
	return job.Run{Key: strconv.FormatInt(now.Unix()/int64(time.Hour/time.Second), 10), Args: struct{}{}}
}

// jobs implements status.Jobs by the queue.
type jobs struct{ *job.Queue }

// Parked implements status.Jobs.
func (j jobs) Parked(ctx context.Context) (list []status.ParkedJob, err error) {
	found, err := j.Queue.Parked(ctx)
	for _, p := range found {
		list = append(list, status.ParkedJob{ID: p.ID, Kind: p.Kind, Region: p.Region, Since: p.Since, Key: p.Why.Key, Args: p.Why.Args})
	}
	return list, err
}
