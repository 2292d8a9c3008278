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
	softStop     = 5 * time.Second  // that jobs under way have when the program stops
	killTimeout  = 3 * time.Second  // more, for those that do not end when they are told to
	restartPause = 5 * time.Second  // after a start that failed
	lookEvery    = 10 * time.Second // at the schedules
)

// Run works the jobs, and inserts those of the schedules, until ctx ends. Then those
// under way have 5 s to finish; what is not done by then is tried again by whoever
// runs next. It returns within 8 s.
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

// start reports whether jobs are worked from now on.
func (q *Queue) start(ctx context.Context) bool {
	err := q.client.Start(context.WithoutCancel(ctx))
	if err != nil {
		q.options.Log.ErrorContext(ctx, "jobs cannot be worked yet", slog.Any("error", err))
	}
	return err == nil
}

// sleep reports whether so much time has passed before ctx ended.
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

// insertDue inserts what the schedules ask for. done has the last key of each kind
// and region, so that the database hears of each once. What fails is asked for again.
func (q *Queue) insertDue(ctx context.Context, done map[string]string) {
	if err := q.InsertDue(ctx, done); err != nil && ctx.Err() == nil {
		q.options.Log.ErrorContext(ctx, "periodic jobs were not queued", slog.Any("error", err))
	}
}

// InsertDue inserts the jobs that the schedules ask for now, but for those that are
// known to the database or stand in done, by kind and region: the last key of each. A
// schedule that fails, or a job, keeps no other from being inserted.
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
