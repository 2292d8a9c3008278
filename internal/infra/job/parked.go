package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
)

// Parked is a job that failed MaxTries times and is not tried again by itself.
type Parked struct {
	ID     int64
	Kind   string
	Region string // empty for a job of the installation
	Since  time.Time
	Why    Failure // of the last try
}

// maxParked is the number of jobs that Parked returns.
const maxParked = 1000

// Parked returns the parked jobs of all regions, the longest parked first.
func (q *Queue) Parked(ctx context.Context) (list []Parked, err error) {
	params := river.NewJobListParams().States(rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByFinalizedAt, river.SortOrderAsc).First(maxParked)
	var found *river.JobListResult
	if tx := q.db.SQLTx(ctx); tx != nil {
		found, err = q.reading.JobListTx(ctx, tx, params)
	} else {
		found, err = q.reading.JobList(ctx, params)
	}
	if err != nil {
		return nil, fmt.Errorf("parked jobs: %w", err)
	}
	for _, j := range found.Jobs {
		var a arguments
		if err := json.Unmarshal(j.EncodedArgs, &a); err != nil {
			return nil, fmt.Errorf("arguments of job %d: %w", j.ID, err)
		}
		list = append(list, Parked{ID: j.ID, Kind: j.Kind, Region: a.Region, Since: *j.FinalizedAt, Why: lastFailure(j)})
	}
	return list, nil
}

// CountParked returns the number of parked jobs of all regions by kind, also for
// kinds without any.
func (q *Queue) CountParked(ctx context.Context) (map[string]int, error) {
	counts := make(map[string]int, len(q.kinds))
	for _, k := range q.kinds {
		counts[k.name] = 0
	}
	type row struct {
		kind string
		n    int
	}
	list, err := sqldb.List(ctx, q.db, func(r *row) []any { return []any{&r.kind, &r.n} }, `
		select kind, count(*)
		from river_job
		where state = 'discarded'
		group by kind
		order by kind`)
	if err != nil {
		return nil, fmt.Errorf("count parked jobs: %w", err)
	}
	for _, r := range list {
		if _, known := counts[r.kind]; known { // other kinds are of another version of the program
			counts[r.kind] = r.n
		}
	}
	return counts, nil
}

// Retry queues a parked job of the actor's region, or of the installation, for one
// more try, and reports whether it was parked; if the try fails it is parked again.
// It does nothing if the job is no longer parked, and returns NotFound if there is no
// such job.
func (q *Queue) Retry(ctx context.Context, id int64) (kind string, parked bool, err error) {
	err = q.db.WithTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		state, err := sqldb.LockOne(ctx, q.db, sqldb.Self[string], `
			select cast(state as text)
			from river_job
			where id = $1`, id)
		if err != nil {
			return err
		}
		j, err := q.client.JobGetTx(ctx, tx, id)
		if err != nil {
			return err
		}
		var a arguments
		if err := json.Unmarshal(j.EncodedArgs, &a); err != nil {
			return err
		}
		if a.Region != "" && a.Region != actor.From(ctx).Region {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		kind, parked = j.Kind, state == string(rivertype.JobStateDiscarded)
		if !parked {
			return nil
		}
		_, err = q.client.JobRetryTx(ctx, tx, id)
		return err
	})
	if err != nil {
		return "", false, fmt.Errorf("retry job %d: %w", id, err)
	}
	return kind, parked, nil
}
