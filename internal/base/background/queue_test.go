package background_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"siida.id/internal/base/background"
	"siida.id/internal/base/fault"
)

func TestSafely(t *testing.T) {
	err := background.Safely(func() error { panic("a bug") })
	if err == nil || !strings.Contains(err.Error(), "a bug") || !strings.Contains(err.Error(), "TestSafely") {
		t.Errorf("Safely = %v, want the panic with its stack", err)
	}
	want := errors.New("no panic")
	if err := background.Safely(func() error { return want }); !errors.Is(err, want) {
		t.Errorf("Safely = %v, want %v", err, want)
	}
}

// store is a fake target that fails with err.
type store struct {
	notes map[string]int
	err   error
}

func (s *store) write(_ context.Context, notes map[string]int) error {
	if s.err == nil {
		maps.Copy(s.notes, notes)
	}
	return s.err
}

func TestNotesWaitWhileTheStoreIsBusyOrFull(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Busy, fault.Full} {
		s := &store{notes: map[string]int{}, err: fault.New(kind, "")}
		q := background.NewQueue(2, s.write)
		q.Put("a", 1)
		q.Put("a", 2)
		q.Put("b", 3)
		if err := q.Flush(t.Context()); fault.KindOf(err) != kind || errors.Is(err, background.ErrLost) || q.Len() != 2 {
			t.Errorf("Flush = %v, %d wait; want both to wait", err, q.Len())
		}
		q.Put("c", 4)
		s.err = nil
		if err := q.Flush(t.Context()); !errors.Is(err, background.ErrLost) {
			t.Errorf("Flush = %v, want to hear of the note without a place", err)
		}
		if want := map[string]int{"a": 2, "b": 3}; !maps.Equal(s.notes, want) || q.Len() != 0 {
			t.Errorf("written %v, want %v", s.notes, want)
		}
	}
}

// Only the note that can never be written, or makes the store panic, is lost.
func TestOneBadNoteHoldsUpNoOthers(t *testing.T) {
	written := map[string]int{}
	q := background.NewQueue(9, func(_ context.Context, notes map[string]int) error {
		if _, bad := notes["panics"]; bad {
			panic("a bug")
		}
		if _, bad := notes["bad"]; bad {
			return errors.New("names nobody")
		}
		maps.Copy(written, notes)
		return nil
	})
	for _, k := range []string{"a", "bad", "b", "panics"} {
		q.Put(k, 1)
	}
	err := q.Flush(t.Context())
	if want := map[string]int{"a": 1, "b": 1}; !errors.Is(err, background.ErrLost) || !maps.Equal(written, want) || q.Len() != 0 {
		t.Errorf("Flush = %v, written %v, %d wait", err, written, q.Len())
	}
}

// If the store becomes busy while notes are written one by one, the others are
// not tried.
func TestFlushStopsWhereTheStoreIsBusy(t *testing.T) {
	calls := 0
	q := background.NewQueue(99, func(_ context.Context, notes map[int]int) error {
		if calls++; len(notes) > 1 {
			return errors.New("one of them names nobody")
		}
		return fault.New(fault.Busy, "fault.busy")
	})
	for k := range 50 {
		q.Put(k, k)
	}
	if err := q.Flush(t.Context()); calls != 2 || fault.KindOf(err) != fault.Busy || errors.Is(err, background.ErrLost) || q.Len() != 50 {
		t.Errorf("Flush = %v after %d writes, %d wait; want all to wait after 2", err, calls, q.Len())
	}
}

func TestNotesAreWrittenAtTheEnd(t *testing.T) {
	for _, broken := range []error{nil, fault.New(fault.Full, "fault.full")} {
		synctest.Test(t, func(t *testing.T) {
			s := &store{notes: map[string]int{}}
			q := background.NewQueue(9, s.write)
			var text bytes.Buffer
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() {
				q.Run(ctx, time.Second, slog.New(slog.NewTextHandler(&text, nil)), "uses")
				close(ended)
			}()
			q.Put("a", 1)
			time.Sleep(time.Second + time.Millisecond)
			synctest.Wait()
			if s.notes["a"] != 1 {
				t.Error("not written after a second")
			}
			s.err = broken
			q.Put("b", 2)
			stop()
			<-ended
			if broken == nil && s.notes["b"] != 2 {
				t.Error("not written at the end")
			}
			if lost := strings.Contains(text.String(), "level=ERROR"); lost != (broken != nil) {
				t.Errorf("broken %v: the log says %q", broken, text.String())
			}
		})
	}
}
