package sqldb

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Statement is a statement that was run, with its duration.
type Statement struct {
	Text string // on one line, shortened; without arguments, which may be personal
	Took time.Duration
}

// Trace collects the statements of a context, up to a maximum.
type Trace struct {
	mu   sync.Mutex
	list []Statement
	all  int
}

const (
	maxTraced     = 50  // statements
	maxTracedText = 400 // bytes of each
)

type traceKey struct{}

// WithTrace returns a context that collects its statements in the Trace.
func WithTrace(ctx context.Context) (context.Context, *Trace) {
	t := new(Trace)
	return context.WithValue(ctx, traceKey{}, t), t
}

// Statements returns the collected statements in the order in which they ended, and
// the number of all statements.
func (t *Trace) Statements() (list []Statement, all int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.list {
		s.Text = strings.Join(strings.Fields(s.Text), " ")
		s.Text = s.Text[:min(len(s.Text), maxTracedText)]
		list = append(list, s)
	}
	return list, t.all
}

func (t *Trace) add(text stmt, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all++; len(t.list) < maxTraced {
		t.list = append(t.list, Statement{string(text), took})
	}
}

// measure counts a statement, and measures it until end is called with its error.
func (db *DB) measure(ctx context.Context, text stmt) (end func(err error)) {
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
	t, traced := ctx.Value(traceKey{}).(*Trace)
	if !traced && db.Observe == nil {
		return func(error) {}
	}
	start := time.Now()
	return func(err error) {
		took := time.Since(start)
		if traced {
			t.add(text, took)
		}
		if db.Observe != nil {
			db.Observe(took, err)
		}
	}
}
