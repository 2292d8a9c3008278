package app

import (
	"errors"
	"log/slog"
	"testing"

	"siida.id/internal/demo"
	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/samplefile"
)

// BenchmarkStartWithTheDemo measures the time from an empty folder to a filled demo,
// as `siida demo` needs. The floor fills the same demo with documents without text.
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

// barePDF returns the smallest content that is accepted as a PDF document.
func barePDF(_, title string, _ []string) ([]byte, error) {
	return []byte("%PDF-1.7\n" + title), nil
}
