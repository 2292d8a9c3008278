package app_test

import (
	"log/slog"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/test/world"
)

// Summaries that an earlier version has stored are refreshed at the start.
func TestOldSummariesAreRefreshedAtTheStart(t *testing.T) {
	config := app.Config{Data: world.DemoData(t), MaxFile: 1}
	start := func(do func(p *app.Program)) {
		p, err := app.Open(t.Context(), slog.New(slog.DiscardHandler), config)
		world.Must(t, err)
		do(p)
		world.Must(t, p.Close())
	}
	mismatches := func(p *app.Program) int {
		list, err := p.Evidence.Mismatches(world.AsAdmin(t, p))
		world.Must(t, err)
		return len(list)
	}
	start(func(p *app.Program) {
		if n := mismatches(p); n != 0 {
			t.Errorf("%d mismatches in the demo", n)
		}
		_, err := p.DB.Exec(t.Context(), `update answer_summaries set proven = null, answers_sha256 = null, changed_at = null, points = null, mend = null`)
		world.Must(t, err)
		_, err = p.DB.Exec(t.Context(), `update answers set finished_at = null`)
		world.Must(t, err)
		if mismatches(p) == 0 {
			t.Error("no mismatch")
		}
	})
	start(func(p *app.Program) {
		if n := mismatches(p); n != 0 {
			t.Errorf("%d mismatches after the start", n)
		}
	})
}
