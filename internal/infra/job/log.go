package job

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// sparing is a handler for what River has to say: warnings and worse, the same words
// once a minute. While a database is away it says so four times a second.
type sparing struct {
	slog.Handler
	said *said
}

type said struct {
	mu sync.Mutex
	at map[string]time.Time // by message, of which River has some dozens
}

func newSparing(h slog.Handler) sparing { return sparing{h, &said{at: map[string]time.Time{}}} }

// Enabled implements slog.Handler.
func (s sparing) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && s.Handler.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (s sparing) Handle(ctx context.Context, r slog.Record) error {
	if s.said.lately(r) {
		return nil
	}
	return s.Handler.Handle(ctx, r)
}

func (s *said) lately(r slog.Record) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last, ok := s.at[r.Message]; ok && r.Time.Sub(last) < time.Minute {
		return true
	}
	s.at[r.Message] = r.Time
	return false
}

// WithAttrs implements slog.Handler.
func (s sparing) WithAttrs(attrs []slog.Attr) slog.Handler {
	return sparing{s.Handler.WithAttrs(attrs), s.said}
}

// WithGroup implements slog.Handler.
func (s sparing) WithGroup(name string) slog.Handler {
	return sparing{s.Handler.WithGroup(name), s.said}
}
