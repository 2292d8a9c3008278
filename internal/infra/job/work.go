package job

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"siida.id/internal/base/background"
	"siida.id/internal/base/fault"
)

// worker runs the jobs of one kind.
type worker struct {
	river.WorkerDefaults[arguments]
	queue *Queue
	kind  Kind
}

// Work implements river.Worker. It returns a Failure, which River stores with the
// job; the error itself goes to the log.
func (w *worker) Work(ctx context.Context, j *river.Job[arguments]) error {
	err := background.Safely(func() (err error) {
		within := ctx
		if j.Args.Region != "" {
			if within, err = w.queue.options.Within(ctx, j.Args.Region); err != nil {
				return err
			}
		}
		return w.kind.work(within, j.Args.Args)
	})
	if err == nil {
		w.queue.observe(j.Kind, Worked)
		return nil
	}
	if errors.Is(ctx.Err(), context.Canceled) { // the program stops; this try does not count
		return ctx.Err()
	}
	level, result := slog.LevelWarn, Failed
	if j.Attempt >= j.MaxAttempts {
		level, result = slog.LevelError, ParkedNow
	}
	w.queue.observe(j.Kind, result)
	w.queue.options.Log.LogAttrs(ctx, level, "a job failed", slog.String("kind", j.Kind), slog.Int64("job", j.ID),
		slog.String("region", j.Args.Region), slog.String("key", j.Args.Key), slog.Int("try", j.Attempt),
		slog.Bool("parked", j.Attempt >= j.MaxAttempts), slog.Any("error", err))
	return failureOf(ctx, err)
}

func (q *Queue) observe(kind string, result Result) {
	if q.options.Observe != nil {
		q.options.Observe(kind, result)
	}
}

// Failure is the reason of a failed try, as a message.
type Failure struct {
	Key  string     `json:"key"`
	Args fault.Args `json:"args,omitempty"`
}

// Messages of failures that are not faults.
const (
	Late = "job.late" // a try took too long
	Died = "job.died" // the process died or was stopped during the try
)

// Error implements error; River stores this text.
func (f Failure) Error() string {
	text, err := json.Marshal(f)
	if err != nil {
		return "{}"
	}
	return string(text)
}

func failureOf(ctx context.Context, err error) Failure {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return Failure{Key: Late}
	}
	return Failure{fault.KeyOf(err), fault.ArgsOf(err)}
}

// lastFailure returns the failure of the last try, from the text that River stored.
func lastFailure(j *rivertype.JobRow) Failure {
	text := ""
	if n := len(j.Errors); n > 0 {
		text = j.Errors[n-1].Error
	}
	if text == rescuedError {
		return Failure{Key: Died}
	}
	var f Failure
	if err := json.Unmarshal([]byte(text), &f); err != nil || f.Key == "" {
		return Failure{Key: fault.KeyOf(err)} // a text of River's: an internal fault
	}
	return f
}

// rescuedError is River's error for a job whose process died.
const rescuedError = "Stuck job rescued by JobRescuer"

// pause returns the pause after a number of tries: a short disturbance is over within
// a minute, and a full disk can be cleared within half an hour.
func pause(tries int) time.Duration {
	switch tries {
	case 0, 1:
		return 10 * time.Second
	case 2:
		return time.Minute
	case 3:
		return 5 * time.Minute
	}
	return 30 * time.Minute
}

// pauses implements river.ClientRetryPolicy.
type pauses func(tries int) time.Duration

// NextRetry implements river.ClientRetryPolicy.
func (p pauses) NextRetry(j *rivertype.JobRow) time.Time { return time.Now().Add(p(j.Attempt)) }
