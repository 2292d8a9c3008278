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

// Jobs reads and retries background jobs.
type Jobs interface {
	// Migrated reports whether the database has their tables.
	Migrated(ctx context.Context) (bool, error)
	// Parked returns the parked jobs of all regions, the longest parked first.
	Parked(ctx context.Context) ([]ParkedJob, error)
	// Retry queues a parked job of the actor's region, or of the installation, again,
	// and reports whether it was parked. It returns NotFound if there is no such job.
	Retry(ctx context.Context, id int64) (kind string, parked bool, err error)
}

// The events of this room in the audit log.
const (
	EventJobRetried audit.Event = "status.job_retried"
)

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// ParkedJob is a job that failed too often and is not tried again by itself.
type ParkedJob struct {
	ID     int64
	Kind   string
	Region string // empty for a job of the installation
	Since  time.Time
	Key    string // the message of its last error, with Args
	Args   fault.Args
}

// maxShown is the number of parked jobs on the page.
const maxShown = 50

// parkedHere returns the parked jobs of the actor's region and of the installation.
func (s *Service) parkedHere(ctx context.Context) ([]ParkedJob, error) {
	all, err := s.Jobs.Parked(ctx)
	if err != nil {
		return nil, err
	}
	here := actor.From(ctx).Region
	return slices.DeleteFunc(all, func(j ParkedJob) bool { return j.Region != "" && j.Region != here }), nil
}

// RetryJob retries a parked job of the region, or of the installation, for an admin
// of the region. It does nothing if the job is no longer parked.
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

// checkJobs checks the jobs; ready is false if their tables are missing.
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
