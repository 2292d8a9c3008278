package job

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// rateLimitedHandler logs each warning and error of River at most once a minute.
// While the database is unreachable River logs four times a second.
type rateLimitedHandler struct {
	slog.Handler
	logged *logged
}

type logged struct {
	mu sync.Mutex
	at map[string]time.Time // by message, of which River has some dozens
}

func newSparing(h slog.Handler) rateLimitedHandler {
	return rateLimitedHandler{h, &logged{at: map[string]time.Time{}}}
}

// Enabled implements slog.Handler.
func (s rateLimitedHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && s.Handler.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (s rateLimitedHandler) Handle(ctx context.Context, r slog.Record) error {
	if s.logged.lately(r) {
		return nil
	}
	return s.Handler.Handle(ctx, r)
}

func (s *logged) lately(r slog.Record) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last, ok := s.at[r.Message]; ok && r.Time.Sub(last) < time.Minute {
		return true
	}
	s.at[r.Message] = r.Time
	return false
}

// WithAttrs implements slog.Handler.
func (s rateLimitedHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return rateLimitedHandler{s.Handler.WithAttrs(attrs), s.logged}
}

// WithGroup implements slog.Handler.
func (s rateLimitedHandler) WithGroup(name string) slog.Handler {
	return rateLimitedHandler{s.Handler.WithGroup(name), s.logged}
}
