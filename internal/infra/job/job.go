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

// timeout is how long one try may take; stuckAfter how long a job may be under way
// before it is held to be of a process that died.
const (
	timeout    = 45 * time.Second
	stuckAfter = time.Minute
)

// workers is how many jobs a process works at once.
const workers = 4

// Jobs are asked for so often, and right after others at shortest so often.
const (
	pollEvery    = 250 * time.Millisecond
	pollCooldown = 20 * time.Millisecond
)

// doneFor is how long a job that is done, and its key, are remembered.
const doneFor = 48 * time.Hour

// Kind is a kind of jobs.
type Kind struct {
	name string
	work func(ctx context.Context, args json.RawMessage) error
	due  func(ctx context.Context, now time.Time) ([]Run, error)
}

// NewKind is the kind of that name, whose jobs are worked by work: idempotent, with
// the region in the context. The context ends after 45 s, and when the program stops.
func NewKind[A any](name string, work func(ctx context.Context, args A) error) Kind {
	return Kind{name: name, work: func(ctx context.Context, args json.RawMessage) error {
		var a A
		if err := json.Unmarshal(args, &a); err != nil {
			return fmt.Errorf("arguments: %w", err)
		}
		return work(ctx, a)
	}}
}

// Run is one job that a schedule asks for. Its key is never empty.
type Run struct {
	Region, Key string // Region is empty for what is of the installation
	Args        any
}

// Periodic is k with a schedule. due lists the jobs that should have been inserted by
// now, as often as it is asked: those of the hours when no process ran as well. One
// whose key is known is not inserted again.
func (k Kind) Periodic(due func(ctx context.Context, now time.Time) ([]Run, error)) Kind {
	k.due = due
	return k
}

// Result is how a try of a job ended.
type Result string

// A job was worked; it failed and is tried again; or it failed for the last time.
const (
	Worked    Result = "worked"
	Failed    Result = "failed"
	ParkedNow Result = "parked"
)

// Options are what a queue needs.
type Options struct {
	Log *slog.Logger
	// Within puts a region in the context, by its code.
	Within func(ctx context.Context, region string) (context.Context, error)
	Now    func() time.Time // by which schedules go
	// Observe is called for each try that has ended, by many at once; nil for none. A try
	// that ended because the program stops, or whose process died, is not among them.
	Observe func(kind string, result Result)

	// For tests that do not want to wait; zero is what a program that serves has.
	Timeout, StuckAfter, SoftStop time.Duration
	Pause                         func(tries int) time.Duration
}

// Queue is the jobs of a database.
type Queue struct {
	db      *sqldb.DB
	options Options
	kinds   []Kind
	client  *river.Client[*sql.Tx]
	reading *river.Client[*sql.Tx] // waits for no writer
}

// New returns the queue of a database with the kinds that there are. It asks the
// database for nothing.
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
		ReindexerIndexNames: []string{}, // few rows come and go
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

// arguments are what River keeps of a job, as JSON.
type arguments struct {
	kind   string
	Region string          `json:"region" river:"unique"`
	Key    string          `json:"key" river:"unique"`
	Args   json.RawMessage `json:"args"`
}

// Kind implements river.JobArgs.
func (a arguments) Kind() string { return a.kind }

// Insert queues a job for the actor's region in the transaction of ctx: it runs once
// that is committed, and never if it is not. Two jobs of a kind and region with the
// same key are one, whatever has become of the first, until two days after it is done;
// without a key each is another. args are kept as JSON.
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
