package app

import (
	"context"
	"sync"

	"siida.id/internal/base/fault"
	"siida.id/internal/period"
)

// periodOnce reads the current period once for a page: its frame names it, and
// most pages are about it. Only pages share what they read; a form that writes
// reads afresh.
type periodOnce struct{ period.Store }

type (
	onceKey struct{}
	once    struct {
		sync.Once
		period period.Period
		err    error
	}
)

// reading is a context whose page reads the current period once.
func reading(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, &once{}) }

// Current implements period.Store.
func (s periodOnce) Current(ctx context.Context) (period.Period, error) {
	o, ok := ctx.Value(onceKey{}).(*once)
	if !ok {
		return s.Store.Current(ctx)
	}
	o.Do(func() { o.period, o.err = s.Store.Current(ctx) })
	return o.period, o.err
}

// ByID implements period.Store.
func (s periodOnce) ByID(ctx context.Context, id string) (period.Period, error) {
	if _, ok := ctx.Value(onceKey{}).(*once); ok {
		now, err := s.Current(ctx)
		if err == nil && now.ID == id {
			return now, nil
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return period.Period{}, err
		}
	}
	return s.Store.ByID(ctx, id)
}
