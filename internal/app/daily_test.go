package app

import (
	"context"
	"strings"
	"testing"
	"time"
)

// The index of the day is kept while the program serves, in every region.
func TestIndexOfTheDayIsKept(t *testing.T) {
	w := newTwoRegions(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { w.keepIndex(ctx); close(done) }()
	for _, persona := range []string{"admin", "outsider"} {
		deadline := time.Now().Add(10 * time.Second)
		for {
			answer := w.ask(t, pages(t, w.Program), persona, "GET", "/indeks/2026/riwayat", "")
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
