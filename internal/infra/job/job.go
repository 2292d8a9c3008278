package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

// MaxTries is the number of tries before a job is parked.
const MaxTries = 5

// timeout is how long a try may take, stuckAfter how long a job may run before its
// process is assumed dead.
const (
	timeout    = 45 * time.Second
	stuckAfter = time.Minute
)

// workers is the number of jobs that a process runs at once.
const workers = 4

// Intervals of polling for jobs: without other jobs, and directly after others.
const (
	pollEvery    = 250 * time.Millisecond
	pollCooldown = 20 * time.Millisecond
)

// doneFor is how long a job that is done is stored, and its key taken.
const doneFor = 48 * time.Hour

// Kind is a kind of jobs.
type Kind struct {
	name string
	work func(ctx context.Context, args json.RawMessage) error
	due  func(ctx context.Context, now time.Time) ([]Run, error)
}

// NewKind returns the kind of that name. work does its jobs and must be idempotent;
// its context is in the job's region, and ends after 45 s and when the program stops.
func NewKind[A any](name string, work func(ctx context.Context, args A) error) Kind {
	return Kind{name: name, work: func(ctx context.Context, args json.RawMessage) error {
		var a A
		if err := json.Unmarshal(args, &a); err != nil {
			return fmt.Errorf("arguments: %w", err)
		}
		return work(ctx, a)
	}}
}

// Run is a job of a schedule. Its key is not empty.
type Run struct {
	Region, Key string // Region is empty for a job of the installation
	Args        any
}

// Periodic returns k with a schedule. due returns the jobs that should have been
// inserted by now, including those of times without a running process. It is called
// repeatedly; a job whose key exists is not inserted again.
func (k Kind) Periodic(due func(ctx context.Context, now time.Time) ([]Run, error)) Kind {
	k.due = due
	return k
}

// Result is the result of a try.
type Result string

// A job was done; it failed and will be tried again; or it failed for the last time.
const (
	Worked    Result = "worked"
	Failed    Result = "failed"
	ParkedNow Result = "parked"
)

// Options are the settings of a queue.
type Options struct {
	Log *slog.Logger
	// Within returns ctx in the region with that code.
	Within func(ctx context.Context, region string) (context.Context, error)
	Now    func() time.Time // the clock of schedules
	// Observe is called after each try, concurrently; nil for none. It is not called
	// for a try that ended because the program stopped or its process died.
	Observe func(kind string, result Result)

	// For tests, to save time; zero for the values of a serving program.
	Timeout, StuckAfter, SoftStop time.Duration
	Pause                         func(tries int) time.Duration
}

// Queue is the queue of a database.
type Queue struct {
	db      *sqldb.DB
	options Options
	kinds   []Kind
	client  *river.Client[*sql.Tx]
	reading *river.Client[*sql.Tx] // does not wait for writers
}

// New returns the queue of a database with all kinds of jobs. It does not access the
// database.
func New(db *sqldb.DB, o Options, kinds ...Kind) (*Queue, error) {
	o = o.withDefaults()
	q := &Queue{db: db, options: o, kinds: kinds}
	known := river.NewWorkers()
	for _, k := range kinds {
		river.AddWorkerArgs(known, arguments{kind: k.name}, &worker{queue: q, kind: k})
	}
	quiet := slog.New(newSparing(o.Log.Handler()))
	var err error
	q.client, err = river.NewClient(driver(db.WriterPool(), db.Engine), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}}, Workers: known,
		PollOnly: true, FetchPollInterval: pollEvery, FetchCooldown: pollCooldown, FetchOnlyKnownKinds: true,
		MaxAttempts: MaxTries, RetryPolicy: pauses(o.Pause),
		JobTimeout: o.Timeout, RescueStuckJobsAfter: o.StuckAfter,
		CompletedJobRetentionPeriod: doneFor, DiscardedJobRetentionPeriod: -1, CancelledJobRetentionPeriod: doneFor,
		ReindexerIndexNames: []string{}, // the tables have few rows
		SoftStopTimeout:     o.SoftStop, Logger: quiet,
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	q.reading, err = river.NewClient(driver(db.ReaderPool(), db.Engine), &river.Config{Logger: quiet})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return q, nil
}

func (o Options) withDefaults() Options {
	if o.Timeout == 0 {
		o.Timeout = timeout
	}
	if o.StuckAfter == 0 {
		o.StuckAfter = stuckAfter
	}
	if o.SoftStop == 0 {
		o.SoftStop = softStop
	}
	if o.Pause == nil {
		o.Pause = pause
	}
	return o
}

// arguments are the arguments of a River job, as JSON.
type arguments struct {
	kind   string
	Region string          `json:"region" river:"unique"`
	Key    string          `json:"key" river:"unique"`
	Args   json.RawMessage `json:"args"`
}

// Kind implements river.JobArgs.
func (a arguments) Kind() string { return a.kind }

// Insert inserts a job for the actor's region in the transaction of ctx: it runs if
// and only if that is committed. A job with the same kind, region and key as another
// one is not inserted, until two days after that one is done; an empty key is never
// the same. args are stored as JSON.
func (q *Queue) Insert(ctx context.Context, kind, key string, args any) error {
	return q.insert(ctx, kind, Run{Region: actor.From(ctx).Region, Key: key, Args: args})
}

func (q *Queue) insert(ctx context.Context, kind string, r Run) error {
	text, err := json.Marshal(r.Args)
	if err != nil {
		return fmt.Errorf("queue %s of region %q: arguments: %w", kind, r.Region, err)
	}
	var once river.UniqueOpts
	if r.Key != "" {
		once = river.UniqueOpts{ByArgs: true, ByState: rivertype.JobStates()}
	}
	err = q.db.WithTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := q.client.InsertTx(ctx, tx, arguments{kind, r.Region, r.Key, text}, &river.InsertOpts{UniqueOpts: once})
		return err
	})
	if err != nil {
		return fmt.Errorf("queue %s of region %q: %w", kind, r.Region, err)
	}
	return nil
}
