package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"siida.id/internal/base/background"
)

const (
	softStop     = 5 * time.Second  // for jobs in progress when the program stops
	killTimeout  = 3 * time.Second  // for those still in progress after their contexts are cancelled
	restartPause = 5 * time.Second  // after a failed start
	lookEvery    = 10 * time.Second // between calls of the schedules
)

// Run runs the jobs, and inserts those of the schedules, until ctx is cancelled. Then
// jobs in progress have 5 s to finish; those that do not are tried again later by any
// process. It returns within 8 s.
func (q *Queue) Run(ctx context.Context) {
	done := make(map[string]string)
	q.insertDue(ctx, done)
	for !q.start(ctx) {
		if !sleep(ctx, restartPause) {
			return
		}
	}
	for sleep(ctx, lookEvery) {
		q.insertDue(ctx, done)
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), q.options.SoftStop+killTimeout)
	defer cancel()
	if err := q.client.Stop(last); err != nil {
		q.options.Log.WarnContext(last, "jobs under way were left", slog.Any("error", err))
	}
}

// start starts running jobs and reports whether that succeeded.
func (q *Queue) start(ctx context.Context) bool {
	err := q.client.Start(context.WithoutCancel(ctx))
	if err != nil {
		q.options.Log.ErrorContext(ctx, "jobs cannot be worked yet", slog.Any("error", err))
	}
	return err == nil
}

// sleep waits for d and reports whether ctx is still valid.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// insertDue inserts the jobs of the schedules. done has the last key of each kind and
// region, to avoid inserting them again. Errors are logged, and those jobs inserted
// by a later call.
func (q *Queue) insertDue(ctx context.Context, done map[string]string) {
	if err := q.InsertDue(ctx, done); err != nil && ctx.Err() == nil {
		q.options.Log.ErrorContext(ctx, "periodic jobs were not queued", slog.Any("error", err))
	}
}

// InsertDue inserts the jobs of the schedules that exist neither in the database nor
// in done, which has the last key of each kind and region. An error of a schedule or
// a job does not affect the others.
func (q *Queue) InsertDue(ctx context.Context, done map[string]string) (err error) {
	for _, k := range q.kinds {
		if k.due == nil {
			continue
		}
		var list []Run
		failed := background.Safely(func() (err error) {
			list, err = k.due(ctx, q.options.Now())
			return err
		})
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("schedule of %s: %w", k.name, failed))
		}
		for _, r := range list {
			place := k.name + " " + r.Region
			if done[place] == r.Key {
				continue
			}
			if failed := q.insert(ctx, k.name, r); failed != nil {
				err = errors.Join(err, failed)
				continue
			}
			done[place] = r.Key
		}
	}
	return err
}
