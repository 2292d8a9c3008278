package background

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"siida.id/internal/base/fault"
)

// Queue holds notes until they are written in the background, so that a GET
// neither waits for a write nor fails with one. It is safe for concurrent use.
// A nil Queue drops everything.
type Queue[K comparable, V any] struct {
	write func(ctx context.Context, notes map[K]V) error
	max   int

	writing sync.Mutex // held while writing
	mu      sync.Mutex // guards the fields below
	notes   map[K]V
	lost    int // dropped since the last Flush because the queue was full
}

// NewQueue returns a queue of at most max notes. write stores them all or none.
func NewQueue[K comparable, V any](max int, write func(ctx context.Context, notes map[K]V) error) *Queue[K, V] {
	return &Queue[K, V]{write: write, max: max, notes: map[K]V{}}
}

// Put queues v under k, replacing a waiting value.
func (q *Queue[K, V]) Put(k K, v V) {
	if q == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, waits := q.notes[k]; !waits && len(q.notes) >= q.max {
		q.lost++
		return
	}
	q.notes[k] = v
}

// Get returns the waiting value of k.
func (q *Queue[K, V]) Get(k K) (v V, ok bool) {
	if q == nil {
		return v, false
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	v, ok = q.notes[k]
	return v, ok
}

// Len returns the number of waiting notes.
func (q *Queue[K, V]) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.notes)
}

// ErrLost is wrapped by the error of a Flush that lost notes.
var ErrLost = errors.New("notes are lost")

// Flush writes the waiting notes. While the database is busy or full they keep
// waiting; one that cannot be written for another reason is lost, and the error
// wraps ErrLost, as it does for notes dropped by a full queue.
func (q *Queue[K, V]) Flush(ctx context.Context) (err error) {
	q.writing.Lock()
	defer q.writing.Unlock()
	q.mu.Lock()
	notes, lost := maps.Clone(q.notes), q.lost
	q.lost = 0
	q.mu.Unlock()
	if lost > 0 {
		err = fmt.Errorf("%w: %d for which there was no place", ErrLost, lost)
	}
	if len(notes) == 0 {
		return err
	}
	failed := q.store(ctx, notes)
	if failed == nil || transient(ctx, failed) {
		return errors.Join(err, failed)
	}
	for k, v := range notes { // one bad note must not block the others
		failed := q.store(ctx, map[K]V{k: v})
		if failed == nil {
			continue
		}
		if transient(ctx, failed) { // the others would fail too
			return errors.Join(err, failed)
		}
		q.drop(map[K]V{k: v})
		err = errors.Join(err, fmt.Errorf("%w: %v: %w", ErrLost, v, failed))
	}
	return err
}

func transient(ctx context.Context, err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Busy || kind == fault.Full || ctx.Err() != nil
}

func (q *Queue[K, V]) store(ctx context.Context, notes map[K]V) error {
	err := Safely(func() error { return q.write(ctx, notes) })
	if err == nil {
		q.drop(notes)
	}
	return err
}

// drop removes notes, except those replaced meanwhile: at worst a note is
// written twice.
func (q *Queue[K, V]) drop(notes map[K]V) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for k, v := range notes {
		if any(q.notes[k]) == any(v) {
			delete(q.notes, k)
		}
	}
}

// lastFlush is the timeout of the last flush.
const lastFlush = 5 * time.Second

// Run flushes the queue every so often until ctx ends, and then once more.
// Failures are logged, as an error if notes are lost.
func (q *Queue[K, V]) Run(ctx context.Context, every time.Duration, log *slog.Logger, name string) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastFlush)
			defer cancel()
			err := q.Flush(last)
			if n := q.Len(); n > 0 {
				err = errors.Join(err, fmt.Errorf("%w: %d at the end", ErrLost, n))
			}
			q.report(last, log, name, err)
			return
		case <-ticker.C:
			q.report(ctx, log, name, q.Flush(ctx))
		}
	}
}

func (q *Queue[K, V]) report(ctx context.Context, log *slog.Logger, name string, err error) {
	if err == nil {
		return
	}
	level := slog.LevelWarn
	if errors.Is(err, ErrLost) {
		level = slog.LevelError
	}
	log.LogAttrs(ctx, level, "not written in the background", slog.String("notes", name), slog.Int("waiting", q.Len()), slog.Any("error", err))
}
