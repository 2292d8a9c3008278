package app

import (
	"context"
	"slices"
	"sync"

	"siida.id/internal/base/fault"
	"siida.id/internal/period"
)

// periodOnce reads the region's periods, one for each year, once for a page:
// its frame names the current one, and most pages are about that or another.
// Only pages share what they read; a form that writes reads afresh.
type periodOnce struct{ period.Store }

type (
	onceKey struct{}
	once    struct {
		sync.Once
		list []period.Period
		err  error
	}
)

// reading is a context whose page reads the periods once.
func reading(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, &once{}) }

// All implements period.Store. Each caller has a list of his own.
func (s periodOnce) All(ctx context.Context) ([]period.Period, error) {
	o, ok := ctx.Value(onceKey{}).(*once)
	if !ok {
		return s.Store.All(ctx)
	}
	o.Do(func() { o.list, o.err = s.Store.All(ctx) })
	return slices.Clone(o.list), o.err
}

// ByID implements period.Store.
func (s periodOnce) ByID(ctx context.Context, id string) (period.Period, error) {
	if _, ok := ctx.Value(onceKey{}).(*once); !ok {
		return s.Store.ByID(ctx, id)
	}
	list, err := s.All(ctx)
	if err != nil {
		return period.Period{}, err
	}
	i := slices.IndexFunc(list, func(p period.Period) bool { return p.ID == id })
	if i < 0 {
		return period.Period{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return list[i], nil
}
