package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/test/world"
)

// The index of the day is kept while the program serves, in every region.
func TestIndexOfTheDayIsKept(t *testing.T) {
	w := world.New(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { app.KeepIndex(ctx, w.Program); close(done) }()
	for _, persona := range []string{"admin", "outsider"} {
		deadline := time.Now().Add(time.Minute)
		for {
			answer := w.Ask(t, world.Pages(t, w.Program), persona, "GET", "/indeks/2026/riwayat", "")
			if answer.Code == 200 && strings.Contains(answer.Body.String(), `href="/indeks/2026?hari=`) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s sees no history: %d", persona, answer.Code)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	stop()
	<-done
}
