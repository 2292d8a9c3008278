package app

import (
	"errors"
	"log/slog"
	"testing"

	"siida.id/internal/demo"
	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/samplefile"
)

// BenchmarkStartWithTheDemo takes the time from an empty folder to the demo's
// world, as `siida demo` makes it. The floor makes the same world, but for its
// documents: those are empty of text.
func BenchmarkStartWithTheDemo(b *testing.B) {
	filled := func(pdf demo.PDF) func() {
		return func() {
			p, err := Open(b.Context(), slog.New(slog.DiscardHandler), Config{Data: b.TempDir(), MaxFile: 64})
			if err != nil {
				b.Fatal(err)
			}
			if err := errors.Join(p.fillWith(b.Context(), pdf), p.Close()); err != nil {
				b.Fatal(err)
			}
		}
	}
	benchtest.Figure{
		Unit: "ms", Max: 3000, Of: benchtest.Millis(1, filled(samplefile.PDF)), Floor: benchtest.Millis(1, filled(barePDF)),
	}.Run(b)
}

// barePDF is as little as is taken for a document.
func barePDF(_, title string, _ []string) ([]byte, error) {
	return []byte("%PDF-1.7\n" + title), nil
}
