package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/index"
)

// A sum is added up once for a region, a period and a state of the log, for a
// page alone; a newer one does for whoever looked at an older log.
func TestSums(t *testing.T) {
	memory, added := newSums(), 0
	add := func(context.Context) (*index.Sum, error) {
		added++
		return &index.Sum{}, nil
	}
	reader := func(region string, logged int64) context.Context {
		return context.WithValue(actor.With(t.Context(), actor.Actor{Region: region}), loggedKey{}, logged)
	}
	form := actor.With(t.Context(), actor.Actor{Region: "18.01"})
	broken := errors.New("the disk")
	if _, err := memory.Sum(reader("18.01", 7), "2027", func(context.Context) (*index.Sum, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("a fault: %v", err)
	}
	for n, tt := range []struct {
		name   string
		ctx    context.Context
		period string
		added  int // so far
	}{
		{"after a fault", reader("18.01", 7), "2027", 1},
		{"again", reader("18.01", 7), "2027", 1},
		{"another period", reader("18.01", 7), "2026", 2},
		{"another region", reader("18.02", 7), "2027", 3},
		{"a form", form, "2027", 4},
		{"something has happened", reader("18.01", 8), "2027", 5},
		{"who looked before it", reader("18.01", 7), "2027", 5},
		{"in the other region nothing has", reader("18.02", 7), "2027", 5},
	} {
		if sum, err := memory.Sum(tt.ctx, tt.period, add); sum == nil || err != nil || added != tt.added {
			t.Errorf("%d, %s: %v, added up %d times, want %d", n, tt.name, err, added, tt.added)
		}
	}
}

// Of many who wait for the same sum one adds it up, and when he goes away the
// others have it all the same.
func TestSumsAreAddedUpOnce(t *testing.T) {
	memory := newSums()
	var added atomic.Int64
	arrived := make(chan struct{})
	gone, leave := context.WithCancel(actor.With(t.Context(), actor.Actor{Region: "18.01"}))
	add := func(ctx context.Context) (*index.Sum, error) {
		added.Add(1)
		<-arrived
		leave()
		return &index.Sum{}, ctx.Err()
	}
	var all sync.WaitGroup
	faults := make(chan error, 32)
	for range 32 {
		all.Go(func() {
			_, err := memory.Sum(context.WithValue(gone, loggedKey{}, int64(1)), "2027", add)
			faults <- err
		})
	}
	close(arrived)
	all.Wait()
	close(faults)
	for err := range faults {
		if err != nil {
			t.Error(fmt.Errorf("who waited: %w", err))
		}
	}
	if n := added.Load(); n != 1 {
		t.Errorf("added up %d times", n)
	}
}
