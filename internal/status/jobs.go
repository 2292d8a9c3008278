package status

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Jobs are what the program does later, while nobody waits.
type Jobs interface {
	// Migrated reports whether the database has their tables.
	Migrated(ctx context.Context) (bool, error)
	// Parked lists those that failed too often, of all regions, the longest parked first.
	Parked(ctx context.Context) ([]ParkedJob, error)
	// Retry has a parked job of the actor's region, or of the installation, tried once
	// more, and reports whether it was parked. Without such a job it returns NotFound.
	Retry(ctx context.Context, id int64) (kind string, parked bool, err error)
}

// What the audit log has of this room.
const (
	EventJobRetried audit.Event = "status.job_retried"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// ParkedJob is a job that failed so often that it waits for somebody.
type ParkedJob struct {
	ID     int64
	Kind   string
	Region string // empty for one of the installation
	Since  time.Time
	Key    string // why, with Args
	Args   fault.Args
}

// maxShown is how many parked jobs the page lists.
const maxShown = 50

// parkedHere are the parked jobs of the actor's region and of the installation.
func (s *Service) parkedHere(ctx context.Context) ([]ParkedJob, error) {
	all, err := s.Jobs.Parked(ctx)
	if err != nil {
		return nil, err
	}
	here := actor.From(ctx).Region
	return slices.DeleteFunc(all, func(j ParkedJob) bool { return j.Region != "" && j.Region != here }), nil
}

// RetryJob has a parked job of the region, or of the installation, tried once more,
// for an admin of the region. One that is not parked any more is left alone.
func (s *Service) RetryJob(ctx context.Context, id int64) error {
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := looker(ctx); err != nil {
			return err
		}
		kind, parked, err := s.Jobs.Retry(ctx, id)
		if err != nil || !parked {
			return err
		}
		return s.Log.Append(ctx, audit.Job.Of(strconv.FormatInt(id, 10)), EventJobRetried, audit.Details{audit.KeyKind: kind})
	})
	if err != nil && fault.KindOf(err) == fault.Internal {
		return fmt.Errorf("retry job %d: %w", id, err)
	}
	return err
}

// checkJobs reports whether there are jobs to be looked at, and what is wrong with them.
func (s *Service) checkJobs(ctx context.Context, r *Report) (ready bool, err error) {
	ready, err = s.Jobs.Migrated(ctx)
	if err != nil {
		return false, fmt.Errorf("check jobs: %w", err)
	}
	if !ready {
		r.fault(OfSchema, "", "", "status.jobs_missing", nil)
		return false, nil
	}
	parked, err := s.Jobs.Parked(ctx)
	if err != nil {
		return false, fmt.Errorf("check jobs: %w", err)
	}
	for _, j := range parked {
		r.fault(OfJobs, j.Region, j.Kind+"/"+strconv.FormatInt(j.ID, 10), "status.job_parked", nil)
	}
	return true, nil
}
